import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LoadedVerticals, loadVerticals, type VerticalModule, verticalType } from '@yunfab/core/verticals';
import { configErrors } from '../config/index.js';

/** Imports the packages of the allow-list and checks them all; throws `config.invalid` or `verticals.refused`. */
export async function importVerticals(packages: readonly string[], platformVersion: string): Promise<LoadedVerticals> {
  const modules: VerticalModule[] = [];
  for (const source of packages) modules.push({ source, exported: await exportedVertical(source) });
  return loadVerticals(modules, { platformVersion });
}

/** What a package, by its name or folder, exports as its vertical; unchecked. Throws `config.invalid` when there is no such package. */
export const exportedVertical = async (source: string): Promise<unknown> => verticalOf(await importPackage(source));

/** From our own dependencies, else from where the operator stands; `.` or a path is the folder of a package. */
async function importPackage(source: string): Promise<Record<string, unknown>> {
  if (/^[./]/.test(source)) return importFolder(source);
  try {
    return await import(source);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND' || !String(error).includes(source)) throw error;
  }
  try {
    const path = createRequire(join(process.cwd(), 'package.json')).resolve(source);
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw configErrors.invalid(
      {
        name: 'YUNFAB_VERTICALS',
        value: source,
        problem: 'there is no such package here; install it (npm install) or take it from the list',
      },
      error,
    );
  }
}

async function importFolder(folder: string): Promise<Record<string, unknown>> {
  try {
    const manifest = resolve(folder, 'package.json');
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string };
    // A package finds itself by its name, through its own exports.
    return await import(pathToFileURL(createRequire(manifest).resolve(name)).href);
  } catch (error) {
    const problem = `no package can be loaded from there (${(error as Error).message.split('\n', 1)[0]}); build it first`;
    throw configErrors.invalid({ name: 'YUNFAB_VERTICALS', value: folder, problem }, error);
  }
}

/** What of a package is its vertical: the export that says so, else its default, which the check will refuse in words. */
function verticalOf(exports: Record<string, unknown>): unknown {
  return Object.values(exports).find((each) => (each as { $$type?: unknown } | null)?.$$type === verticalType) ?? exports['default'];
}
