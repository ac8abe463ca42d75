import { organizationNames, organizationProfile } from '../../../access/index.js';
import type { OrganizationId, Scope } from '../../../database/index.js';
import { add, canonical, unitOf } from '../../../measure/index.js';
import { viewPackages } from '../packaging/packages.js';
import type { PackageView } from '../packaging/schema.js';
import type { ShipmentPaper } from './schema.js';
import { openShipment } from './view.js';

/** What the papers of a shipment print; throws `request.not_found` when it is hidden or absent. */
export async function shipmentPaper(scope: Scope, input: { readonly order: string; readonly shipment: string }): Promise<ShipmentPaper> {
  const { order, shipment, shipments, lines, shipped } = await openShipment(scope, input);
  const supplier = await companyOf(scope, order.supplier);
  const buyer = await companyOf(scope, order.buyer);
  const packages = await viewPackages(scope, order.id, shipment.id);
  const outermost = packages.filter(({ inside }) => inside === null);
  const own = shipped.filter((row) => row.shipment_id === shipment.id);
  const until = new Set(shipments.filter((each) => each.shipped_at <= shipment.shipped_at).map(({ id }) => id));
  const byId = new Map(lines.map((line) => [line.id, line]));
  return {
    number: shipment.number,
    shippedAt: shipment.shipped_at.toISOString(),
    shippedOn: dayIn(shipment.shipped_at, supplier.timeZone),
    supplier: supplier.company,
    buyer: buyer.company,
    order: order.number,
    incoterms: order.incoterms === null ? null : `${order.incoterms} ${order.incoterms_place ?? ''} (Incoterms 2020)`,
    note: shipment.note,
    totals: totalsOf(own.map((row) => ({ value: row.shipped, unit: byId.get(row.line_id)?.unit ?? 'H87' }))),
    packageCount: packages.length,
    grossKg: weightOf(outermost, 'grossKg'),
    netKg: weightOf(outermost, 'netKg'),
    lines: own.map((row) => {
      const line = byId.get(row.line_id);
      const to = shipped.filter((each) => each.line_id === row.line_id && until.has(each.shipment_id)).map((each) => each.shipped);
      return {
        shipmentLine: row.id,
        position: line?.position ?? 0,
        description: line?.description ?? '',
        lot: row.lot_code,
        quantity: canonical(row.shipped),
        unit: wordsOf(line?.unit ?? 'H87'),
        ordered: canonical(line?.ordered ?? '0'),
        shippedToDate: add('0', ...to),
      };
    }),
    packages,
  };
}

async function companyOf(scope: Scope, id: OrganizationId) {
  const reference = (await organizationNames(scope, [id])).get(id);
  const profile = reference && (await organizationProfile(scope, reference.code));
  if (!profile) throw new Error(`organization ${id} is not in the register`);
  return { company: { name: profile.name, registration: profile.identifier }, timeZone: profile.timeZone };
}

/** `YYYY-MM-DD`, as people there say it. */
const dayIn = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const wordsOf = (unit: string) => {
  const { symbol, zh } = unitOf(unit);
  return { en: symbol, zh };
};

function totalsOf(amounts: readonly { readonly value: string; readonly unit: string }[]): ShipmentPaper['totals'] {
  const sums = new Map<string, string>();
  for (const { value, unit } of amounts) sums.set(unit, add(sums.get(unit) ?? '0', value));
  return [...sums].map(([unit, value]) => ({ value, unit: unit as ShipmentPaper['totals'][number]['unit'], words: wordsOf(unit) }));
}

function weightOf(packages: readonly PackageView[], which: 'grossKg' | 'netKg'): string | null {
  const weights = packages.map((each) => each[which]);
  return packages.length === 0 || weights.includes(null) ? null : add('0', ...weights.map((weight) => weight ?? '0'));
}
