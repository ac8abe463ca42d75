import { sql } from 'kysely';
import { asOrganization, asServerFor, type TestOrganization } from './organizations.js';
import type { TestDatabase } from './test-database.js';

/** What the server does once a content is in its store (packages/server/src/files tests it whole). */
export async function recordUpload(
  db: Pick<TestDatabase, 'database'>,
  who: TestOrganization,
  { sha256, size, mediaType, name }: { readonly sha256: string; readonly size: number; readonly mediaType: string; readonly name: string },
): Promise<void> {
  await asOrganization(db, who, ({ tx, now }) => sql`select core.reserve_blob(${sha256}, ${size}, ${mediaType}, ${now})`.execute(tx));
  await asServerFor(db, who, ({ tx, now, actor }) =>
    sql`select * from core.keep_upload(${sha256}, ${name}, ${actor.label}, ${now})`.execute(tx),
  );
}
