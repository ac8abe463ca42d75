import { organizationNames } from '../access/index.js';
import { requestErrors } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { type CaseRow, evidenceOfCase, findCase, movesOfCase } from './repository.js';
import type { CaseSummary, CaseView } from './schema.js';
import { type CaseSide, caseMovesOf, runningStates } from './states.js';
import { caseKindWords, caseMoveWords, caseStateWords, evidenceKindWords } from './words.js';

export function sideOf(scope: Scope, { reporter, resolver }: Pick<CaseRow, 'reporter' | 'resolver'>): CaseSide | null {
  if (scope.organization === reporter) return 'reporter';
  return scope.organization === resolver ? 'resolver' : null;
}

export async function viewCases(scope: Scope, rows: readonly CaseRow[]): Promise<CaseSummary[]> {
  const names = await organizationNames(
    scope,
    rows.flatMap(({ reporter, resolver }) => [reporter, resolver]),
  );
  const named = (id: CaseRow['reporter']) => {
    const found = names.get(id);
    return { code: found?.code ?? '', name: found?.name ?? { en: '', zh: '' } };
  };
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    version: row.version,
    side: sideOf(scope, row),
    reporter: named(row.reporter),
    resolver: named(row.resolver),
    thing: { kind: row.thing_kind, id: row.thing_id, code: row.thing_code },
    kind: row.kind,
    kindWords: caseKindWords[row.kind],
    symptom: row.symptom,
    state: row.state,
    stateWords: caseStateWords[row.state],
    owner: row.owner,
    dueBy: row.due_by.toISOString(),
    overdue: runningStates.includes(row.state) && row.due_by <= scope.now,
    openedAt: row.opened_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  }));
}

/** Throws `request.not_found` when it is hidden or absent. */
export async function caseView(scope: Scope, id: string): Promise<CaseView> {
  const row = await findCase(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'case' });
  return viewCase(scope, row);
}

export async function viewCase(scope: Scope, row: CaseRow): Promise<CaseView> {
  const [summary] = await viewCases(scope, [row]);
  const side = sideOf(scope, row);
  return {
    ...(summary as CaseSummary),
    occurredAt: row.occurred_at.toISOString(),
    cause: row.cause,
    resolution: row.resolution,
    moves: side === null ? [] : caseMovesOf(row.state, side).map((move) => ({ move, words: caseMoveWords[move] })),
    history: (await movesOfCase(scope, row.id)).map(({ move, side: by, state, note, moved_by, moved_at }) => ({
      move,
      words: move === 'open' ? { en: 'Opened', zh: '提交' } : caseMoveWords[move],
      side: by,
      state,
      note,
      by: moved_by,
      at: moved_at.toISOString(),
    })),
    evidence: (await evidenceOfCase(scope, row.id)).map(({ kind, evidence_id, side: by, note, added_at }) => ({
      kind,
      kindWords: evidenceKindWords[kind],
      id: evidence_id,
      side: by,
      note,
      at: added_at.toISOString(),
    })),
  };
}
