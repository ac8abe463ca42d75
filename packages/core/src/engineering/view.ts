import { type OrganizationRef, organizationNames } from '../access/index.js';
import type { OrganizationId, Scope } from '../database/index.js';
import { canonical, quantity, unitOf } from '../measure/index.js';
import { type LineRow, linesOf, type OperationRow, operationsOf } from './content-repository.js';
import type { ItemKinds } from './kinds.js';
import { findItems, findRevisions, type ItemRow, ownNumbers, type RevisionRow } from './repository.js';
import type { BomLineView, ItemRef, ItemView, OperationView, RevisionRef, RevisionSummary, RevisionView } from './schema.js';
import { nextRevisionState, revisionMoves, revisionMoveWords, revisionStateWords } from './states.js';

export function itemRef(item: ItemRow): ItemRef {
  return { id: item.id, number: item.number, kind: item.kind, name: { en: item.name_en, zh: item.name_zh }, unit: unitCode(item.unit) };
}

const unitCode = (unit: string): ItemRef['unit'] => unitOf(unit).code as ItemRef['unit'];

export function revisionRef({ id, label, state }: RevisionRow): RevisionRef {
  return { id, label, state, stateWords: revisionStateWords[state] };
}

/** Items by id, as anyone who may see them reads them. */
export async function itemRefs(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, ItemRef>> {
  return new Map((await findItems(scope, ids)).map((item) => [item.id, itemRef(item)]));
}

export async function viewItems(scope: Scope, items: readonly ItemRow[], kinds: ItemKinds): Promise<ItemView[]> {
  const owners = await organizationNames(
    scope,
    items.map((item) => item.organization),
  );
  const numbers = await ownNumbers(
    scope,
    items.map((item) => item.id),
  );
  return items.map((item) => ({
    ...itemRef(item),
    // A kind that the platform no longer knows keeps its name.
    kindWords: kinds(item.kind)?.words ?? { en: item.kind, zh: item.kind },
    owner: owner(owners, item.organization),
    own: item.organization === scope.organization,
    ownNumber: numbers.get(item.id) ?? null,
    createdAt: item.created_at.toISOString(),
  }));
}

export function owner(names: ReadonlyMap<OrganizationId, OrganizationRef>, id: OrganizationId): ItemView['owner'] {
  const found = names.get(id);
  return { code: found?.code ?? '', name: found?.name ?? { en: '', zh: '' } };
}

export async function summarizeRevisions(scope: Scope, rows: readonly RevisionRow[]): Promise<RevisionSummary[]> {
  const origins = await findRevisions(
    scope,
    rows.flatMap((row) => row.copied_from ?? []),
  );
  const labels = new Map(origins.map((row) => [row.id, row.label]));
  return rows.map((row) => ({
    ...revisionRef(row),
    version: row.version,
    own: row.organization === scope.organization,
    note: row.note,
    copiedFrom: row.copied_from === null ? null : (labels.get(row.copied_from) ?? null),
    contentHash: row.content_hash,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    releasedAt: row.released_at?.toISOString() ?? null,
    releasedBy: row.released_by,
    obsoleteAt: row.obsolete_at?.toISOString() ?? null,
  }));
}

export async function viewRevision(scope: Scope, row: RevisionRow): Promise<RevisionView> {
  const [summary] = await summarizeRevisions(scope, [row]);
  const items = await itemRefs(scope, [row.item_id]);
  const names = await organizationNames(scope, [row.organization]);
  const own = row.organization === scope.organization;
  return {
    ...(summary as RevisionSummary),
    item: items.get(row.item_id) as ItemRef,
    owner: owner(names, row.organization),
    specification: row.specification,
    lines: await viewLines(scope, await linesOf(scope, [row.id])),
    operations: (await operationsOf(scope, row.id)).map(viewOperation),
    moves: revisionMoves
      .filter((move) => own && nextRevisionState(row.state, move) !== null)
      .map((move) => ({ move, words: revisionMoveWords[move] })),
  };
}

export async function viewLines(scope: Scope, lines: readonly LineRow[]): Promise<BomLineView[]> {
  const items = await itemRefs(
    scope,
    lines.flatMap((line) => [line.item_id, ...line.alternates]),
  );
  const fixed = await findRevisions(
    scope,
    lines.flatMap((line) => line.component_revision ?? []),
  );
  const revisions = new Map(fixed.map((row) => [row.id, revisionRef(row)]));
  return lines.map((line) => {
    const item = items.get(line.item_id) as ItemRef;
    return {
      id: line.id,
      position: line.position,
      item,
      revision: line.component_revision === null ? null : (revisions.get(line.component_revision) ?? null),
      quantity: quantity(line.quantity, item.unit),
      scrapPercent: canonical(line.scrap_percent),
      phantom: line.phantom,
      designators: line.designators,
      alternates: line.alternates.flatMap((id) => items.get(id) ?? []),
    };
  });
}

export function viewOperation(row: OperationRow): OperationView {
  return {
    position: row.position,
    name: { en: row.name_en, zh: row.name_zh },
    workCenter: row.work_center,
    setupSeconds: canonical(row.setup_seconds),
    runSeconds: canonical(row.run_seconds),
    subcontractable: row.subcontractable,
  };
}
