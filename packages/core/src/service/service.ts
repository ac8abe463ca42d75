import type { z } from 'zod';
import { createRecord, organizationNames } from '../access/index.js';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import { newId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { findThings, recordActivity } from '../lifecycle/index.js';
import { serviceErrors } from './errors.js';
import { type RunReader, requireEvidence } from './evidence.js';
import { type CaseRow, findCase, insertCase, insertCaseMove, insertEvidence, lockCase, pageOfCases, updateCase } from './repository.js';
import type * as schema from './schema.js';
import { type CaseMove, type CaseSide, caseMovesOf, caseTransitions, judgeCase } from './states.js';
import { caseView, sideOf, viewCase, viewCases } from './view.js';
import { caseMoveWords, caseSideWords, caseStateWords } from './words.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export interface CaseService {
  openCase(scope: Scope, input: In<typeof schema.openCaseInput>): Promise<schema.CaseView>;
  acceptCase(scope: Scope, input: In<typeof schema.acceptCaseInput>): Promise<schema.CaseView>;
  startCase(scope: Scope, input: In<typeof schema.startCaseInput>): Promise<schema.CaseView>;
  resolveCase(scope: Scope, input: In<typeof schema.resolveCaseInput>): Promise<schema.CaseView>;
  rejectCase(scope: Scope, input: In<typeof schema.rejectCaseInput>): Promise<schema.CaseView>;
  reopenCase(scope: Scope, input: In<typeof schema.reopenCaseInput>): Promise<schema.CaseView>;
  closeCase(scope: Scope, input: In<typeof schema.closeCaseInput>): Promise<schema.CaseView>;
  addEvidence(scope: Scope, input: In<typeof schema.addEvidenceInput>): Promise<schema.CaseView>;
  recordWork(scope: Scope, input: In<typeof schema.recordWorkInput>): Promise<schema.CaseView>;
  getCase(scope: Scope, id: string): Promise<schema.CaseView>;
  listCases(scope: Scope, input: In<typeof schema.caseListInput>): Promise<z.infer<typeof schema.casePageSchema>>;
}

/** Days for an answer when nobody names a day. */
const usualDays = 10;

export const createCaseService = (runs: RunReader): CaseService => ({
  async openCase(scope, input) {
    const thing = (await findThings(scope, [input.thing])).get(input.thing);
    if (!thing) throw requestErrors.not_found({ kind: 'lot or unit' });
    const code = thing.kind === 'unit' ? thing.row.serial : thing.row.code;
    const resolver = thing.row.organization;
    if (resolver === scope.organization) throw serviceErrors.own_product({ thing: code });
    const occurredAt = input.occurredAt === undefined ? scope.now : new Date(input.occurredAt);
    if (occurredAt > scope.now) throw serviceErrors.occurred_in_future({ occurredAt: occurredAt.toISOString() });
    for (const each of input.evidence) await requireEvidence(scope, each, runs);
    const id = newId<'record'>();
    await createRecord(scope, {
      id,
      kind: 'case',
      parties: [
        { organization: scope.organization, role: 'reporter' },
        { organization: resolver, role: 'resolver' },
      ],
    });
    const opened = await insertCase(scope, {
      id,
      reporter: scope.organization,
      resolver,
      number: numberOf(scope.now, id),
      state: 'open',
      thing_kind: thing.kind,
      thing_id: thing.row.id,
      thing_code: code,
      kind: input.kind,
      symptom: input.symptom,
      occurred_at: occurredAt,
      due_by: dueBy(scope, input.dueBy) ?? inUsualDays(scope),
      owner: null,
      cause: null,
      resolution: null,
      opened_at: scope.now,
      changed_at: scope.now,
    });
    await insertCaseMove(scope, opened, { side: 'reporter', move: 'open', note: null });
    await insertEvidence(scope, id, 'reporter', input.evidence);
    const body = { ...headOf(opened), kind: opened.kind, dueBy: opened.due_by.toISOString() };
    await appendEvent(scope, { type: 'service.case_opened', record: id, body });
    return viewCase(scope, opened);
  },

  acceptCase: (scope, { owner, dueBy: promised, note, ...input }) =>
    moveCase(scope, input, 'accept', note ?? null, (row) => ({
      owner: owner ?? scope.actor.label,
      due_by: dueBy(scope, promised) ?? row.due_by,
    })),

  startCase: (scope, { note, ...input }) => moveCase(scope, input, 'start', note ?? null),

  resolveCase: (scope, { cause, resolution, ...input }) =>
    moveCase(scope, input, 'resolve', resolution.slice(0, 500), () => ({ cause, resolution })),

  rejectCase: (scope, { reason, ...input }) => moveCase(scope, input, 'reject', reason),

  reopenCase: (scope, { reason, dueBy: asked, ...input }) =>
    moveCase(scope, input, 'reopen', reason, () => ({ due_by: dueBy(scope, asked) ?? inUsualDays(scope) })),

  closeCase: (scope, { note, ...input }) => moveCase(scope, input, 'close', note ?? null),

  async addEvidence(scope, { case: id, ...evidence }) {
    const { row, side } = await caseOfSide(scope, id);
    await requireEvidence(scope, evidence, runs);
    return addedTo(scope, row, side, evidence);
  },

  async recordWork(scope, { case: id, activity }) {
    const { row, side } = await caseOfSide(scope, id);
    const other = side === 'reporter' ? row.resolver : row.reporter;
    const code = (await organizationNames(scope, [other])).get(other)?.code;
    const recorded = await recordActivity(scope, { ...activity, sharedWith: code === undefined ? [] : [code] });
    return addedTo(scope, row, side, { kind: 'activity', id: recorded });
  },

  getCase: caseView,

  async listCases(scope, { limit, cursor, ...filter }) {
    const rows = await pageOfCases(scope, { ...filter, after: decodeCursor(cursor), limit });
    const views = new Map((await viewCases(scope, rows.slice(0, limit))).map((view) => [view.id, view]));
    return page(
      rows,
      limit,
      (row) => ({ key: row.sort_key.toISOString(), id: row.id }),
      (row) => views.get(row.id) as schema.CaseSummary,
    );
  },
});

/** Visible, one's own move, the version that was seen, the state: asked in this order, each refusal a `YunfabError`. */
async function moveCase(
  scope: Scope,
  input: { readonly case: string; readonly version: number },
  move: CaseMove,
  note: string | null,
  change: (row: CaseRow) => Parameters<typeof updateCase>[2] = () => ({}),
): Promise<schema.CaseView> {
  const row = await lockCase(scope, input.case);
  if (!row) throw (await findCase(scope, input.case)) ? notYourMove(move, null) : requestErrors.not_found({ kind: 'case' });
  const side = sideOf(scope, row);
  if (side === null || caseTransitions[move].side !== side) throw notYourMove(move, side);
  if (row.version !== input.version) throw serviceErrors.version_stale({ number: row.number, current: row.version, sent: input.version });
  const judged = judgeCase(row.state, move, side);
  if (!judged.allowed) throw wrongState(row, move, side);
  const moved = await updateCase(scope, row, { ...change(row), state: judged.next });
  await insertCaseMove(scope, moved, { side, move, note });
  await appendEvent(scope, { type: 'service.case_moved', record: moved.id, body: { ...headOf(moved), move } });
  return viewCase(scope, moved);
}

/** A case that still takes evidence, locked. */
async function caseOfSide(scope: Scope, id: string): Promise<{ readonly row: CaseRow; readonly side: CaseSide }> {
  const row = await lockCase(scope, id);
  const side = row ? sideOf(scope, row) : null;
  if (!row || side === null) throw (await findCase(scope, id)) ? notYourMove('resolve', null) : requestErrors.not_found({ kind: 'case' });
  if (row.state === 'closed') throw serviceErrors.case_closed({ number: row.number });
  return { row, side };
}

async function addedTo(
  scope: Scope,
  row: CaseRow,
  side: CaseSide,
  evidence: Parameters<typeof insertEvidence>[3][number],
): Promise<schema.CaseView> {
  await insertEvidence(scope, row.id, side, [evidence]);
  await appendEvent(scope, { type: 'service.case_evidence_added', record: row.id, body: { ...headOf(row), kind: evidence.kind } });
  return viewCase(scope, row);
}

function dueBy(scope: Scope, asked: string | undefined): Date | null {
  if (asked === undefined) return null;
  const due = new Date(asked);
  if (due <= scope.now) throw serviceErrors.due_in_past({ dueBy: due.toISOString() });
  return due;
}

const inUsualDays = (scope: Scope): Date => new Date(scope.now.getTime() + usualDays * 86_400_000);

/** Read aloud on the telephone: the day and the end of the id. */
const numberOf = (now: Date, id: string): string => `C-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;

const headOf = ({ number, version, state }: CaseRow) => ({ number, version, state });

function notYourMove(move: CaseMove, side: CaseSide | null) {
  const mover = caseSideWords[caseTransitions[move].side];
  const own = side === null ? { en: 'reader', zh: '查阅方' } : caseSideWords[side];
  return serviceErrors.not_your_move({
    move,
    moveEn: caseMoveWords[move].en,
    moveZh: caseMoveWords[move].zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

function wrongState({ number, state }: CaseRow, move: CaseMove, side: CaseSide) {
  const possible = caseMovesOf(state, side);
  return serviceErrors.wrong_state({
    move,
    number,
    state,
    moveEn: caseMoveWords[move].en,
    moveZh: caseMoveWords[move].zh,
    stateEn: caseStateWords[state].en.toLowerCase(),
    stateZh: caseStateWords[state].zh,
    possibleEn: possible.map((name) => caseMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => caseMoveWords[name].zh).join('、') || '无',
  });
}
