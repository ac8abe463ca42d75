import { currentOrganization, roles, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

const operations = `
alter table core.job_order add column due_on date;
grant update (due_on) on core.job_order to ${roles.runtime};

alter table core.operation
  drop constraint operation_state_check,
  add constraint operation_state_check check (state in ('todo', 'ready', 'in_progress', 'paused', 'done', 'canceled')),
  add column rework numeric(30, 6) not null default 0 check (rework >= 0),
  add column rework_open numeric(30, 6) not null default 0,
  add column rework_returned numeric(30, 6) not null default 0 check (rework_returned >= 0),
  add column counted_while_paused numeric(30, 6) not null default 0 check (counted_while_paused >= 0),
  add column reports bigint not null default 0 check (reports >= 0),
  add column center text,
  add column priority smallint not null default 50 check (priority between 1 and 99),
  add column due_on date,
  add column outside boolean not null default false,
  add column supplier text check (length(supplier) between 1 and 200),
  add column sub_order_id uuid,
  add constraint operation_rework_open check (rework_open between 0 and rework),
  add constraint operation_outside check (case when outside then equipment_id is null else supplier is null and sub_order_id is null end);
alter table core.operation
  add column dispatch_rank smallint generated always as
    (case state when 'in_progress' then 1 when 'paused' then 2 when 'ready' then 3 when 'todo' then 4 end) stored,
  add column dispatch_due date generated always as (coalesce(due_on, date '9999-12-31')) stored;
grant update (rework, rework_open, rework_returned, counted_while_paused, reports, center, priority, due_on, outside, supplier, sub_order_id)
  on core.operation to ${roles.runtime};
update core.operation o set center = coalesce(o.work_center, (select e.model from core.equipment e where e.id = o.equipment_id));
update core.operation o set reports = coalesce((select sum(coalesce(c.messages, 1)) from core.operation_count c where c.operation_id = o.id and c.good > 0), 0);
update core.operation o set state = 'todo' where state = 'ready' and exists (
  select from core.operation b where b.job_order_id = o.job_order_id and b.position < o.position and b.state in ('ready', 'in_progress'));
create index operation_dispatch on core.operation (organization, dispatch_rank, dispatch_due, priority, id) where dispatch_rank is not null;
create index operation_dispatch_center on core.operation (organization, center, dispatch_rank, dispatch_due, priority, id) where dispatch_rank is not null;
create index operation_dispatch_equipment on core.operation (organization, equipment_id, dispatch_rank, dispatch_due, priority, id)
  where dispatch_rank is not null;
create index job_order_of_line on core.job_order (organization, order_line);

-- When an operation was worked on, and when it stood still; what a device counts belongs to the stretch of its time.
create table core.operation_stretch (
  id uuid primary key,
  organization uuid not null,
  operation_id uuid not null,
  equipment_id uuid,
  kind text not null check (kind in ('active', 'paused')),
  begun_at timestamptz not null,
  ended_at timestamptz,
  reason text,
  note text,
  begun_by text not null,
  ended_by text,
  check (ended_at >= begun_at),
  check ((kind = 'paused') = (reason is not null)),
  foreign key (organization, operation_id) references core.operation (organization, id),
  foreign key (organization, equipment_id) references core.equipment (organization, id)
);
create unique index operation_stretch_open on core.operation_stretch (operation_id) where ended_at is null;
create unique index operation_stretch_busy on core.operation_stretch (equipment_id) where ended_at is null and kind = 'active';
create index operation_stretch_equipment on core.operation_stretch (equipment_id, begun_at);
create index operation_stretch_operation on core.operation_stretch (operation_id, begun_at);
${tenantTable('core.operation_stretch', { select: own, insert: own, update: own, updatable: ['ended_at', 'ended_by'] })}
insert into core.operation_stretch (id, organization, operation_id, equipment_id, kind, begun_at, ended_at, begun_by)
  select gen_random_uuid(), organization, id, equipment_id, 'active', started_at, ended_at, '' from core.operation where started_at is not null;
drop index core.operation_on_equipment;
`;

const counts = `
create table core.scrap_reason (
  organization uuid not null references core.organization_registry (id),
  code text not null check (code ~ '^[A-Z0-9][A-Z0-9_-]{0,29}$'),
  words_en text not null,
  words_zh text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization, code)
);
${tenantTable('core.scrap_reason', { select: own, insert: own, update: own, updatable: ['words_en', 'words_zh', 'retired_at'] })}

alter table core.operation_count
  drop constraint operation_count_evidence_check,
  drop constraint operation_count_check,
  add constraint operation_count_evidence_check check (evidence in ('device', 'person', 'subcontractor')),
  add constraint operation_count_check check ((evidence = 'device') = (reason is null)),
  add column rework numeric(18, 6) not null default 0 check (rework >= 0),
  add column resolved numeric(18, 6) not null default 0 check (resolved >= 0),
  add column while_paused boolean not null default false,
  add column reason_code text,
  add column returned_to uuid,
  add constraint operation_count_returned check (returned_to is null or rework > 0),
  add constraint operation_count_reason foreign key (organization, reason_code) references core.scrap_reason (organization, code),
  add constraint operation_count_returned_to foreign key (organization, returned_to) references core.operation (organization, id);
create index operation_count_losses on core.operation_count (organization, counted_at) where scrap > 0 or rework > 0;
create index operation_count_returns on core.operation_count (returned_to) where returned_to is not null;
`;

const badges = `
create table core.badge (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (code ~ '^B[0-9A-Z]{6,30}$'),
  name text not null check (length(name) between 1 and 100),
  pin_salt bytea not null,
  pin_hash bytea not null,
  failures smallint not null default 0,
  locked_until timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  unique (organization, id),
  constraint badge_code unique (organization, code)
);
create index badge_recent on core.badge (organization, created_at desc, id desc);
${tenantTable('core.badge', {
  select: own,
  insert: own,
  update: own,
  updatable: ['name', 'pin_salt', 'pin_hash', 'failures', 'locked_until', 'revoked_at'],
})}

-- What stands for badge and PIN for a while; only its hash is kept.
create table core.floor_token (
  hash bytea primary key,
  organization uuid not null,
  badge_id uuid not null,
  used_at timestamptz not null,
  foreign key (organization, badge_id) references core.badge (organization, id)
);
create index floor_token_used on core.floor_token (organization, used_at);
create index floor_token_badge on core.floor_token (badge_id);
${tenantTable('core.floor_token', { select: own, insert: own, update: own, updatable: ['used_at'], delete: own })}
`;

export const floorSql = operations + counts + badges;
