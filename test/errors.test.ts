import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../scripts/imports.mjs';

const root = dirname(import.meta.dirname);

interface Declared {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  /** The export that makes it: `ordersErrors`. */
  readonly maker: string;
}

const declared = readDeclared();
const sources = [...sourceFiles(root)].map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));

describe('error codes', () => {
  it('are documented, each one, and nothing else is', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `([a-z_-]+\.[a-z0-9_]+)` \|/gm)].map(([, code]) => code);
    expect(documented.toSorted()).toEqual(declared.map(({ code }) => code).toSorted());
  });

  it('are declared once', () => {
    expect(new Set(declared.map(({ code }) => code)).size).toBe(declared.length);
  });

  it('are made through their declaration only', () => {
    expect(sources.filter(({ text }) => /new YunfabError\(/.test(text)).map(({ path }) => path)).toEqual([
      'packages/core/src/errors/yunfab-error.ts',
    ]);
  });

  it.each(declared)('$code is used', ({ code, maker }) => {
    const [feature, key] = code.split('.');
    const made = new RegExp(`\\b${maker}\\.${key}\\b|'${feature}\\.${key}'`);
    // A transition table names its refusals as data: `'nothing_to_ship'`.
    const named = new RegExp(`'${key}'`);
    const isUse = ({ path, text }: (typeof sources)[number]) => made.test(text) || (path.includes(`/${feature}/`) && named.test(text));
    expect(sources.some((source) => !source.path.endsWith('errors.ts') && isUse(source))).toBe(true);
  });

  it.each(declared)('$code names the same details in both languages and ends both sentences', ({ en, zh }) => {
    // `{problemZh}` is what the Chinese sentence says where the English one says `{problem}`.
    const details = (sentence: string) => [...new Set(sentence.replace(/(En|Zh)\}/g, '}').match(/\{\w+\}/g))].toSorted();
    expect(details(zh)).toEqual(details(en));
    expect(en.trim()).toMatch(/[.!?}]$/);
    expect(zh.trim()).toMatch(/[。！？!?}]$/);
    // Full-width punctuation beside Chinese.
    expect(zh).not.toMatch(/[\u4e00-\u9fff\u201d] ?[,;:?!(]|[,;:?!)] ?[\u4e00-\u9fff\u201c]/);
  });
});

function readDeclared(): Declared[] {
  const args = ['--conditions=yunfab-source', '--import', 'tsx', join(root, 'scripts/error-codes.mjs')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
