import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable, violations, withImportsToday } from '../scripts/imports.mjs';

const root = dirname(import.meta.dirname);
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

describe('the import table of docs/architecture.md', () => {
  it('lists exactly what each part imports', () => {
    expect(readTable(page)).toEqual(readTable(withImportsToday(page, root)));
  });

  it('allows every import there is', () => {
    expect(violations(page, root)).toEqual([]);
  });

  it('is the only one, and there is one diagram', () => {
    expect(page.match(/\| part \| may import \|/g)).toHaveLength(1);
    expect(page.match(/```mermaid/g)).toHaveLength(1);
  });
});

describe('a forbidden import', () => {
  const copy = mkdtempSync(join(tmpdir(), 'yunfab-planted-'));
  const planted = [
    {
      file: 'packages/core/src/access/planted.ts',
      text: "import { ordersErrors } from '../orders/index.js';",
      what: 'a folder below on the ladder',
    },
    { file: 'packages/core/src/access/planted.ts', text: "import type { Lot } from '../lifecycle/index.js';", what: 'its types, too' },
    {
      file: 'packages/core/src/access/planted.ts',
      text: "export { inScope } from '../database/scope.js';",
      what: 'another folder not through its index',
    },
    {
      file: 'packages/core/src/access/deep/planted.ts',
      text: "export const late = await import('../../orders/index.js');",
      what: 'from a folder inside, at run time',
    },
    {
      file: 'packages/core/src/errors/planted.ts',
      text: "import { connect } from '../database/index.js';",
      what: 'anything from the first rung',
    },
    {
      file: 'packages/core/src/orders/planted.ts',
      text: "import { createGateway } from '@yunfab/gateway';",
      what: 'the gateway from core',
    },
    { file: 'packages/gateway/src/planted.ts', text: "import { start } from '@yunfab/server';", what: 'the server from the gateway' },
    { file: 'packages/sdk/src/planted.ts', text: "import { inScope } from '@yunfab/core/database';", what: 'code of core from the SDK' },
    { file: 'packages/console/src/planted.ts', text: "import { createCore } from '@yunfab/core';", what: 'core from the console' },
    {
      file: 'packages/verticals/tire/src/planted.ts',
      text: "import { garment } from '@yunfab/vertical-garment';",
      what: 'one vertical from another',
    },
  ];
  const allowed = [
    {
      file: 'packages/core/src/access/planted.ts',
      text: "export { inScope } from '../database/index.js';",
      what: 'a folder above through its index',
    },
    {
      file: 'packages/sdk/src/planted.ts',
      text: "export type { Scope } from '@yunfab/core/database';",
      what: 'types of core from the SDK',
    },
    {
      file: 'packages/server/src/planted.ts',
      text: "export { createGateway } from '@yunfab/gateway';",
      what: 'the gateway from the server',
    },
    {
      file: 'packages/core/src/access/planted.test.ts',
      text: "export { createTestDatabase } from '../testing/index.js';",
      what: 'the test database from a test',
    },
  ];

  beforeAll(() => cpSync(join(root, '.oxlintrc.json'), join(copy, '.oxlintrc.json')));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(planted)('is refused by the linter: $what', ({ file, text }) => {
    expect(lint(file, text)).toContain('no-restricted-imports');
  });

  it.each(allowed)('is not seen where there is none: $what', ({ file, text }) => {
    expect(lint(file, text)).not.toContain('no-restricted-imports');
  });

  it('is refused by the table, however it is spelled', () => {
    const file = join(copy, 'packages/core/src/access/planted.ts');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "import {\n  type Lot,\n  lifecycleErrors,\n} from '../lifecycle/errors.js';\n");
    expect(violations(page, copy)).toEqual(['core/access imports core/lifecycle, which the import table does not allow']);
    rmSync(file);
  });

  function lint(file: string, text: string): string {
    const path = join(copy, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
    const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['-f', 'unix', file], { cwd: copy, encoding: 'utf8' });
    rmSync(path);
    return stdout + stderr;
  }
});

describe('a package that is not declared', () => {
  it.each([
    ['packages/core', 'fastify'],
    ['packages/core', '@yunfab/server'],
    ['packages/gateway', 'kysely'],
    ['packages/verticals/tire', '@yunfab/gateway'],
  ])('does not resolve: from %s %s', (folder, name) => {
    // pnpm's shims set NODE_PATH, which would let everything resolve.
    const env = { ...process.env, NODE_PATH: '' };
    const { stderr } = spawnSync(process.execPath, ['-e', `require.resolve('${name}')`], {
      cwd: join(root, folder),
      encoding: 'utf8',
      env,
    });
    expect(stderr).toContain(`Cannot find module '${name}'`);
  });
});
