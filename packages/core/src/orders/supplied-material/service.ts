import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { heldLot, shipFromLot, unnumberedLeft } from '../../lifecycle/index.js';
import { canonical, Decimal, fitsUnit, quantity } from '../../measure/index.js';
import { findLines } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { findOrder, findOwnSide, lockOrder, type OrderRow } from '../order/repository.js';
import { orderSideWords, orderStateWords } from '../order/words.js';
import { beginOutside } from '../subcontract/outside.js';
import { agreeMaterial } from './agreeing.js';
import { entered } from './entering.js';
import { suppliedErrors } from './errors.js';
import type { SuppliedEventBody } from './events.js';
import { findMaterial, insertSupplied, lotBalances, type MaterialRow, reversibleSupplied, showLot } from './repository.js';
import type * as schema from './schema.js';
import { onTheWay, type SuppliedBalance, type SuppliedKind, suppliedSides, unaccounted, withSupplier } from './states.js';
import { viewSupplied } from './view.js';
import { suppliedKindWords } from './words.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type View = Promise<schema.SuppliedView>;

export interface SuppliedService {
  agree(scope: Scope, input: In<typeof schema.agreeMaterialInput>): View;
  send(scope: Scope, input: In<typeof schema.sendMaterialInput>): View;
  receive(scope: Scope, input: In<typeof schema.receiveMaterialInput>): View;
  use(scope: Scope, input: In<typeof schema.useMaterialInput>): View;
  scrap(scope: Scope, input: In<typeof schema.scrapMaterialInput>): View;
  return(scope: Scope, input: In<typeof schema.returnMaterialInput>): View;
  writeOff(scope: Scope, input: In<typeof schema.writeOffMaterialInput>): View;
  reverse(scope: Scope, input: In<typeof schema.reverseMaterialEntryInput>): View;
  of(scope: Scope, order: string): View;
}

/** States in which material is still provided. */
const providing: readonly OrderRow['state'][] = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed'];

/** Material that the buyer of an order provides and owns, in a ledger that both sides read. */
export const suppliedMaterial: SuppliedService = {
  async agree(scope, input) {
    const order = await lockedFor(scope, input.order, 'sent');
    if (order.version !== input.version) throw ordersErrors.version_stale({ current: order.version, sent: input.version });
    requireProviding(order);
    const [line] = input.line === undefined ? [] : await findLines(scope, [input.line]);
    if (input.line !== undefined && line?.order_id !== order.id) throw ordersErrors.line_unknown({ line: input.line });
    await agreeMaterial(scope, order, {
      ...{ line: line?.id ?? null, description: input.description, unit: input.unit, inProcess: false },
      ...{ perUnit: input.perUnit ?? null, lossPercent: input.perUnit === undefined ? null : (input.lossPercent ?? null) },
    });
    return viewSupplied(scope, order);
  },

  async send(scope, input) {
    const { order, material } = await openMaterial(scope, input, 'sent');
    requireProviding(order);
    requireWhole(material, input.quantity);
    const outside = material.in_process ? await beginOutside(scope, order) : [];
    const { lot, left } = await heldLot(scope, input.lot);
    if (lot.organization === order.supplier) throw suppliedErrors.lot_unknown({ lot: lot.code });
    if (lot.unit !== material.unit) throw suppliedErrors.unit_differs({ unit: material.unit, lot: lot.code, lotUnit: lot.unit });
    if (material.in_process) {
      if (!outside.includes(lot.id)) throw suppliedErrors.lot_unknown({ lot: lot.code });
      await showLot(scope, lot.id, order.supplier);
    } else {
      if (new Decimal(left).gt(0) && (await unnumberedLeft(scope, lot.id)) === '0') throw suppliedErrors.units_numbered({ lot: lot.code });
      await shipFromLot(scope, lot, { taken: canonical(input.quantity), receiver: order.supplier });
    }
    await entered(scope, order, material, { kind: 'sent', lot: lot.id, quantity: input.quantity, reason: input.note ?? null });
    return viewSupplied(scope, order);
  },

  receive: (scope, input) => account(scope, input, 'received', input.note ?? null),
  use: (scope, input) => account(scope, input, 'used', input.reason),
  scrap: (scope, input) => account(scope, input, 'scrapped', input.reason),
  return: (scope, input) => account(scope, input, 'returned', input.note ?? null),
  writeOff: (scope, input) => account(scope, input, 'written_off', input.reason),

  async reverse(scope, input) {
    const order = await lockOrder(scope, input.order);
    if (!order) throw await hidden(scope, input.order);
    const material = await materialAt(scope, order, input);
    const entry = await reversibleSupplied(scope, material.id, input.entry);
    if (!entry) throw suppliedErrors.entry_unknown({ entry: input.entry });
    if (entry.by_issue) throw suppliedErrors.taken_by_job();
    const lot = (await lotBalances(scope, [material.id])).find(({ lot_id }) => lot_id === entry.lot_id);
    const left = Decimal.min(entry.left, lot ? reversible(entry.kind, lot) : 0);
    requireWhole(material, input.quantity);
    if (left.lt(input.quantity)) throw tooMuch(material, left, input.quantity, { en: 'taken back', zh: '冲销' });
    await insertSupplied(scope, {
      ...{ material, kind: entry.kind, lot: entry.lot_id, reverses: entry.id, reason: input.reason },
      quantity: canonical(new Decimal(input.quantity).negated()),
    });
    const body: SuppliedEventBody<'supplied.reversed'> = {
      ...{ material: material.id, description: material.description, kind: entry.kind, reason: input.reason },
      quantity: quantity(input.quantity, material.unit),
    };
    await appendEvent(scope, { type: 'supplied.reversed', record: order.id, body });
    return viewSupplied(scope, order);
  },

  async of(scope, id) {
    const order = await findOrder(scope, id);
    if (!order) throw requestErrors.not_found({ kind: 'order' });
    return viewSupplied(scope, order);
  },
};

/** Accounts for part of what was sent of a lot. */
async function account(
  scope: Scope,
  input: { readonly order: string; readonly material: string; readonly version: number; readonly lot: string; readonly quantity: string },
  kind: Exclude<SuppliedKind, 'sent'>,
  reason: string | null,
): View {
  const { order, material } = await openMaterial(scope, input, kind);
  const lot = (await lotBalances(scope, [material.id])).find(({ lot_id }) => lot_id === input.lot);
  if (!lot) throw suppliedErrors.lot_unknown({ lot: input.lot });
  requireWhole(material, input.quantity);
  const left = most(kind, lot);
  if (left.lt(input.quantity)) throw tooMuch(material, left, input.quantity, lowered(suppliedKindWords[kind]));
  await entered(scope, order, material, { kind, lot: lot.lot_id, quantity: input.quantity, reason });
  return viewSupplied(scope, order);
}

/** How much of a lot can be accounted for so at most. */
function most(kind: Exclude<SuppliedKind, 'sent'>, lot: SuppliedBalance): Decimal {
  if (kind === 'received') return onTheWay(lot);
  return kind === 'written_off' ? unaccounted(lot) : withSupplier(lot);
}

/** What was received and used cannot be said not to have been sent. */
function reversible(kind: SuppliedKind, lot: SuppliedBalance): Decimal {
  if (kind === 'sent') return onTheWay(lot);
  if (kind === 'received') return new Decimal(lot.received).minus(lot.used).minus(lot.scrapped).minus(lot.returned);
  return new Decimal(lot[kind]);
}

const lowered = ({ en, zh }: { en: string; zh: string }) => ({ en: en.toLowerCase(), zh });

const tooMuch = (material: MaterialRow, left: Decimal, asked: string, done: { en: string; zh: string }) =>
  suppliedErrors.more_than_there({
    ...{ left: canonical(Decimal.max(0, left)), asked: canonical(asked), unit: material.unit, doneEn: done.en, doneZh: done.zh },
  });

function requireWhole({ unit }: MaterialRow, value: string): void {
  if (!fitsUnit(value, unit)) throw ordersErrors.not_whole({ value, unit });
}

function requireProviding({ state }: OrderRow): void {
  if (providing.includes(state)) return;
  throw suppliedErrors.order_over({ stateEn: orderStateWords[state].en.toLowerCase(), stateZh: orderStateWords[state].zh });
}

async function openMaterial(
  scope: Scope,
  input: { readonly order: string; readonly material: string; readonly version: number },
  kind: SuppliedKind,
): Promise<{ order: OrderRow; material: MaterialRow }> {
  const order = await lockedFor(scope, input.order, kind);
  return { order, material: await materialAt(scope, order, input) };
}

/** The order, locked, of which the organization is the side that writes such entries. */
async function lockedFor(scope: Scope, id: string, kind: SuppliedKind): Promise<OrderRow> {
  const order = await lockOrder(scope, id);
  if (!order) throw await hidden(scope, id);
  const side = (await findOwnSide(scope, order.id))?.role;
  if (side === suppliedSides[kind]) return order;
  const mover = orderSideWords[suppliedSides[kind]];
  const own = side === undefined ? { en: 'reader', zh: '查阅方' } : orderSideWords[side];
  const words = suppliedKindWords[kind];
  throw suppliedErrors.not_your_side({
    kindEn: words.en,
    kindZh: words.zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

/** Why a lock was refused: a reader sees the order and may not write. */
async function hidden(scope: Scope, id: string) {
  if (!(await findOrder(scope, id))) return requestErrors.not_found({ kind: 'order' });
  return suppliedErrors.not_your_side({
    ...{ kindEn: 'An entry', kindZh: '记录', moverEn: 'parties', moverZh: '订单双方', sideEn: 'reader', sideZh: '查阅方' },
  });
}

async function materialAt(
  scope: Scope,
  order: OrderRow,
  { material: id, version }: { readonly material: string; readonly version: number },
): Promise<MaterialRow> {
  const material = await findMaterial(scope, order.id, id);
  if (!material) throw suppliedErrors.material_unknown({ material: id });
  if (material.version !== version) throw suppliedErrors.version_stale({ current: material.version, sent: version });
  return material;
}
