import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { canonical, compare } from '../measure/index.js';
import { recordActivity } from './activities/record.js';
import type { ActivityView, activityListInput, activityPageSchema, NewActivity } from './activities/schema.js';
import { getActivity, listActivities } from './activities/view.js';
import { lifecycleErrors } from './errors.js';
import type { GateLot, GatePredicate, ReleaseGates } from './gate/gate.js';
import type { ReachView, reachInput, TraceView, traceInput } from './genealogy/schema.js';
import { reach, trace } from './genealogy/trace.js';
import { assignIdentifier, assignIdentifiers, identify, withdrawIdentifier } from './identifiers/identifiers.js';
import type { assignIdentifierInput, Identified, identifiersSchema, identifyInput, withdrawIdentifierInput } from './identifiers/schema.js';
import { type LotContents, lotContents } from './lots/contents.js';
import { moved, registerLot, viewLots } from './lots/lots.js';
import type { mergedLotSchema, mergeLotsInput, splitLotInput, splitLotSchema } from './lots/part-schema.js';
import { mergeLots, splitLot } from './lots/parts.js';
import { findLot, insertRelease, type LotRow, lockLots, pageOfLots, updateLot } from './lots/repository.js';
import type {
  blockInput,
  GateFinding,
  LotView,
  lotListInput,
  lotPageSchema,
  ReleaseCheck,
  registerLotInput,
  releasedSchema,
  releaseInput,
} from './lots/schema.js';
import { nextLotState } from './lots/states.js';
import { pageOfUnits } from './units/repository.js';
import type { madeUnitsSchema, makeUnitsInput, UnitView, unitListInput, unitPageSchema } from './units/schema.js';
import { type LotProofs, type UnitPageView, unitPage } from './units/unit-page.js';
import { makeUnits, moveUnitsOfLot, viewUnits } from './units/units.js';

export interface LifecycleService {
  get(scope: Scope, lot: string): Promise<LotView>;
  list(scope: Scope, input: z.output<typeof lotListInput>): Promise<z.infer<typeof lotPageSchema>>;
  checkRelease(scope: Scope, lot: string): Promise<ReleaseCheck>;
  release(scope: Scope, input: z.output<typeof releaseInput>): Promise<z.infer<typeof releasedSchema>>;
  block(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
  unblock(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
  registerLot(scope: Scope, input: z.output<typeof registerLotInput>): Promise<LotView>;
  splitLot(scope: Scope, input: z.output<typeof splitLotInput>): Promise<z.infer<typeof splitLotSchema>>;
  mergeLots(scope: Scope, input: z.output<typeof mergeLotsInput>): Promise<z.infer<typeof mergedLotSchema>>;
  lotContents(scope: Scope, lot: string): Promise<LotContents>;
  makeUnits(scope: Scope, input: z.output<typeof makeUnitsInput>): Promise<z.infer<typeof madeUnitsSchema>>;
  getUnit(scope: Scope, unit: string): Promise<UnitPageView>;
  listUnits(scope: Scope, input: z.output<typeof unitListInput>): Promise<z.infer<typeof unitPageSchema>>;
  identify(scope: Scope, input: z.output<typeof identifyInput>): Promise<Identified>;
  assignIdentifier(scope: Scope, input: z.output<typeof assignIdentifierInput>): Promise<z.infer<typeof identifiersSchema>>;
  withdrawIdentifier(scope: Scope, input: z.output<typeof withdrawIdentifierInput>): Promise<z.infer<typeof identifiersSchema>>;
  recordActivity(scope: Scope, input: NewActivity): Promise<ActivityView>;
  getActivity(scope: Scope, activity: string): Promise<ActivityView>;
  listActivities(scope: Scope, input: z.output<typeof activityListInput>): Promise<z.infer<typeof activityPageSchema>>;
  trace(scope: Scope, input: z.output<typeof traceInput>): Promise<TraceView>;
  reach(scope: Scope, input: z.output<typeof reachInput>): Promise<ReachView>;
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

export interface LifecyclePorts {
  readonly gates: ReleaseGates;
  readonly proofs: LotProofs;
}

export function createLifecycleService({ gates, proofs }: LifecyclePorts): LifecycleService {
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
      await moveUnitsOfLot(scope, row.id, 'release');
      const body = { code: row.code, release, findings: answers };
      await appendEvent(scope, { type: 'lifecycle.lot_released', record: row.id, private: true, body });
      return { lot: await viewLot(scope, released), findings: answers };
    },

    block: (scope, input) => hold(scope, input, 'block'),
    unblock: (scope, input) => hold(scope, input, 'unblock'),

    async registerLot(scope, { code, quantity: held, item, identifiers }) {
      const lot = await registerLot(scope, { code, unit: held.unit, quantity: held.value, item: item ?? null });
      await assignIdentifiers(
        scope,
        identifiers.map((identifier) => ({ ...identifier, thing: lot.id })),
      );
      return viewLot(scope, lot);
    },

    splitLot,
    mergeLots,
    lotContents: (scope, lot) => lotContents(scope, lot),

    async makeUnits(scope, input) {
      return { lot: input.lot, units: await makeUnits(scope, { ...input, item: input.item ?? null }) };
    },

    getUnit: (scope, unit) => unitPage(scope, unit, proofs),

    async listUnits(scope, { limit, cursor, lot, state }) {
      if (lot !== undefined) await visible(scope, lot);
      const rows = await pageOfUnits(scope, { lot, state, after: decodeCursor(cursor), limit });
      const views = new Map((await viewUnits(scope, rows.slice(0, limit))).map((view) => [view.id, view]));
      return page(
        rows,
        limit,
        (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
        (row) => views.get(row.id) as UnitView,
      );
    },

    identify,
    assignIdentifier: async (scope, { thing, ...given }) => ({ identifiers: await assignIdentifier(scope, thing, given) }),
    withdrawIdentifier: async (scope, { thing, identifier }) => ({ identifiers: await withdrawIdentifier(scope, thing, identifier) }),
    recordActivity: async (scope, input) => getActivity(scope, await recordActivity(scope, input)),
    getActivity,
    listActivities,
    trace,
    reach,
  };
}

async function hold(scope: Scope, input: z.output<typeof blockInput>, event: 'block' | 'unblock'): Promise<LotView> {
  const row = await owned(scope, input);
  const after = await updateLot(scope, row.id, { state: moved(row, event), released_at: null, version: row.version + 1 });
  await moveUnitsOfLot(scope, row.id, event);
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
