import { sql } from 'kysely';
import type { Scope } from '../../../database/index.js';
import { makeSscc } from '../../../gs1/index.js';
import { deliveryErrors } from '../errors.js';
import type { DeliveryTables } from '../tables.js';
import type { Packaging } from './schema.js';

export interface PackageNumber {
  readonly number: string;
  readonly sscc: boolean;
}

const tables = (scope: Scope) => scope.tx.withTables<DeliveryTables>();

/**
 * The next numbers of the organization: SSCC under its GS1 company prefix, or internal ones where `sscc` is false. They are
 * consecutive, without a gap or a double however many ask at once, because the counter is locked until the transaction
 * ends; a transaction that fails has taken none. Throws `delivery.no_gs1_prefix`, `delivery.sscc_exhausted`.
 */
export async function takePackageNumbers(scope: Scope, count: number, sscc: boolean): Promise<PackageNumber[]> {
  if (count === 0) return [];
  return sscc ? takeSsccs(scope, count) : takeInternal(scope, count);
}

async function takeSsccs(scope: Scope, count: number): Promise<PackageNumber[]> {
  const row = await activePrefix(scope).forUpdate().executeTakeFirst();
  if (!row) throw deliveryErrors.no_gs1_prefix();
  const { prefix, next_serial: first } = row;
  const left = capacityOf(prefix) - first;
  if (left < count) throw deliveryErrors.sscc_exhausted({ prefix, left, asked: count });
  await tables(scope)
    .updateTable('gs1_prefix')
    .set({ next_serial: first + count })
    .where('organization', '=', scope.organization)
    .where('prefix', '=', prefix)
    .execute();
  return Array.from({ length: count }, (_, at) => ({ number: ssccOf(prefix, first + at), sscc: true }));
}

async function takeInternal(scope: Scope, count: number): Promise<PackageNumber[]> {
  const { next } = await tables(scope)
    .insertInto('package_counter')
    .values({ organization: scope.organization, next: count + 1 })
    .onConflict((conflict) => conflict.column('organization').doUpdateSet({ next: sql<number>`package_counter.next + ${count}` }))
    .returning('next')
    .executeTakeFirstOrThrow();
  const first = next - count;
  return Array.from({ length: count }, (_, at) => ({ number: internalNumber(first + at), sscc: false }));
}

export async function hasPrefix(scope: Scope): Promise<boolean> {
  return (await activePrefix(scope).executeTakeFirst()) !== undefined;
}

export async function registerPrefix(scope: Scope, prefix: string): Promise<Packaging> {
  await tables(scope)
    .updateTable('gs1_prefix')
    .set({ active: false })
    .where('organization', '=', scope.organization)
    .where('active', '=', true)
    .execute();
  await tables(scope)
    .insertInto('gs1_prefix')
    .values({
      organization: scope.organization,
      prefix,
      active: true,
      next_serial: 0,
      registered_by: scope.actor.label,
      registered_at: scope.now,
    })
    .onConflict((conflict) => conflict.columns(['organization', 'prefix']).doUpdateSet({ active: true }))
    .execute();
  return packagingOf(scope);
}

export async function packagingOf(scope: Scope): Promise<Packaging> {
  const row = await activePrefix(scope).executeTakeFirst();
  const counter = await tables(scope)
    .selectFrom('package_counter')
    .select('next')
    .where('organization', '=', scope.organization)
    .executeTakeFirst();
  return {
    gs1Prefix: row?.prefix ?? null,
    nextSscc: row && row.next_serial < capacityOf(row.prefix) ? ssccOf(row.prefix, row.next_serial) : null,
    ssccLeft: row ? capacityOf(row.prefix) - row.next_serial : null,
    nextPackage: internalNumber(counter?.next ?? 1),
  };
}

const activePrefix = (scope: Scope) =>
  tables(scope)
    .selectFrom('gs1_prefix')
    .select(['prefix', 'next_serial'])
    .where('organization', '=', scope.organization)
    .where('active', '=', true);

const internalNumber = (serial: number): string => `PK-${String(serial).padStart(8, '0')}`;

/** Serial references of the prefix: 16 digits less those of the prefix, ten times over by the extension digit. */
const capacityOf = (prefix: string): number => 10 ** (17 - prefix.length);

/** The extension digit carries on where the serial references of the one before it end (General Specifications 3.3.1). */
function ssccOf(prefix: string, serial: number): string {
  const references = 10 ** (16 - prefix.length);
  return makeSscc(Math.floor(serial / references), prefix, serial % references);
}
