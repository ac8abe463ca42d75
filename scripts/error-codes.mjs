// Prints every error code that the code declares, as JSON. Run with `--conditions=yunfab-source --import tsx`.
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sourceFiles } from './imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const declared = [];

for (const path of sourceFiles(root)) {
  if (basename(path) !== 'errors.ts' || !/defineErrors\(|clientErrorWords/.test(readFileSync(path, 'utf8'))) continue;
  for (const [name, value] of Object.entries(await import(pathToFileURL(path).href))) {
    for (const [code, { status, en, zh }] of Object.entries(catalogueOf(value))) declared.push({ code, status, en, zh, maker: name });
  }
}
console.log(JSON.stringify(declared));

/** Errors of the platform carry their catalogue; the client's own are words by code, without a status. */
function catalogueOf(value) {
  if (typeof value !== 'object' || value === null) return {};
  if ('catalogue' in value) return value.catalogue;
  return Object.keys(value).every((key) => /^[a-z]+\.[a-z_]+$/.test(key)) ? value : {};
}
