import type { Selectable } from 'kysely';
import { isUniqueViolation, type OrganizationId, type RecordId, type Scope } from '../../../database/index.js';
import type { LifecycleTables } from '../../../lifecycle/index.js';
import type { OrderTables } from '../../order/tables.js';
import { deliveryErrors } from '../errors.js';
import type { DeliveryTables } from '../tables.js';
import type { PackageNumber } from './numbers.js';
import type { PlannedPackage } from './plan.js';

export type PackageRow = Selectable<DeliveryTables['package']>;
export type PackageContentRow = Selectable<DeliveryTables['package_content']>;

const tables = (scope: Scope) => scope.tx.withTables<DeliveryTables & OrderTables & LifecycleTables>();

/** Throws `delivery.package_number_taken`. */
export async function insertPackages(
  scope: Scope,
  { order, shipment }: { readonly order: RecordId; readonly shipment: string },
  packages: readonly (PlannedPackage & PackageNumber)[],
): Promise<void> {
  const rows = packages.map(({ id, parent, position, number, sscc, given }) => ({
    ...{ id, order_id: order, shipment_id: shipment, supplier: scope.organization, parent_id: parent, position, number, sscc },
    ...{ type: given.type, gross_kg: given.grossKg ?? null, net_kg: given.netKg ?? null },
    length_mm: given.size?.lengthMm ?? null,
    width_mm: given.size?.widthMm ?? null,
    height_mm: given.size?.heightMm ?? null,
  }));
  const given = rows.map(({ number }) => number);
  const [taken = given.find((number, at) => given.indexOf(number) !== at)] = await usedNumbers(scope, given);
  if (taken !== undefined) throw deliveryErrors.package_number_taken({ number: taken });
  try {
    await tables(scope).insertInto('package').values(rows).execute();
  } catch (error) {
    // Two shipments at once; which of the numbers it was, row-level security does not say.
    if (isUniqueViolation(error, 'package_number'))
      throw deliveryErrors.package_number_taken({ number: given.join(', ').slice(0, 200) }, error);
    throw error;
  }
  const contents = packages.flatMap((each) => each.contents.map((content) => ({ ...content, package: each.id })));
  if (contents.length === 0) return;
  await tables(scope)
    .insertInto('package_content')
    .values(
      mergedContents(contents).map((content) => ({
        ...{ id: content.id, order_id: order, shipment_id: shipment, package_id: content.package },
        ...{ shipment_line_id: content.line.id, quantity: content.quantity, serials: [...content.serials] },
      })),
    )
    .execute();
}

type Packed = PlannedPackage['contents'][number] & { readonly package: string };

/** A package names each line of the shipment once. */
function mergedContents(contents: readonly Packed[]): readonly Packed[] {
  const twice = contents.find((one, at) => contents.findIndex((other) => other.package === one.package && other.line === one.line) !== at);
  if (twice) throw deliveryErrors.content_twice({ line: twice.line.position });
  return contents;
}

async function usedNumbers(scope: Scope, numbers: readonly string[]): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('package')
    .select('number')
    .where('supplier', '=', scope.organization)
    .where('number', 'in', numbers)
    .limit(1)
    .execute();
  return rows.map(({ number }) => number);
}

export async function packagesOf(scope: Scope, shipment: string): Promise<PackageRow[]> {
  return tables(scope).selectFrom('package').selectAll().where('shipment_id', '=', shipment).orderBy('position').execute();
}

export async function packageContentsOf(scope: Scope, shipment: string): Promise<PackageContentRow[]> {
  return tables(scope).selectFrom('package_content').selectAll().where('shipment_id', '=', shipment).orderBy('id').execute();
}

/** Packages of this number in orders to which the organization is a party; two suppliers may have used the same. */
export async function packagesByNumber(scope: Scope, number: string) {
  return tables(scope)
    .selectFrom('package')
    .innerJoin('order_party', (join) =>
      join.onRef('order_party.order_id', '=', 'package.order_id').on('order_party.organization', '=', scope.organization),
    )
    .innerJoin('shared_order', 'shared_order.id', 'package.order_id')
    .innerJoin('shipment', 'shipment.id', 'package.shipment_id')
    .selectAll('package')
    .select(['shared_order.number as order_number', 'shipment.number as shipment_number', 'shipment.shipped_at'])
    .where('package.number', '=', number)
    .orderBy('shipment.shipped_at', 'desc')
    .limit(20)
    .execute();
}

/** Of these serial numbers those that are units of the lot and with the receiver. */
export async function serialsWith(
  scope: Scope,
  { lot, receiver }: { readonly lot: RecordId; readonly receiver: OrganizationId },
  serials: readonly string[],
): Promise<ReadonlySet<string>> {
  if (serials.length === 0) return new Set();
  const rows = await tables(scope)
    .selectFrom('unit')
    .select('serial')
    .where('lot_id', '=', lot)
    .where('holder', '=', receiver)
    .where('serial', 'in', serials)
    .execute();
  return new Set(rows.map(({ serial }) => serial));
}
