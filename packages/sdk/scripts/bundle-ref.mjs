import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPlainTypes } from './plain-types.mjs';

/**
 * Run in a vertical's folder: makes `dist/bundle/ref.d.ts` from `src/ref.ts`, so that who installs the vertical for its
 * ref compiles without core, zod and tRPC. The ref itself holds nothing but its name and version.
 */

const folder = process.cwd();
const source = await readFile(join(folder, 'src/ref.ts'), 'utf8');
const [, name] = /^export const (\w+): VerticalRef</m.exec(source) ?? [];
if (!name) throw new Error('src/ref.ts exports no constant of type VerticalRef');

const plain = createPlainTypes(join(folder, 'src/ref.ts'));
const id = plain.propertyOfValue(name, 'id');
const api = plain.propertyOfValue(name, '$api');
const declarations = `${plain.preamble()}interface Procedure<Input, Output> {
  readonly _def: { readonly $types: { readonly input: Input; readonly output: Output } };
}

/** Give it to \`createClient({ verticals: [${name}] })\`: the client then has \`yunfab.${name}\`, typed. Holds no server code. */
export declare const ${name}: {
  readonly id: ${id};
  readonly version: string;
  /** Never present at run time. */
  readonly $api?: ${api.replaceAll('\n', '\n  ')};
};
`;
await mkdir(join(folder, 'dist/bundle'), { recursive: true });
await writeFile(join(folder, 'dist/bundle/ref.d.ts'), declarations);
