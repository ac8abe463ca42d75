import type { BomLineView, Comparison, OperationView } from './schema.js';

type Json = Comparison['specification'][number]['left'];

/** Leaves of two values that differ, by dotted path; an array is compared by index. */
export function compareValues(left: Json, right: Json, path = ''): Comparison['specification'] {
  if (isBranch(left) && isBranch(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap((name) =>
      compareValues(
        (left as Record<string, Json>)[name] ?? null,
        (right as Record<string, Json>)[name] ?? null,
        path ? `${path}.${name}` : name,
      ),
    );
  }
  return same(left, right) ? [] : [{ path, left, right }];
}

const isBranch = (value: Json): value is { [key: string]: Json } | Json[] => typeof value === 'object' && value !== null;
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/**
 * Lines of the same item are the same line, whatever position they moved to; where an item stands several times, those at
 * the same position belong together first. Left and right are symmetric: comparing the other way round inverts the result.
 */
export function compareLines(left: readonly BomLineView[], right: readonly BomLineView[]): Comparison['lines'] {
  return compareRows(left, right, { identity: (line) => line.item.id, facts: lineFacts });
}

/** Operations are the same when their names are. */
export function compareOperations(left: readonly OperationView[], right: readonly OperationView[]): Comparison['operations'] {
  return compareRows(left, right, { identity: ({ name }) => JSON.stringify([name.en, name.zh]), facts: (operation) => ({ ...operation }) });
}

function lineFacts({ position, revision, quantity, scrapPercent, phantom, designators, alternates }: BomLineView): Record<string, unknown> {
  return {
    position,
    revision: revision?.id ?? null,
    quantity: [quantity.value, quantity.unit],
    scrapPercent,
    phantom,
    designators: [...designators].sort(),
    alternates: alternates.map((item) => item.id),
  };
}

interface Kind<Row> {
  readonly identity: (row: Row) => string;
  readonly facts: (row: Row) => Record<string, unknown>;
}

function compareRows<Row extends { readonly position: number }>(
  left: readonly Row[],
  right: readonly Row[],
  { identity, facts }: Kind<Row>,
) {
  const removed: Row[] = [];
  const added: Row[] = [];
  const changed: { fields: string[]; left: Row; right: Row }[] = [];
  for (const name of new Set([...left, ...right].map(identity))) {
    const { pairs, onlyLeft, onlyRight } = pair(
      left.filter((row) => identity(row) === name),
      right.filter((row) => identity(row) === name),
    );
    removed.push(...onlyLeft);
    added.push(...onlyRight);
    for (const [from, to] of pairs) {
      const [before, after] = [facts(from), facts(to)];
      const fields = Object.keys(before).filter((field) => !same(before[field], after[field]));
      if (fields.length > 0) changed.push({ fields, left: from, right: to });
    }
  }
  const byPosition = (a: Row, b: Row) => a.position - b.position;
  return { added: added.sort(byPosition), removed: removed.sort(byPosition), changed: changed.sort((a, b) => byPosition(a.left, b.left)) };
}

function pair<Row extends { readonly position: number }>(left: readonly Row[], right: readonly Row[]) {
  const atSame = left.flatMap((row) => {
    const other = right.find(({ position }) => position === row.position);
    return other ? [[row, other] as const] : [];
  });
  const taken = new Set<Row>(atSame.flat());
  const byPosition = (a: Row, b: Row) => a.position - b.position;
  const restLeft = left.filter((row) => !taken.has(row)).sort(byPosition);
  const restRight = right.filter((row) => !taken.has(row)).sort(byPosition);
  const moved = restLeft.slice(0, restRight.length).map((row, index) => [row, restRight[index] as Row] as const);
  return { pairs: [...atSame, ...moved], onlyLeft: restLeft.slice(moved.length), onlyRight: restRight.slice(moved.length) };
}
