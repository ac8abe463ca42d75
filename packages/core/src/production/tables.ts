import type { Generated, GeneratedAlways } from 'kysely';
import type { OrganizationId, RecordId } from '../database/index.js';
import type { EvidenceKind } from './jobs/evidence.js';
import type { JobState, OperationState, PauseReason } from './jobs/states.js';
import type { RuleDefinition, WalkState } from './rules/walk.js';
import type { RunResult } from './runs/evaluators.js';
import type { RunState, Verdict } from './runs/states.js';
import type { Specification } from './schema.js';

export type EvaluationCause = 'ended' | 'late_data' | 'requested';

export type ProductionTables = {
  job_order: {
    id: RecordId;
    organization: OrganizationId;
    code: string;
    version: Generated<number>;
    state: JobState;
    order_id: string | null;
    order_line: string | null;
    allocation_id: string | null;
    /** The released revision whose routing it follows. */
    revision_id: RecordId | null;
    description: string;
    /** Inserted as JSON text. */
    specification: Specification | string | null;
    unit: string;
    quantity: string;
    due_on: string | null;
    created_at: Date;
    completed_at: Date | null;
  };
  operation: {
    id: string;
    organization: OrganizationId;
    job_order_id: RecordId;
    position: number;
    /** Whether what leaves it is what the job order made. */
    final: Generated<boolean>;
    /** Runs beside the operation before it. */
    parallel: Generated<boolean>;
    work_center: string | null;
    setup_seconds: string | null;
    run_seconds: string | null;
    words_en: string;
    words_zh: string;
    state: OperationState;
    equipment_id: RecordId | null;
    good: Generated<string>;
    scrap: Generated<string>;
    good_by_hand: Generated<string>;
    scrap_by_hand: Generated<string>;
    /** All that ever came into rework here. */
    rework: Generated<string>;
    /** What is in rework here and neither good nor scrap yet. */
    rework_open: Generated<string>;
    /** What later operations sent back to this one. */
    rework_returned: Generated<string>;
    /** Good, scrap and rework that a device counted while the operation was paused. */
    counted_while_paused: Generated<string>;
    /** How many messages and reports of good units its counts sum up. */
    reports: Generated<string>;
    /** Where it is dispatched: the named work center, else the model of the planned equipment. */
    center: string | null;
    /** 1 comes first, 99 last. */
    priority: Generated<number>;
    due_on: string | null;
    /** Performed by a subcontractor. */
    outside: Generated<boolean>;
    supplier: string | null;
    /** The order to the subcontractor, where there is one. */
    sub_order_id: string | null;
    /** Null: over. Kept by the database. */
    dispatch_rank: GeneratedAlways<number | null>;
    dispatch_due: GeneratedAlways<string>;
    started_at: Date | null;
    ended_at: Date | null;
  };
  operation_stretch: {
    id: string;
    organization: OrganizationId;
    operation_id: string;
    equipment_id: RecordId | null;
    kind: 'active' | 'paused';
    begun_at: Date;
    ended_at: Date | null;
    reason: PauseReason | null;
    note: string | null;
    begun_by: string;
    ended_by: string | null;
  };
  scrap_reason: {
    organization: OrganizationId;
    code: string;
    words_en: string;
    words_zh: string;
    created_at: Date;
    retired_at: Date | null;
  };
  badge: {
    id: string;
    organization: OrganizationId;
    code: string;
    name: string;
    pin_salt: Buffer;
    pin_hash: Buffer;
    failures: Generated<number>;
    locked_until: Date | null;
    created_by: string;
    created_at: Date;
    revoked_at: Date | null;
  };
  floor_token: {
    hash: Buffer;
    organization: OrganizationId;
    badge_id: string;
    used_at: Date;
  };
  /** A ledger: what was issued by mistake is taken back by a negative entry. */
  material_issue: {
    id: string;
    organization: OrganizationId;
    job_order_id: RecordId;
    operation_id: string;
    lot_id: RecordId;
    thing_id: RecordId;
    quantity: string;
    unit: string;
    position: string | null;
    reverses: string | null;
    reason: string | null;
    activity_id: RecordId;
    issued_by: string;
    issued_at: Date;
  };
  operation_lot: {
    organization: OrganizationId;
    operation_id: string;
    lot_id: RecordId;
    opened_at: Date;
    closed_at: Date | null;
    good: Generated<string>;
    scrap: Generated<string>;
  };
  operation_count: {
    id: string;
    organization: OrganizationId;
    operation_id: string;
    lot_id: RecordId;
    good: string;
    scrap: string;
    evidence: EvidenceKind;
    /** How many messages of a device it sums up. */
    messages: number | null;
    /** Into rework. */
    rework: Generated<string>;
    /** Out of rework: as the good and scrap of this count, or because they had been counted already. */
    resolved: Generated<string>;
    while_paused: Generated<boolean>;
    reason: string | null;
    /** Of the organization's list: why there was scrap or rework. */
    reason_code: string | null;
    /** The earlier operation that the rework went back to. */
    returned_to: string | null;
    counted_by: string;
    counted_at: Date;
  };
  process_run: {
    id: string;
    organization: OrganizationId;
    equipment_id: RecordId;
    key: string;
    program: string | null;
    state: RunState;
    started_at: Date | null;
    ended_at: Date | null;
    /** Start, or end while the start is unknown: what lists are sorted by. */
    seen_at: Date;
    operation_id: string | null;
    lot_id: RecordId | null;
    verdict: Verdict | null;
    /** When the projector looks at it next; null: never again. */
    evaluate_at: Date | null;
    checks: Generated<number>;
    /** The rule on signals that it came of; null: a device reported it. */
    rule_id: string | null;
    /** Set while the samples no longer say that there was such a run. */
    withdrawn_at: Date | null;
    /** A run by rule that ended because nothing more was measured. */
    ended_by_silence: Generated<boolean>;
  };
  run_rule: {
    id: string;
    organization: OrganizationId;
    equipment_id: RecordId;
    code: string;
    words_en: string;
    words_zh: string;
    /** Inserted as JSON text. */
    definition: RuleDefinition | string;
    since: Date;
    until: Date | null;
    set_by: string;
    set_at: Date;
    /** When its signals have been silent for too long unless something comes; null while no run is under way. */
    silence_due_at: Generated<Date | null>;
    /** The last sample, once its signals were found silent after it. */
    silent_since: Generated<Date | null>;
  };
  run_rule_checkpoint: {
    rule_id: string;
    organization: OrganizationId;
    at: Date;
    /** Inserted as JSON text. */
    state: WalkState | string;
  };
  golden_run: {
    id: string;
    organization: OrganizationId;
    run_id: string;
    model: string;
    /** Empty: of runs without a program. */
    program: string;
    /** Inserted as JSON text. */
    bands: Readonly<Record<string, number>> | string;
    note: string | null;
    declared_by: string;
    declared_at: Date;
    retired_by: string | null;
    retired_at: Date | null;
  };
  run_bounds: {
    run_id: string;
    organization: OrganizationId;
    ordinal: number;
    key: string;
    program: string | null;
    started_at: Date;
    ended_at: Date | null;
    ended_by_silence: boolean;
    withdrawn: boolean;
    replaced_at: Date;
  };
  run_evaluation: {
    id: string;
    organization: OrganizationId;
    run_id: string;
    ordinal: number;
    verdict: Verdict;
    /** Inserted as JSON text. */
    result: RunResult | string;
    evaluator_id: string;
    evaluator_version: string;
    window_from: Date;
    window_to: Date;
    sample_count: number;
    cause: EvaluationCause;
    evaluated_at: Date;
  };
  device_event_unused: {
    event_id: string;
    organization: OrganizationId;
    equipment_id: RecordId;
    type: string;
    reason: string;
    at: Date;
  };
};
