import type { RecordId, Scope } from '../../database/index.js';
import { isYunfabError } from '../../errors/index.js';
import { attachFile, detachFile, filesOf } from '../../files/index.js';
import { rfqErrors } from './errors.js';

interface NamedFile {
  readonly name: string;
  readonly sha256: string;
  readonly revision?: string | null | undefined;
}

const same = (a: NamedFile, b: NamedFile): boolean =>
  a.sha256 === b.sha256 && a.name === b.name && (a.revision ?? null) === (b.revision ?? null);

/**
 * Attaches what the lines name to the buyer's request, and takes away what they no longer name. From there a trigger of the
 * database names them at each invitation, once its supplier is admitted. Throws `rfq.file_unknown`.
 */
export async function nameDrawings(
  scope: Scope,
  record: RecordId,
  named: readonly NamedFile[],
  before: readonly NamedFile[] = [],
): Promise<void> {
  const dropped = before.filter((file) => !named.some((each) => same(each, file)));
  if (dropped.length > 0)
    for (const file of await filesOf(scope, record))
      if (file.own && dropped.some((each) => same(each, file))) await detachFile(scope, file.id, null);
  for (const [index, file] of named.entries())
    if (named.findIndex((each) => same(each, file)) === index) await attachDrawing(scope, record, file);
}

async function attachDrawing(scope: Scope, record: RecordId, { name, sha256, revision }: NamedFile): Promise<void> {
  try {
    await attachFile(scope, { record, sha256, name, role: 'drawing', ...(revision ? { revision } : {}) });
  } catch (error) {
    if (isYunfabError(error) && error.code === 'request.not_found') throw rfqErrors.file_unknown({ name, sha256 }, error);
    throw error;
  }
}
