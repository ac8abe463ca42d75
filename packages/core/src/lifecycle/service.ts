import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { canonical, compare } from '../measure/index.js';
import { lifecycleErrors } from './errors.js';
import type { GateLot, GatePredicate, ReleaseGates } from './gate.js';
import { moved, viewLots } from './lots.js';
import { findLot, insertRelease, type LotRow, lockLots, pageOfLots, updateLot } from './repository.js';
import type {
  blockInput,
  GateFinding,
  LotView,
  lotListInput,
  lotPageSchema,
  ReleaseCheck,
  releasedSchema,
  releaseInput,
} from './schema.js';
import { nextLotState } from './states.js';

export interface LifecycleService {
  get(scope: Scope, lot: string): Promise<LotView>;
  list(scope: Scope, input: z.output<typeof lotListInput>): Promise<z.infer<typeof lotPageSchema>>;
  checkRelease(scope: Scope, lot: string): Promise<ReleaseCheck>;
  release(scope: Scope, input: z.output<typeof releaseInput>): Promise<z.infer<typeof releasedSchema>>;
  block(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
  unblock(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
}

/** Predicates of lifecycle itself; production and verticals give theirs through `gates`. */
const ownPredicates: readonly GatePredicate[] = [
  {
    id: 'lifecycle.not_empty',
    words: { en: 'The lot holds units', zh: '批次中有产品' },
    async check(_scope, lot) {
      const holds = compare(lot.quantity, '0') > 0;
      const words = holds
        ? { en: `It holds ${lot.quantity} good units.`, zh: `批次中有 ${lot.quantity} 件合格品。` }
        : { en: 'Nothing was counted into it.', zh: '尚无产品计入该批次。' };
      return { holds, words, evidence: [{ kind: 'lot', id: lot.id }] };
    },
  },
];

export function createLifecycleService({ gates }: { readonly gates: ReleaseGates }): LifecycleService {
  async function findings(scope: Scope, row: LotRow): Promise<GateFinding[]> {
    const lot: GateLot = { id: row.id, code: row.code, unit: row.unit, quantity: canonical(row.quantity) };
    const answers: GateFinding[] = [];
    for (const predicate of [...ownPredicates, ...(await gates.predicates(scope, lot))]) {
      const { holds, words, evidence } = await predicate.check(scope, lot);
      answers.push({ predicate: predicate.id, predicateWords: predicate.words, holds, words, evidence: [...evidence] });
    }
    return answers;
  }

  return {
    async get(scope, lot) {
      return viewLot(scope, await visible(scope, lot));
    },

    async list(scope, { limit, cursor, state }) {
      const rows = await pageOfLots(scope, { state, after: decodeCursor(cursor), limit });
      const views = new Map((await viewLots(scope, rows)).map((view) => [view.id, view]));
      return page(
        rows,
        limit,
        (row) => ({ key: row.created_at.toISOString(), id: row.id }),
        (row) => views.get(row.id) as LotView,
      );
    },

    async checkRelease(scope, lot) {
      const row = await visible(scope, lot);
      if (row.organization !== scope.organization) throw lifecycleErrors.not_the_maker({ lot: row.code });
      const answers = await findings(scope, row);
      const releasable = nextLotState(row.state, 'release') !== null && answers.every((answer) => answer.holds);
      return { lot: await viewLot(scope, row), releasable, findings: answers };
    },

    async release(scope, input) {
      const row = await owned(scope, input);
      const state = moved(row, 'release');
      const answers = await findings(scope, row);
      const failed = answers.filter((answer) => !answer.holds);
      if (failed[0]) {
        const { en: firstEn, zh: firstZh } = failed[0].words;
        throw lifecycleErrors.gate_failed({
          lot: row.code,
          failed: failed.length,
          asked: answers.length,
          firstEn,
          firstZh,
          findings: answers,
        });
      }
      const release = await insertRelease(scope, row.id, answers);
      const released = await updateLot(scope, row.id, { state, released_at: scope.now, version: row.version + 1 });
      const body = { code: row.code, release, findings: answers };
      await appendEvent(scope, { type: 'lifecycle.lot_released', record: row.id, private: true, body });
      return { lot: await viewLot(scope, released), findings: answers };
    },

    block: (scope, input) => hold(scope, input, 'block'),
    unblock: (scope, input) => hold(scope, input, 'unblock'),
  };
}

async function hold(scope: Scope, input: z.output<typeof blockInput>, event: 'block' | 'unblock'): Promise<LotView> {
  const row = await owned(scope, input);
  const after = await updateLot(scope, row.id, { state: moved(row, event), released_at: null, version: row.version + 1 });
  await appendEvent(scope, { type: `lifecycle.lot_${event}ed`, record: row.id, body: { code: row.code, reason: input.reason } });
  return viewLot(scope, after);
}

async function visible(scope: Scope, lot: string): Promise<LotRow> {
  const row = await findLot(scope, lot);
  if (!row) throw requestErrors.not_found({ kind: 'lot' });
  return row;
}

/** The maker's lot, locked, at the version that the caller saw. */
async function owned(scope: Scope, input: { readonly lot: string; readonly version: number }): Promise<LotRow> {
  const [row] = await lockLots(scope, [input.lot]);
  if (!row) throw lifecycleErrors.not_the_maker({ lot: (await visible(scope, input.lot)).code });
  if (row.version !== input.version) throw lifecycleErrors.version_stale({ current: row.version, sent: input.version });
  return row;
}

async function viewLot(scope: Scope, row: LotRow): Promise<LotView> {
  const [view] = await viewLots(scope, [row]);
  return view as LotView;
}
