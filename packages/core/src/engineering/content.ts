import { createHash } from 'node:crypto';
import type { Scope } from '../database/index.js';
import { canonical, compare } from '../measure/index.js';
import { componentsOf, linesOf, lockStructures, operationsOf, replaceLines, replaceOperations } from './content-repository.js';
import { engineeringErrors } from './errors.js';
import { findItems, findRevisions, type ItemRow, type RevisionRow } from './repository.js';
import type { BomLineInput, OperationInput } from './schema.js';

/** Writes the lines of a locked draft; every refusal of `engineeringErrors` that concerns a line comes from here. */
export async function writeLines(scope: Scope, revision: RevisionRow, lines: readonly BomLineInput[]): Promise<void> {
  checkPositions('lines', lines);
  checkDesignators(lines);
  const items = new Map(
    (await findItems(scope, [revision.item_id, ...lines.flatMap((line) => [line.item, ...line.alternates])])).map((row) => [
      row.id as string,
      row,
    ]),
  );
  const fixed = new Map(
    (
      await findRevisions(
        scope,
        lines.flatMap((line) => line.revision ?? []),
      )
    ).map((row) => [row.id as string, row]),
  );
  lines.forEach((line, index) => checkComponent(line, `lines.${index}`, items, fixed));
  await lockStructures(scope);
  await refuseCycle(scope, revision, lines);
  await replaceLines(scope, revision.id, lines);
}

export async function writeOperations(scope: Scope, revision: RevisionRow, operations: readonly OperationInput[]): Promise<void> {
  checkPositions('operations', operations);
  await replaceOperations(scope, revision.id, operations);
}

function checkPositions(field: string, rows: readonly { readonly position: number }[]): void {
  const seen = new Set<number>();
  rows.forEach(({ position }, index) => {
    if (seen.has(position)) throw engineeringErrors.position_taken({ field: `${field}.${index}.position`, position });
    seen.add(position);
  });
}

function checkDesignators(lines: readonly BomLineInput[]): void {
  const seen = new Set<string>();
  lines.forEach(({ designators, quantity }, index) => {
    const field = `lines.${index}.designators`;
    for (const designator of designators) {
      if (seen.has(designator)) throw engineeringErrors.designator_twice({ field, designator });
      seen.add(designator);
    }
    if (designators.length > 0 && compare(String(designators.length), quantity.value) !== 0)
      throw engineeringErrors.designators_count({ field, count: designators.length, quantity: quantity.value });
  });
}

function checkComponent(
  line: BomLineInput,
  field: string,
  items: ReadonlyMap<string, ItemRow>,
  fixed: ReadonlyMap<string, RevisionRow>,
): void {
  const item = items.get(line.item);
  if (!item) throw engineeringErrors.item_unknown({ field: `${field}.item`, item: line.item });
  if (line.quantity.unit !== item.unit)
    throw engineeringErrors.unit_differs({
      field: `${field}.quantity.unit`,
      item: item.number,
      expected: item.unit,
      unit: line.quantity.unit,
    });
  if (line.revision !== undefined && fixed.get(line.revision)?.item_id !== item.id)
    throw engineeringErrors.revision_unknown({ field: `${field}.revision`, revision: line.revision });
  line.alternates.forEach((alternate, index) => {
    const place = `${field}.alternates.${index}`;
    if (!items.has(alternate)) throw engineeringErrors.item_unknown({ field: place, item: alternate });
    if (alternate === line.item || line.alternates.indexOf(alternate) !== index)
      throw engineeringErrors.alternate_is_item({ field: place, item: alternate });
  });
}

/** A component as it is reached: every live revision of an item, or the one that a line fixes. */
interface Reached {
  readonly item: string;
  readonly fixed: string | null;
  readonly path: readonly string[];
}

async function refuseCycle(scope: Scope, { item_id: top }: RevisionRow, lines: readonly BomLineInput[]): Promise<void> {
  let frontier: Reached[] = lines.flatMap((line) => [
    { item: line.item, fixed: line.revision ?? null, path: [top, line.item] },
    ...line.alternates.map((item) => ({ item, fixed: null, path: [top, item] })),
  ]);
  const seen = new Set<string>();
  while (frontier.length > 0) {
    const closed = frontier.find(({ item }) => item === top);
    if (closed) throw await cycleError(scope, closed.path);
    const fresh = frontier.filter(({ item, fixed }) => !seen.has(`${item} ${fixed}`));
    for (const { item, fixed } of fresh) seen.add(`${item} ${fixed}`);
    const items = fresh.filter(({ fixed }) => fixed === null).map(({ item }) => item);
    const revisions = fresh.flatMap(({ fixed }) => fixed ?? []);
    const edges = fresh.length === 0 ? [] : await componentsOf(scope, { items, revisions });
    const pathTo = new Map(fresh.map(({ item, path }) => [item, path]));
    frontier = edges.map(({ parent, child, fixed }) => ({ item: child, fixed, path: [...(pathTo.get(parent) ?? []), child] }));
  }
}

/** Names the items of the circle by their numbers. */
export async function cycleError(scope: Scope, path: readonly string[]) {
  const numbers = new Map((await findItems(scope, path)).map((item) => [item.id as string, item.number]));
  return engineeringErrors.bom_cycle({ path: path.map((id) => numbers.get(id) ?? '…').join(' → ') });
}

/**
 * SHA-256 (hex) over what a revision says: item, label, specification, lines and routing as JSON with sorted keys, ids and
 * exact decimals instead of words that may be told otherwise later.
 */
export async function contentHash(scope: Scope, revision: RevisionRow): Promise<string> {
  const lines = await linesOf(scope, [revision.id]);
  const operations = await operationsOf(scope, revision.id);
  const content = {
    item: revision.item_id,
    label: revision.label,
    specification: revision.specification,
    lines: lines.map(({ id: _id, revision_id: _revision, quantity, scrap_percent, ...line }) => ({
      ...line,
      quantity: canonical(quantity),
      scrap_percent: canonical(scrap_percent),
    })),
    operations: operations.map(({ id: _id, revision_id: _revision, setup_seconds, run_seconds, ...operation }) => ({
      ...operation,
      setup_seconds: canonical(setup_seconds),
      run_seconds: canonical(run_seconds),
    })),
  };
  return createHash('sha256').update(sortedJson(content)).digest('hex');
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
