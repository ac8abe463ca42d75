import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportEntry } from '@yunfab/core/portability';
import { ZipFile } from 'yazl';

/** Writes the entries as one ZIP, each opened when the one before has been written; ends or destroys `output`. */
export async function writeZip(entries: readonly ExportEntry[], output: Writable, now: Date): Promise<void> {
  const zip = new ZipFile();
  let source: Readable | undefined;
  const failed = new Promise<never>((_, reject) => zip.on('error', reject));
  for (const { name, open } of entries)
    zip.addReadStreamLazy(name, { mtime: now }, (given) => {
      source = Readable.from(open(), { objectMode: false });
      given(null, source);
    });
  zip.end();
  try {
    await Promise.race([pipeline(zip.outputStream, output), failed]);
  } catch (error) {
    source?.destroy();
    // Whoever reads it sees that it is not whole: a ZIP ends with its directory.
    output.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}
