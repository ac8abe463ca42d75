import type { z } from 'zod';
import { organizationNames } from '../../../access/index.js';
import { requestErrors } from '../../../commands/index.js';
import type { OrganizationId, RecordId, Scope } from '../../../database/index.js';
import { encodeElements, isSscc, parseDigitalLink, parseElements } from '../../../gs1/index.js';
import { canonical, quantity } from '../../../measure/index.js';
import { linesOf, shipmentLinesOf } from '../../ledger/repository.js';
import { deliveryErrors } from '../errors.js';
import { hasPrefix, takePackageNumbers } from './numbers.js';
import { type PackedLine, planPackages } from './plan.js';
import {
  insertPackages,
  type PackageContentRow,
  type PackageRow,
  packageContentsOf,
  packagesByNumber,
  packagesOf,
  serialsWith,
} from './repository.js';
import type { foundPackagesSchema, NewPackage, PackageView } from './schema.js';
import { packageTypeWords } from './types.js';

export interface PackedShipment {
  readonly order: RecordId;
  readonly shipment: string;
  readonly receiver: OrganizationId;
  readonly lines: readonly (PackedLine & { readonly lot: RecordId })[];
  readonly numbers?: 'sscc' | 'internal' | undefined;
}

/** Numbers and writes the packages of a shipment whose goods have just left. */
export async function packShipment(scope: Scope, packed: PackedShipment, packages: readonly NewPackage[]): Promise<void> {
  const planned = planPackages(packages, packed.lines);
  for (const line of packed.lines) {
    const serials = planned.flatMap(({ contents }) =>
      contents.filter((content) => content.line.id === line.id).flatMap((each) => each.serials),
    );
    const gone = await serialsWith(scope, { lot: line.lot, receiver: packed.receiver }, serials);
    const serial = serials.find((each) => !gone.has(each));
    if (serial !== undefined) throw deliveryErrors.serial_not_shipped({ serial, line: line.position });
  }
  const unnumbered = planned.filter(({ given }) => given.sscc === undefined && given.number === undefined);
  const sscc = packed.numbers === undefined ? await hasPrefix(scope) : packed.numbers === 'sscc';
  const numbers = await takePackageNumbers(scope, unnumbered.length, sscc);
  const made = new Map(unnumbered.map((each, at) => [each, numbers[at]]));
  await insertPackages(
    scope,
    packed,
    planned.map((each) => {
      const { sscc: borne, number: own } = each.given;
      return { ...each, ...(made.get(each) ?? { number: borne ?? own ?? '', sscc: borne !== undefined }) };
    }),
  );
}

export async function viewPackages(scope: Scope, order: RecordId, shipment: string): Promise<PackageView[]> {
  const rows = await packagesOf(scope, shipment);
  if (rows.length === 0) return [];
  const units = new Map((await linesOf(scope, [order])).map((line) => [line.id, line.unit]));
  const unitOfLine = new Map((await shipmentLinesOf(scope, order)).map((line) => [line.id, units.get(line.line_id) ?? 'H87']));
  const contents = await packageContentsOf(scope, shipment);
  return rows.map((row) =>
    viewPackage(
      row,
      contents.filter((content) => content.package_id === row.id),
      unitOfLine,
    ),
  );
}

function viewPackage(row: PackageRow, contents: readonly PackageContentRow[], units: ReadonlyMap<string, string>): PackageView {
  return {
    id: row.id,
    position: row.position,
    inside: row.parent_id,
    number: row.number,
    sscc: row.sscc,
    elementString: row.sscc ? encodeElements([{ ai: '00', value: row.number }]) : null,
    type: row.type,
    typeWords: packageTypeWords[row.type],
    grossKg: row.gross_kg === null ? null : canonical(row.gross_kg),
    netKg: row.net_kg === null ? null : canonical(row.net_kg),
    size:
      row.length_mm === null || row.width_mm === null || row.height_mm === null
        ? null
        : { lengthMm: canonical(row.length_mm), widthMm: canonical(row.width_mm), heightMm: canonical(row.height_mm) },
    contents: contents.map((content) => ({
      shipmentLine: content.shipment_line_id,
      quantity: quantity(content.quantity, units.get(content.shipment_line_id) ?? 'H87'),
      serials: content.serials,
    })),
  };
}

/** What a scan names, for the parties of its order only; throws `request.not_found` otherwise. */
export async function findPackages(scope: Scope, code: string): Promise<z.infer<typeof foundPackagesSchema>> {
  const rows = await packagesByNumber(scope, numberOf(code));
  if (rows.length === 0) throw requestErrors.not_found({ kind: 'package' });
  const names = await organizationNames(
    scope,
    rows.map(({ supplier }) => supplier),
  );
  const items = [];
  for (const row of rows) {
    const all = await viewPackages(scope, row.order_id, row.shipment_id);
    const found = all.find(({ id }) => id === row.id);
    if (!found) continue;
    items.push({
      order: row.order_id,
      orderNumber: row.order_number,
      shipment: row.shipment_id,
      shipmentNumber: row.shipment_number,
      shippedAt: row.shipped_at.toISOString(),
      supplier: names.get(row.supplier)?.code ?? '',
      package: found,
      within: within(found.id, all),
    });
  }
  return { items };
}

/** A package that holds others stands before them, so that one pass finds every depth. */
function within(outer: string, all: readonly PackageView[]): PackageView[] {
  const inside = new Set([outer]);
  return all.filter(({ id, inside: holder }) => holder !== null && inside.has(holder) && inside.add(id));
}

/** The SSCC of an element string or a Digital Link; anything else is a number as it stands. */
function numberOf(code: string): string {
  if (isSscc(code)) return code;
  const { elements } = /^https?:/i.test(code) ? parseDigitalLink(code) : parseElements(code);
  const sscc = elements.find(({ ai, value }) => ai === '00' && isSscc(value));
  return sscc && (code.startsWith('(') || code.startsWith(']') || /^https?:/i.test(code) || code.length === 20) ? sscc.value : code;
}
