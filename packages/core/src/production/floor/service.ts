import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { compare } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { updateJob } from '../jobs/job-repository.js';
import { moveOperation, operationsOf } from '../jobs/operation-repository.js';
import { type MoveDetails, makeMove } from '../jobs/operations.js';
import type { ProgressSink } from '../jobs/progress.js';
import { reportCount } from '../jobs/reported-counts.js';
import { type OperationMove, operationStateWords } from '../jobs/states.js';
import { confidenceWords } from '../outlook/line.js';
import { productionOutlook, tellOutlook } from '../outlook/outlook.js';
import { createBadge, listBadges, revokeBadge, setPin } from './badges.js';
import { dispatchItem, dispatchList } from './dispatch.js';
import { centersOf, findJobOfOperation } from './dispatch-repository.js';
import { listLosses } from './losses.js';
import { asOperator, endToken, type Identity, identifyOperator } from './operator.js';
import { lockedOperation } from './outside.js';
import { addReason, listReasons, retireReason } from './reasons.js';
import { scanCode } from './scan.js';
import type * as schema from './schema.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Out<Schema extends z.ZodType> = Promise<z.infer<Schema>>;

/** What people do at the floor: everything names who does it. */
export interface FloorService {
  identify(scope: Scope, input: In<typeof schema.identifyInput>): Out<typeof schema.identifiedSchema>;
  leave(scope: Scope, token: string): Promise<void>;
  dispatch(scope: Scope, input: In<typeof schema.dispatchInput>): Out<typeof schema.dispatchPageSchema>;
  centers(scope: Scope): Out<typeof schema.centerListSchema>;
  scan(scope: Scope, code: string): Promise<schema.ScanView>;
  prioritise(scope: Scope, input: In<typeof schema.prioritiseInput>): Promise<schema.DispatchItem>;
  /** A move names the operation and is judged by its state; no version, for two people may work on one job order at once. */
  move(scope: Scope, move: OperationMove, input: { readonly operation: string } & Identity & MoveDetails): Promise<schema.DispatchItem>;
  count(scope: Scope, input: In<typeof schema.floorCountInput>): Promise<schema.DispatchItem>;
  outlook(scope: Scope, orderLine: string): Out<typeof schema.productionOutlookSchema>;
  losses(scope: Scope, input: In<typeof schema.lossInput>): Out<typeof schema.lossListSchema>;
  readonly reasons: {
    list(scope: Scope): Promise<schema.ReasonView[]>;
    add(scope: Scope, input: In<typeof schema.addReasonInput>): Promise<schema.ReasonView[]>;
    retire(scope: Scope, code: string): Promise<schema.ReasonView[]>;
  };
  readonly badges: {
    create(scope: Scope, input: In<typeof schema.createBadgeInput>): Promise<schema.BadgeView>;
    list(scope: Scope, input: In<typeof schema.badgeListInput>): Out<typeof schema.badgePageSchema>;
    revoke(scope: Scope, badge: string): Promise<schema.BadgeView>;
    setPin(scope: Scope, badge: string, pin: string): Promise<schema.BadgeView>;
  };
}

export function createFloorService(progress: ProgressSink): FloorService {
  return {
    identify: identifyOperator,
    leave: endToken,
    dispatch: (scope, input) => dispatchList(scope, progress, input),

    async centers(scope) {
      const rows = await centersOf(scope);
      return {
        items: rows.map(({ center, open, under_way }) => ({ workCenter: center ?? '', open: Number(open), underWay: Number(under_way) })),
      };
    },

    scan: (scope, code) => scanCode(scope, progress, code),

    async prioritise(scope, { operation: id, priority, dueOn, wholeJob }) {
      const { job, operation } = await lockedOperation(scope, id);
      const open = (await operationsOf(scope, [job.id])).filter(({ state }) => state !== 'done' && state !== 'canceled');
      const change = { ...(priority === undefined ? {} : { priority }), ...(dueOn === undefined ? {} : { due_on: dueOn }) };
      if (Object.keys(change).length > 0) {
        for (const each of wholeJob ? open : [operation]) await moveOperation(scope, each.id, change);
        await updateJob(scope, job.id, { version: job.version + 1 });
      }
      return dispatchItem(scope, progress, job, id);
    },

    async move(scope, move, { operation: id, token, badge, pin, ...details }) {
      const own = await asOperator(scope, { token, badge, pin });
      const { job } = await lockedOperation(own, id);
      await makeMove(own, job, id, move, details);
      await tellOutlook(own, progress, [job.order_line]);
      return dispatchItem(own, progress, job, id);
    },

    async count(scope, { operation: id, token, badge, pin, why, note, ...count }) {
      const own = await asOperator(scope, { token, badge, pin });
      const seen = await findJobOfOperation(own, id);
      if (!seen) throw requestErrors.not_found({ kind: 'operation' });
      if (seen.order_line !== null) await progress.lock(own, [seen.order_line]);
      const { job, operation } = await lockedOperation(own, id);
      if (operation.outside && operation.sub_order_id !== null) throw productionErrors.operation_outside({ position: operation.position });
      const resolves = count.fromRework || compare(count.alreadyCounted, '0') > 0;
      if (operation.state !== 'in_progress' && operation.state !== 'paused' && !(resolves && operation.state === 'done')) {
        const { en, zh: stateZh } = operationStateWords[operation.state];
        const { position } = operation;
        throw productionErrors.operation_wrong_state({ moveEn: 'Count', moveZh: '报工', position, stateEn: en.toLowerCase(), stateZh });
      }
      const produced = await reportCount(own, job, operation, { ...count, evidence: 'person', reason: note ?? why, by: own.actor.label });
      if (produced) await progress.produced(own, [produced]);
      await updateJob(own, job.id, { version: job.version + 1 });
      await tellOutlook(own, progress, [job.order_line]);
      return dispatchItem(own, progress, job, id);
    },

    async outlook(scope, orderLine) {
      const outlook = await productionOutlook(scope, orderLine);
      if (!outlook) throw requestErrors.not_found({ kind: 'outlook' });
      const { eta, earliest, latest, jobs, confidence, planned, progress: part, byHand } = outlook;
      return {
        orderLine,
        planned,
        progress: part,
        byHand,
        confidence,
        confidenceWords: confidenceWords[confidence],
        eta: eta?.toISOString() ?? null,
        earliest: earliest?.toISOString() ?? null,
        latest: latest?.toISOString() ?? null,
        jobs: jobs.map(({ id, code, outlook: own }) => ({
          id,
          code,
          progress: own.progress,
          toGo: own.toGo,
          operations: [...own.operations],
        })),
      };
    },

    losses: listLosses,
    reasons: { list: listReasons, add: addReason, retire: retireReason },
    badges: { create: createBadge, list: listBadges, revoke: revokeBadge, setPin },
  };
}
