import { createRecord } from '../access/index.js';
import { requestErrors } from '../commands/index.js';
import { newId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { openChangeOf } from './changes/repository.js';
import { contentHash, writeLines, writeOperations } from './content.js';
import { linesOf, operationsOf } from './content-repository.js';
import { engineeringErrors } from './errors.js';
import { visibleItem } from './items.js';
import {
  findItems,
  findRevisions,
  type ItemRow,
  insertRevision,
  lockRevisions,
  type RevisionRow,
  revisionsOfItem,
  updateRevision,
} from './repository.js';
import type { BomLineInput, ItemView, OperationInput, RevisionView, Specification } from './schema.js';
import type { EngineeringPorts, EngineeringService } from './service.js';
import { nextRevisionState, type RevisionMove, revisionMoveWords, revisionStateWords } from './states.js';
import { summarizeRevisions, viewItems, viewOperation, viewRevision } from './view.js';

type Revisions = Pick<
  EngineeringService,
  'createRevision' | 'editRevision' | 'releaseRevision' | 'retireRevision' | 'getRevision' | 'listRevisions'
>;

interface Content {
  readonly specification?: Specification | undefined;
  readonly note?: string | undefined;
  readonly lines?: readonly BomLineInput[] | undefined;
  readonly operations?: readonly OperationInput[] | undefined;
}

export const createRevisions = ({ itemKinds, specifications }: EngineeringPorts): Revisions => {
  async function write(scope: Scope, item: ItemRow, row: RevisionRow, { specification, note, lines, operations }: Content) {
    if (lines) await writeLines(scope, row, lines);
    if (operations) await writeOperations(scope, row, operations);
    return updateRevision(scope, row, {
      ...(specification === undefined ? {} : { specification: JSON.stringify(checked(item, specification)) }),
      ...(note === undefined ? {} : { note: note || null }),
    });
  }

  function checked(item: ItemRow, given: Specification): Specification {
    const expected = itemKinds(item.kind)?.specification ?? null;
    if (expected !== null && expected !== given.schema)
      throw engineeringErrors.kind_specification({ kind: item.kind, expected, schema: given.schema });
    return specifications(given);
  }

  return {
    async createRevision(scope, { item: itemId, label, copyOf, ...content }) {
      const item = await visibleItem(scope, itemId);
      if (item.organization !== scope.organization) throw engineeringErrors.not_the_owner({ what: item.number });
      const origin = copyOf === undefined ? null : await originOf(scope, copyOf);
      const id = newId<'record'>();
      await createRecord(scope, { id, kind: 'item_revision', parties: [{ organization: scope.organization, role: 'owner' }] });
      const row = await insertRevision(scope, { id, item, label, copiedFrom: origin });
      const copied = origin === null ? {} : await contentOf(scope, origin);
      await write(scope, item, row, { ...copied, ...given(content) });
      const [made] = await findRevisions(scope, [id]);
      const body = { item: item.number, label, copiedFrom: origin };
      await appendEvent(scope, { type: 'engineering.revision_created', record: id, body });
      return viewRevision(scope, made as RevisionRow);
    },

    async editRevision(scope, { revision, version, ...content }) {
      const { row, item } = await ownRevision(scope, { revision, version });
      if (row.state !== 'draft') throw wrongState(item, row, 'edit');
      const edited = await write(scope, item, row, content);
      const body = { item: item.number, label: row.label, version: edited.version, changed: Object.keys(given(content)) };
      await appendEvent(scope, { type: 'engineering.revision_edited', record: row.id, body });
      return viewRevision(scope, edited);
    },

    async releaseRevision(scope, input) {
      const { row, item } = await ownRevision(scope, input);
      return viewRevision(scope, await releaseRevision(scope, item, row));
    },

    async retireRevision(scope, input) {
      const { row, item } = await ownRevision(scope, input);
      return viewRevision(scope, await retireRevision(scope, item, row));
    },

    getRevision: readRevision,

    async listRevisions(scope, id) {
      const item = await visibleItem(scope, id);
      const [view] = await viewItems(scope, [item], itemKinds);
      return { item: view as ItemView, revisions: await summarizeRevisions(scope, await revisionsOfItem(scope, item.id)) };
    },
  };
};

/** Freezes a locked draft with the hash of its content. */
export async function releaseRevision(
  scope: Scope,
  item: ItemRow,
  row: RevisionRow,
  together: ReadonlySet<string> = new Set(),
): Promise<RevisionRow> {
  const state = moved(item, row, 'release');
  await refuseDraftComponents(scope, item, row, together);
  const hash = await contentHash(scope, row);
  const released = await updateRevision(scope, row, { state, content_hash: hash, released_by: scope.actor.label, released_at: scope.now });
  const body = { item: item.number, label: row.label, contentHash: hash };
  await appendEvent(scope, { type: 'engineering.revision_released', record: row.id, body });
  return released;
}

/** New work does not begin from it any more; what was made stays as it is. */
export async function retireRevision(scope: Scope, item: ItemRow, row: RevisionRow): Promise<RevisionRow> {
  const retired = await updateRevision(scope, row, { state: moved(item, row, 'retire'), obsolete_at: scope.now });
  await appendEvent(scope, { type: 'engineering.revision_retired', record: row.id, body: { item: item.number, label: row.label } });
  return retired;
}

/** A revision with lines and routing; throws `request.not_found` when it is hidden or absent. */
export async function readRevision(scope: Scope, revision: string): Promise<RevisionView> {
  return viewRevision(scope, await visibleRevision(scope, revision));
}

export async function visibleRevision(scope: Scope, id: string): Promise<RevisionRow> {
  const [row] = await findRevisions(scope, [id]);
  if (!row) throw requestErrors.not_found({ kind: 'item_revision' });
  return row;
}

/** The owner's revision, locked, at the version that the caller saw. */
async function ownRevision(scope: Scope, { revision, version }: { readonly revision: string; readonly version: number }) {
  const [row] = await lockRevisions(scope, [revision]);
  if (!row) {
    const hidden = await visibleRevision(scope, revision);
    const [item] = await findItems(scope, [hidden.item_id]);
    throw engineeringErrors.not_the_owner({ what: named(item as ItemRow, hidden) });
  }
  if (row.version !== version) throw engineeringErrors.version_stale({ current: row.version, sent: version });
  const [found] = await findItems(scope, [row.item_id]);
  const item = found as ItemRow;
  const open = await openChangeOf(scope, [row.id]);
  if (open) throw engineeringErrors.under_change({ what: named(item, row), change: open.number });
  return { row, item };
}

async function originOf(scope: Scope, id: string) {
  const [origin] = await findRevisions(scope, [id]);
  if (!origin) throw engineeringErrors.revision_unknown({ field: 'copyOf', revision: id });
  return origin.id;
}

/** What a copy begins with. */
async function contentOf(scope: Scope, origin: string): Promise<Content> {
  const [row] = await findRevisions(scope, [origin]);
  const lines = await linesOf(scope, [origin]);
  const units = new Map(
    (
      await findItems(
        scope,
        lines.map((line) => line.item_id),
      )
    ).map((item) => [item.id, item.unit]),
  );
  return {
    ...(row?.specification ? { specification: row.specification } : {}),
    lines: lines.map((line) => ({
      position: line.position,
      item: line.item_id,
      ...(line.component_revision === null ? {} : { revision: line.component_revision }),
      quantity: { value: line.quantity, unit: units.get(line.item_id) as BomLineInput['quantity']['unit'] },
      scrapPercent: line.scrap_percent,
      phantom: line.phantom,
      designators: line.designators,
      alternates: line.alternates,
    })),
    operations: (await operationsOf(scope, origin)).map(viewOperation),
  };
}

function given(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

async function refuseDraftComponents(scope: Scope, item: ItemRow, row: RevisionRow, together: ReadonlySet<string>): Promise<void> {
  const lines = await linesOf(scope, [row.id]);
  const fixed = await findRevisions(
    scope,
    lines.flatMap((line) => line.component_revision ?? []),
  );
  const draft = fixed.find((component) => component.state !== 'released' && !together.has(component.id));
  if (!draft) return;
  const [component] = await findItems(scope, [draft.item_id]);
  throw engineeringErrors.component_not_released({
    what: named(item, row),
    component: named(component as ItemRow, draft),
    stateEn: revisionStateWords[draft.state].en.toLowerCase(),
    stateZh: revisionStateWords[draft.state].zh,
  });
}

export const named = (item: ItemRow, { label }: Pick<RevisionRow, 'label'>): string => `${item.number}/${label}`;

function moved(item: ItemRow, row: RevisionRow, move: RevisionMove): RevisionRow['state'] {
  const next = nextRevisionState(row.state, move);
  if (next === null) throw wrongState(item, row, move);
  return next;
}

function wrongState(item: ItemRow, row: RevisionRow, move: RevisionMove | 'edit') {
  const { en: moveEn, zh: moveZh } = move === 'edit' ? { en: 'Edit', zh: '编辑' } : revisionMoveWords[move];
  const { en, zh: stateZh } = revisionStateWords[row.state];
  return engineeringErrors.wrong_state({ what: named(item, row), stateEn: en.toLowerCase(), stateZh, moveEn, moveZh });
}
