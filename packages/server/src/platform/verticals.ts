import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LoadedVerticals, loadVerticals, type VerticalModule, verticalType } from '@yunfab/core/verticals';
import { configErrors } from '../config/index.js';

/** Imports the packages of the allow-list and checks them all; throws `config.invalid` or `verticals.refused`. */
export async function importVerticals(packages: readonly string[], platformVersion: string): Promise<LoadedVerticals> {
  const modules: VerticalModule[] = [];
  for (const source of packages) modules.push({ source, exported: verticalOf(await importPackage(source)) });
  return loadVerticals(modules, { platformVersion });
}

/** From our own dependencies, else from where the operator stands. */
async function importPackage(source: string): Promise<Record<string, unknown>> {
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

/** What of a package is its vertical: the export that says so, else its default, which the check will refuse in words. */
function verticalOf(exports: Record<string, unknown>): unknown {
  return Object.values(exports).find((each) => (each as { $$type?: unknown } | null)?.$$type === verticalType) ?? exports['default'];
}
