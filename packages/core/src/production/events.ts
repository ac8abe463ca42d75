import { z } from 'zod';
import type { Words } from '../access/index.js';
import { sumSchema } from '../measure/index.js';
import { evidenceKinds } from './jobs/evidence.js';
import { pauseReasons } from './jobs/states.js';
import { verdicts } from './runs/states.js';

const run = { run: z.uuid(), key: z.string(), equipment: z.uuid() };

const golden = { golden: z.uuid(), run: z.uuid(), key: z.string(), model: z.string(), program: z.string().nullable() };

const operation = { code: z.string(), operation: z.uuid(), position: z.number().int() };
const badge = { badge: z.uuid(), code: z.string(), name: z.string() };
const issued = {
  code: z.string(),
  issue: z.uuid(),
  operation: z.uuid(),
  lot: z.uuid(),
  thing: z.uuid(),
  quantity: z.string(),
  unit: z.string(),
};

/**
 * Every event type of production with its body; only the producer reads them. They are on the job order's record, or on
 * the equipment's for a run that works for no job order.
 */
export const productionEvents = {
  'production.job_started': z.object({ code: z.string(), equipment: z.uuid().nullable(), lot: z.uuid() }),
  'production.job_completed': z.object({ code: z.string(), good: sumSchema, scrap: sumSchema }),
  'production.operation_started': z.object({ ...operation, equipment: z.uuid().nullable() }),
  'production.operation_finished': z.object({ ...operation, good: sumSchema, scrap: sumSchema }),
  'production.operation_paused': z.object({ ...operation, reason: z.enum(pauseReasons), note: z.string().nullable() }),
  'production.operation_resumed': z.object({ ...operation, equipment: z.uuid().nullable() }),
  'production.operation_canceled': z.object({ ...operation, note: z.string().nullable() }),
  'production.operation_reopened': z.object(operation),
  'production.badge_created': z.object(badge),
  'production.badge_pin_set': z.object(badge),
  'production.badge_locked': z.object(badge),
  'production.badge_revoked': z.object(badge),
  'production.material_issued': z.object(issued),
  'production.material_returned': z.object({ ...issued, reverses: z.uuid(), reason: z.string() }),
  /** Coalesced: one for everything counted since the last. */
  'production.counted': z.object({
    operation: z.uuid(),
    lot: z.uuid(),
    good: sumSchema,
    scrap: sumSchema,
    rework: sumSchema,
    resolved: sumSchema,
    evidence: z.enum(evidenceKinds),
    reason: z.string().nullable(),
  }),
  'production.run_started': z.object({ ...run, program: z.string().nullable() }),
  'production.run_ended': z.object({
    ...run,
    /** A run by rule: nothing more was measured, and it was taken to have ended with its last sample. */
    endedBySilence: z.boolean(),
  }),
  /** Later samples of a run by rule say that it began or ended at another time, or with another program. */
  'production.run_moved': z.object({
    ...run,
    before: z.object({ key: z.string(), startedAt: z.string(), endedAt: z.string().nullable() }),
  }),
  'production.run_withdrawn': z.object(run),
  'production.run_rule_set': z.object({ rule: z.uuid(), code: z.string(), since: z.string() }),
  'production.run_rule_ended': z.object({ rule: z.uuid(), code: z.string(), until: z.string() }),
  'production.golden_declared': z.object(golden),
  'production.golden_retired': z.object(golden),
  'production.run_evaluated': z.object({
    ...run,
    verdict: z.enum(verdicts),
    /** The verdict that this one replaces. */
    before: z.enum(verdicts).nullable(),
    cause: z.enum(['ended', 'late_data', 'requested']),
    samples: z.number().int(),
  }),
} as const;

export const productionEventWords: Readonly<Record<keyof typeof productionEvents, Words>> = {
  'production.job_started': { en: 'Job order started', zh: '工单开工' },
  'production.job_completed': { en: 'Job order completed', zh: '工单完工' },
  'production.operation_started': { en: 'Operation started', zh: '工序开工' },
  'production.operation_finished': { en: 'Operation finished', zh: '工序完工' },
  'production.operation_paused': { en: 'Operation paused', zh: '工序暂停' },
  'production.operation_resumed': { en: 'Operation resumed', zh: '工序恢复' },
  'production.operation_canceled': { en: 'Operation left out', zh: '工序取消' },
  'production.operation_reopened': { en: 'Operation reopened for rework', zh: '工序因返工重新打开' },
  'production.badge_created': { en: 'Badge created', zh: '新建工牌' },
  'production.badge_pin_set': { en: 'PIN of a badge set', zh: '重设工牌 PIN 码' },
  'production.badge_locked': { en: 'Badge locked after wrong PINs', zh: '工牌因 PIN 码错误被锁定' },
  'production.badge_revoked': { en: 'Badge revoked', zh: '作废工牌' },
  'production.material_issued': { en: 'Material issued', zh: '领料' },
  'production.material_returned': { en: 'Material taken back', zh: '退料' },
  'production.counted': { en: 'Units counted', zh: '计数' },
  'production.run_started': { en: 'Process run started', zh: '生产过程开始' },
  'production.run_ended': { en: 'Process run ended', zh: '生产过程结束' },
  'production.run_moved': { en: 'Process run moved by later samples', zh: '生产过程因补传数据调整' },
  'production.run_withdrawn': { en: 'Process run withdrawn by later samples', zh: '生产过程因补传数据撤销' },
  'production.run_rule_set': { en: 'Rule for process runs set', zh: '设定过程规则' },
  'production.run_rule_ended': { en: 'Rule for process runs ended', zh: '过程规则失效' },
  'production.golden_declared': { en: 'Golden run declared', zh: '指定标杆过程' },
  'production.golden_retired': { en: 'Golden run retired', zh: '标杆过程失效' },
  'production.run_evaluated': { en: 'Process run evaluated', zh: '生产过程已评价' },
};
