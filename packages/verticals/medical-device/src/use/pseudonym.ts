import { createHmac, randomBytes } from 'node:crypto';
import type { Handle } from '@yunfab/core/database';
import type { MedicalDeviceTables } from '../tables.js';

/**
 * What stands for a patient: HMAC-SHA-256 of the hospital's own patient reference under a key that only this hospital reads, its
 * first 128 bits. The same patient is always the same within the hospital and another everywhere else; without the key nobody
 * can try references out. ISO 25237, pseudonymization.
 */
export function pseudonymOf(reference: string, key: string): string {
  const normal = reference.normalize('NFKC').trim().toUpperCase();
  return `P-${createHmac('sha256', Buffer.from(key, 'base64')).update(normal).digest('hex').slice(0, 32)}`;
}

/** The organization's key, made when it is first needed. Deleting it makes every pseudonym of the organization unlinkable. */
export async function pseudonymKey(db: Handle, { organization, now }: { organization: string; now: Date }): Promise<string> {
  const tables = db.withTables<MedicalDeviceTables>();
  const find = () => tables.selectFrom('pseudonym_key').select('key').where('organization', '=', organization).executeTakeFirst();
  const found = await find();
  if (found) return found.key;
  const key = randomBytes(32).toString('base64');
  await tables
    .insertInto('pseudonym_key')
    .values({ organization, key, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await find())?.key ?? key;
}

/** The key, for reading: null where the organization never recorded a use. */
export async function existingKey(db: Handle): Promise<string | null> {
  const found = await db.withTables<MedicalDeviceTables>().selectFrom('pseudonym_key').select('key').executeTakeFirst();
  return found?.key ?? null;
}
