import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verticalSchema } from '@yunfab/core/verticals';
import { configErrors } from '../config/index.js';
import { platformVersion } from '../platform/version.js';

const templates = fileURLToPath(new URL('../../templates/vertical', import.meta.url));
const idShape = /^[a-z][a-z-]{0,38}[a-z]$/;

/**
 * Writes a package that passes `yunfab vertical check` into `folder`, which must not be there yet; returns its files.
 * Throws `config.invalid` for an id that no vertical may have or a folder that is taken.
 */
export function newVertical(id: string, folder: string): string[] {
  if (!idShape.test(id) || id.includes('--'))
    throw configErrors.invalid({ name: 'id', value: id, problem: 'it must be 2 to 40 of a-z and "-", as in "glass-kiln"' });
  if (existsSync(folder)) throw configErrors.invalid({ name: 'folder', value: folder, problem: 'it is there already; name another' });
  const name = id.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
  const title = `${id[0]?.toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
  const replacements: Readonly<Record<string, string>> = {
    ID: id,
    NAME: name,
    SCHEMA: verticalSchema(id),
    TITLE: title,
    VERSION: platformVersion,
  };
  const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.txt'));
  return files.map((file) => {
    const text = readFileSync(join(templates, file), 'utf8').replaceAll(
      /__([A-Z]+)__/g,
      (whole, key: string) => replacements[key] ?? whole,
    );
    const target = join(folder, file.replace(/\.txt$/, ''));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return relative(folder, target);
  });
}
