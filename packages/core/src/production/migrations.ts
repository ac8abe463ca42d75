import { currentOrganization, type Migrations, oneOf, roles, sees, sqlMigration, tenantTable } from '../database/index.js';
import { floorSql } from './floor/migration.js';
import { jobStates } from './jobs/states.js';
import { runStates, verdicts } from './runs/states.js';

const own = `organization = ${currentOrganization}`;

/** `order_id`, `order_line` and `allocation_id` name what belongs to the orders feature, which comes later: no foreign key. */
const jobs = `
create table core.job_order (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(jobStates)})),
  order_id uuid,
  order_line uuid,
  allocation_id uuid,
  description text not null,
  specification jsonb,
  unit text not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  created_at timestamptz not null,
  completed_at timestamptz,
  unique (organization, id),
  constraint job_order_code unique (organization, code)
);
create index job_order_recent on core.job_order (organization, created_at desc, id desc);
create index job_order_recent_by_state on core.job_order (organization, state, created_at desc, id desc);
create index job_order_of_order on core.job_order (organization, order_id, created_at desc, id desc);
${tenantTable('core.job_order', {
  select: own,
  insert: `${own} and ${sees('job_order.id')}`,
  update: own,
  updatable: ['version', 'state', 'completed_at'],
})}

create table core.operation (
  id uuid primary key,
  organization uuid not null,
  job_order_id uuid not null,
  position integer not null,
  words_en text not null,
  words_zh text not null,
  state text not null check (state in ('ready', 'in_progress', 'done', 'canceled')),
  equipment_id uuid,
  good numeric(30, 6) not null default 0 check (good >= 0),
  scrap numeric(30, 6) not null default 0 check (scrap >= 0),
  good_by_hand numeric(30, 6) not null default 0 check (good_by_hand between 0 and good),
  scrap_by_hand numeric(30, 6) not null default 0 check (scrap_by_hand between 0 and scrap),
  started_at timestamptz,
  ended_at timestamptz,
  unique (organization, id),
  unique (job_order_id, position),
  foreign key (organization, job_order_id) references core.job_order (organization, id),
  foreign key (organization, equipment_id) references core.equipment (organization, id)
);
create unique index operation_busy on core.operation (equipment_id) where state = 'in_progress';
create index operation_on_equipment on core.operation (equipment_id, started_at);
${tenantTable('core.operation', {
  select: own,
  insert: own,
  update: own,
  updatable: ['state', 'good', 'scrap', 'good_by_hand', 'scrap_by_hand', 'started_at', 'ended_at'],
})}

create table core.operation_lot (
  organization uuid not null,
  operation_id uuid not null,
  lot_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  good numeric(30, 6) not null default 0 check (good >= 0),
  scrap numeric(30, 6) not null default 0 check (scrap >= 0),
  primary key (operation_id, lot_id),
  foreign key (organization, operation_id) references core.operation (organization, id),
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create unique index operation_lot_open on core.operation_lot (operation_id) where closed_at is null;
create index operation_lot_lot on core.operation_lot (lot_id);
${tenantTable('core.operation_lot', { select: own, insert: own, update: own, updatable: ['closed_at', 'good', 'scrap'] })}

create table core.operation_count (
  id uuid primary key,
  organization uuid not null,
  operation_id uuid not null,
  lot_id uuid not null,
  good numeric(18, 6) not null check (good >= 0),
  scrap numeric(18, 6) not null check (scrap >= 0),
  evidence text not null check (evidence in ('device', 'person')),
  messages integer,
  reason text,
  counted_by text not null,
  counted_at timestamptz not null,
  check ((evidence = 'person') = (reason is not null)),
  foreign key (operation_id, lot_id) references core.operation_lot (operation_id, lot_id)
);
create index operation_count_operation on core.operation_count (operation_id, lot_id);
${tenantTable('core.operation_count', { select: own, insert: own })}
`;

const runs = `
create table core.process_run (
  id uuid primary key,
  organization uuid not null,
  equipment_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  program text,
  state text not null check (state in (${oneOf(runStates)})),
  started_at timestamptz,
  ended_at timestamptz,
  seen_at timestamptz not null,
  operation_id uuid,
  lot_id uuid,
  verdict text check (verdict in (${oneOf(verdicts)})),
  evaluate_at timestamptz,
  checks integer not null default 0,
  unique (organization, id),
  unique (organization, equipment_id, key),
  foreign key (organization, equipment_id) references core.equipment (organization, id),
  foreign key (organization, operation_id) references core.operation (organization, id),
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index process_run_recent on core.process_run (organization, seen_at desc, id desc);
create index process_run_equipment on core.process_run (equipment_id, seen_at desc, id desc);
create index process_run_lot on core.process_run (lot_id, seen_at desc, id desc);
create index process_run_operation on core.process_run (operation_id, seen_at desc, id desc);
create index process_run_due on core.process_run (organization, evaluate_at) where evaluate_at is not null;
${tenantTable('core.process_run', {
  select: own,
  insert: own,
  update: own,
  updatable: ['program', 'state', 'started_at', 'ended_at', 'seen_at', 'operation_id', 'lot_id', 'verdict', 'evaluate_at', 'checks'],
})}

-- Append-only: the newest ordinal is current, the earlier ones stay as they were.
create table core.run_evaluation (
  id uuid primary key,
  organization uuid not null,
  run_id uuid not null,
  ordinal integer not null,
  verdict text not null check (verdict in (${oneOf(verdicts)})),
  result jsonb not null,
  evaluator_id text not null,
  evaluator_version text not null,
  window_from timestamptz not null,
  window_to timestamptz not null,
  sample_count integer not null,
  cause text not null check (cause in ('ended', 'late_data', 'requested')),
  evaluated_at timestamptz not null,
  unique (run_id, ordinal),
  foreign key (organization, run_id) references core.process_run (organization, id)
);
${tenantTable('core.run_evaluation', { select: own, insert: own })}

-- Device events that changed nothing, with the reason: nothing that a device said is dropped in silence.
create table core.device_event_unused (
  event_id uuid primary key,
  organization uuid not null,
  equipment_id uuid not null,
  type text not null,
  reason text not null,
  at timestamptz not null
);
${tenantTable('core.device_event_unused', { select: own, insert: own })}

create function core.organizations_with_due_runs(at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct organization from core.process_run where evaluate_at <= at
$$;
revoke all on function core.organizations_with_due_runs(timestamptz) from public;
grant execute on function core.organizations_with_due_runs(timestamptz) to ${roles.system};
`;

const routedJobs = `
alter table core.job_order add column revision_id uuid references core.item_revision (id);
alter table core.operation
  add column final boolean not null default true,
  add column parallel boolean not null default false,
  add column work_center text,
  add column setup_seconds numeric(18, 6),
  add column run_seconds numeric(18, 6);
create unique index operation_final on core.operation (job_order_id) where final;
grant update (equipment_id) on core.operation to ${roles.runtime};

create table core.material_issue (
  id uuid primary key,
  organization uuid not null,
  job_order_id uuid not null,
  operation_id uuid not null,
  lot_id uuid not null,
  thing_id uuid not null references core.record (id),
  quantity numeric(18, 6) not null,
  unit text not null,
  position text,
  reverses uuid unique,
  reason text,
  activity_id uuid not null references core.activity (id),
  issued_by text not null,
  issued_at timestamptz not null,
  check (case when reverses is null then quantity > 0 else quantity < 0 end),
  check ((reverses is null) = (reason is null)),
  unique (organization, job_order_id, id),
  foreign key (organization, job_order_id) references core.job_order (organization, id),
  foreign key (organization, operation_id) references core.operation (organization, id),
  foreign key (organization, lot_id) references core.lot (organization, id),
  foreign key (organization, job_order_id, reverses) references core.material_issue (organization, job_order_id, id)
);
create index material_issue_job on core.material_issue (job_order_id, issued_at, id);
${tenantTable('core.material_issue', { select: own, insert: own })}
`;

/** After everything: operations wait, pause and come back; people are known by badge. */
export const floorMigrations: Migrations = {
  '0056-floor': sqlMigration(floorSql),
};

export const routedJobMigrations: Migrations = {
  '0033-routed-jobs': sqlMigration(routedJobs),
};

export const productionMigrations: Migrations = {
  '0007-production': sqlMigration(jobs + runs),
};
