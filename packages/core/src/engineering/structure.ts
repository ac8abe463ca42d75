import type { RecordId, Scope } from '../database/index.js';
import { quantity } from '../measure/index.js';
import { compareLines, compareOperations, compareValues } from './compare.js';
import { cycleError } from './content.js';
import { type LineRow, linesOf, usesOf } from './content-repository.js';
import { engineeringErrors } from './errors.js';
import { deepestLevel, type Edge, explode, mostPlaces, rollUp } from './explosion.js';
import { visibleItem } from './items.js';
import { findRevisions, type RevisionRow, releasedRevisions } from './repository.js';
import { visibleRevision } from './revisions.js';
import type { BomLineView, ItemRef, RevisionView } from './schema.js';
import type { EngineeringService } from './service.js';
import { itemRef, itemRefs, revisionRef, viewLines, viewRevision } from './view.js';

type StructureService = Pick<EngineeringService, 'explode' | 'whereUsed' | 'compareRevisions'>;

/** What revisions are made of and where items go; an unfixed line leads to the newest released revision that the reader may see. */
export const structure: StructureService = {
  async explode(scope, { revision: id, quantity: made }) {
    const root = await visibleRevision(scope, id);
    const { lines, revisions } = await loadStructure(scope, root);
    const places = explode(root.id, made, (revision) => lines.get(revision) ?? []);
    if ('cycle' in places) throw await cycleError(scope, places.cycle);
    if ('tooLarge' in places) throw engineeringErrors.bom_too_large({ most: mostPlaces, deepest: deepestLevel });
    const rows = new Map([...lines.values()].flat().map(({ row }) => [row.id, row]));
    const views = new Map((await viewLines(scope, [...rows.values()])).map((line) => [line.id, line]));
    const items = await itemRefs(scope, [root.item_id, ...[...rows.values()].map((row) => row.item_id)]);
    const top = items.get(root.item_id) as ItemRef;
    return {
      revision: { ...revisionRef(root), item: top },
      quantity: quantity(made, top.unit),
      lines: places.map(({ level, path, line, required }) => {
        const below = line.below === null ? undefined : revisions.get(line.below);
        return {
          level,
          path: path.join('.'),
          line: views.get(line.row.id) as BomLineView,
          revision: below ? revisionRef(below) : null,
          required,
        };
      }),
      totals: rollUp(places).map((total) => ({ ...total, item: items.get(total.item) as ItemRef })),
    };
  },

  async whereUsed(scope, id) {
    const item = await visibleItem(scope, id);
    const uses = await usesOf(scope, item.id, deepestLevel);
    const revisions = new Map(
      (
        await findRevisions(
          scope,
          uses.map((use) => use.revision),
        )
      ).map((row) => [row.id as string, row]),
    );
    const items = await itemRefs(
      scope,
      uses.map((use) => use.item),
    );
    const direct = await directQuantities(
      scope,
      item.id,
      uses.filter((use) => use.level === 1).map((use) => use.revision),
    );
    return {
      item: itemRef(item),
      uses: uses.map((use) => ({
        level: use.level,
        item: items.get(use.item) as ItemRef,
        revision: revisionRef(revisions.get(use.revision) as RevisionRow),
        quantity: direct.has(use.revision) ? quantity(direct.get(use.revision) as string, item.unit) : null,
      })),
    };
  },

  async compareRevisions(scope, input) {
    const [left, right] = [await compared(scope, input.left), await compared(scope, input.right)];
    return {
      left: side(left),
      right: side(right),
      specification: compareValues(left.specification?.value ?? null, right.specification?.value ?? null),
      lines: compareLines(left.lines, right.lines),
      operations: compareOperations(left.operations, right.operations),
    };
  },
};

const compared = async (scope: Scope, id: string): Promise<RevisionView> => viewRevision(scope, await visibleRevision(scope, id));
const side = ({ id, label, state, stateWords, item }: RevisionView) => ({ id, label, state, stateWords, item });

type LoadedEdge = Edge & { readonly row: LineRow };

/** Level by level: one query for the lines, one for the revisions that they lead to. */
async function loadStructure(scope: Scope, root: RevisionRow) {
  const lines = new Map<string, LoadedEdge[]>();
  const revisions = new Map<string, RevisionRow>([[root.id, root]]);
  let frontier: string[] = [root.id];
  for (let level = 0; frontier.length > 0 && level <= deepestLevel; level += 1) {
    const rows = await linesOf(scope, frontier);
    const fixed = await findRevisions(
      scope,
      rows.flatMap((row) => row.component_revision ?? []),
    );
    const released = await releasedRevisions(
      scope,
      rows.filter((row) => row.component_revision === null).map((row) => row.item_id),
    );
    for (const row of fixed) revisions.set(row.id, row);
    for (const row of released.values()) revisions.set(row.id, row);
    for (const revision of frontier) lines.set(revision, []);
    for (const row of rows) {
      const below = row.component_revision ?? released.get(row.item_id)?.id ?? null;
      lines.get(row.revision_id)?.push(edge(row, below !== null && revisions.has(below) ? below : null));
    }
    frontier = [...new Set([...lines.values()].flat().flatMap(({ below }) => (below === null || lines.has(below) ? [] : [below])))];
  }
  return { lines, revisions };
}

function edge(row: LineRow, below: RecordId | null): LoadedEdge {
  const { position, item_id, quantity: each, scrap_percent, phantom } = row;
  return { row, position, item: item_id, below, quantity: each, scrapPercent: scrap_percent, phantom };
}

/** How much of the item one unit of each revision takes, over all its lines. */
async function directQuantities(scope: Scope, item: string, revisions: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const direct = (await linesOf(scope, revisions)).filter((row) => row.item_id === item);
  const places = direct.map((row) => ({
    level: 1,
    path: [row.position],
    line: { ...edge(row, null), item: row.revision_id, phantom: false },
    required: row.quantity,
  }));
  return new Map(rollUp(places).map((total) => [total.item, total.required]));
}
