import { currentOrganization, type Migrations, roles, sees, sqlMigration, tenantTable } from '../database/index.js';
import { activityKinds } from './activities/kinds.js';
import { lotStates } from './states.js';
import { unitStates } from './units/states.js';

const oneOf = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
const own = `organization = ${currentOrganization}`;
/** The row's own copy of its record's `visible_to`: large tables ask it instead of the record. */
const inCopy = `${currentOrganization} = any (visible_to)`;
const author = (record: string) => `exists (select 1 from core.record r where r.id = ${record} and r.created_by = ${currentOrganization})`;

const lots = `
create table core.lot (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${lotStates.map((state) => `'${state}'`).join(', ')})),
  unit text not null,
  quantity numeric(30, 6) not null default 0 check (quantity >= 0),
  shipped numeric(30, 6) not null default 0 check (shipped >= 0 and shipped <= quantity),
  created_at timestamptz not null,
  closed_at timestamptz,
  released_at timestamptz,
  unique (organization, id),
  constraint lot_code unique (organization, code)
);
create index lot_recent on core.lot (organization, created_at desc, id desc);
create index lot_recent_by_state on core.lot (organization, state, created_at desc, id desc);
${tenantTable('core.lot', {
  select: sees('lot.id'),
  insert: `organization = ${currentOrganization} and ${sees('lot.id')}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['version', 'state', 'quantity', 'shipped', 'closed_at', 'released_at'],
})}

-- What the gate said when a lot was released; never changed.
create table core.lot_release (
  id uuid primary key,
  organization uuid not null,
  lot_id uuid not null,
  findings jsonb not null,
  released_by text not null,
  released_at timestamptz not null,
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index lot_release_lot on core.lot_release (lot_id);
${tenantTable('core.lot_release', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
})}
`;

/** `item` names what belongs to engineering, which may be absent: no foreign key. */
const units = `
alter table core.lot
  add column consumed numeric(30, 6) not null default 0 check (consumed >= 0),
  add column item uuid,
  add constraint lot_holds check (shipped + consumed <= quantity);
create index lot_by_code on core.lot (code);
grant update (consumed) on core.lot to ${roles.runtime};

-- What an organization that is not the maker has received of a lot and used up of it: its own business.
create table core.lot_holding (
  organization uuid not null references core.organization_registry (id),
  lot_id uuid not null references core.lot (id),
  received numeric(30, 6) not null check (received > 0),
  consumed numeric(30, 6) not null default 0 check (consumed between 0 and received),
  primary key (organization, lot_id)
);
${tenantTable('core.lot_holding', { select: own, update: own, updatable: ['consumed'] })}
insert into core.lot_holding (organization, lot_id, received)
  select o.buyer, l.lot_id, sum(l.quantity) from core.shipment_line l join core.shared_order o on o.id = l.order_id group by 1, 2;

create table core.unit (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  serial text not null check (length(serial) between 1 and 60),
  item uuid,
  item_code text not null default '' check (length(item_code) <= 60),
  lot_id uuid,
  holder uuid not null references core.organization_registry (id),
  version integer not null default 1,
  state text not null check (state in (${oneOf(unitStates)})),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  visible_to uuid[] not null default '{}',
  unique (organization, id),
  constraint unit_serial unique (organization, serial, item_code),
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index unit_of_lot on core.unit (lot_id, serial) where lot_id is not null;
create index unit_held on core.unit (holder, changed_at desc, id desc);
create index unit_by_serial on core.unit (serial);
${tenantTable('core.unit', {
  select: inCopy,
  insert: `${own} and holder = ${currentOrganization} and ${author('unit.id')}`,
  update: `holder = ${currentOrganization}`,
  columns: ['id', 'organization', 'serial', 'item', 'item_code', 'lot_id', 'holder', 'version', 'state', 'created_at', 'changed_at'],
  updatable: ['version', 'state', 'changed_at'],
})}

create table core.product_identifier (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  subject_id uuid not null references core.record (id),
  scheme text not null check (scheme ~ '^[a-z][a-z0-9-]{0,39}$'),
  value text not null check (length(value) between 1 and 200),
  class_level boolean not null,
  -- False: only the organization that gave it reads it; true: everyone who sees the thing.
  shared boolean not null,
  created_at timestamptz not null,
  constraint product_identifier_once unique (organization, subject_id, scheme, value)
);
create unique index product_identifier_value on core.product_identifier (organization, scheme, value) where not class_level;
create index product_identifier_find on core.product_identifier (value, organization);
create index product_identifier_subject on core.product_identifier (subject_id);
${tenantTable('core.product_identifier', {
  select: `${own} or (shared and ${sees('subject_id')})`,
  insert: `${own} and ${sees('subject_id')}`,
  delete: own,
})}
`;

const activities = `
create table core.activity (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  kind text not null check (kind in (${oneOf(activityKinds)})),
  at timestamptz not null,
  place text check (length(place) <= 200),
  receiver uuid references core.organization_registry (id),
  equipment_id uuid,
  run_id uuid,
  note text check (length(note) <= 2000),
  details jsonb not null default '{}' check (octet_length(details::text) <= 16384),
  recorded_by text not null,
  recorded_at timestamptz not null,
  visible_to uuid[] not null default '{}'
);
create index activity_recent on core.activity (organization, at desc, id desc);
${tenantTable('core.activity', {
  select: inCopy,
  insert: `${own} and ${author('activity.id')}`,
  columns: [
    'id',
    'organization',
    'kind',
    'at',
    'place',
    'receiver',
    'equipment_id',
    'run_id',
    'note',
    'details',
    'recorded_by',
    'recorded_at',
  ],
})}

create table core.activity_thing (
  activity_id uuid not null references core.activity (id),
  role text not null check (role in ('input', 'output')),
  ordinal integer not null,
  thing_id uuid not null references core.record (id),
  quantity numeric(18, 6) not null check (quantity >= 0),
  unit text not null,
  position text check (length(position) between 1 and 60),
  at timestamptz not null,
  visible_to uuid[] not null default '{}',
  primary key (activity_id, role, ordinal)
);
create index activity_thing_history on core.activity_thing (thing_id, at desc, activity_id desc);
${tenantTable('core.activity_thing', {
  select: inCopy,
  insert: `${author('activity_thing.activity_id')} and ${sees('thing_id')}`,
  columns: ['activity_id', 'role', 'ordinal', 'thing_id', 'quantity', 'unit', 'position', 'at'],
})}

-- What went into what: lots and units as the nodes of one graph. An edge is seen as its guard is: the activity that made it,
-- or, between a lot and a unit of it (no activity), the unit. It is ended, never removed, when the part is taken out again.
create table core.genealogy (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  guard_id uuid not null references core.record (id),
  input_id uuid not null references core.record (id),
  output_id uuid not null references core.record (id),
  activity_id uuid references core.activity (id),
  kind text not null check (kind in ('member', ${oneOf(activityKinds)})),
  position text,
  quantity numeric(18, 6) not null check (quantity >= 0),
  unit text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  ended_by uuid references core.activity (id),
  visible_to uuid[] not null default '{}',
  check (input_id <> output_id)
);
create index genealogy_forward on core.genealogy (input_id, output_id);
create index genealogy_backward on core.genealogy (output_id, input_id);
create index genealogy_guard on core.genealogy (guard_id);
${tenantTable('core.genealogy', {
  select: inCopy,
  insert: `${own} and ${author('guard_id')}`,
  columns: [
    ...['id', 'organization', 'guard_id', 'input_id', 'output_id', 'activity_id', 'kind', 'position', 'quantity', 'unit'],
    ...['valid_from', 'valid_to', 'ended_by'],
  ],
})}
`;

const lifecycleFunctions = `
-- The copy is there before the insert policy looks. A record that is absent is answered like one that is hidden.
create function core.preset_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.visible_to := coalesce((select r.visible_to from core.record r where r.id = (to_jsonb(new) ->> tg_argv[0])::uuid), '{}');
  return new;
end $$;
create trigger unit_visibility before insert on core.unit for each row execute function core.preset_visibility('id');
create trigger activity_visibility before insert on core.activity for each row execute function core.preset_visibility('id');
create trigger activity_thing_visibility before insert on core.activity_thing for each row execute function core.preset_visibility('activity_id');
create trigger genealogy_visibility before insert on core.genealogy for each row execute function core.preset_visibility('guard_id');

create function core.copy_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'unit' then
    update core.unit set visible_to = new.visible_to where id = new.id;
  else
    update core.activity set visible_to = new.visible_to where id = new.id;
    update core.activity_thing set visible_to = new.visible_to where activity_id = new.id;
  end if;
  update core.genealogy set visible_to = new.visible_to where guard_id = new.id;
  return null;
end $$;
create trigger record_visibility_copied after update of visible_to on core.record for each row
  when (new.kind in ('unit', 'activity') and old.visible_to is distinct from new.visible_to) execute function core.copy_visibility();
revoke all on function core.preset_visibility(), core.copy_visibility() from public;

-- Units change hands, with what is installed in them; the receiver sees the units from now on, what is in them only if it is told.
create function core.hand_over_units(given uuid[], receiver uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  giver uuid := core.organization();
  moved integer;
begin
  if giver is null then raise exception 'hand_over_units outside an organization' using errcode = '42501'; end if;
  perform from core.unit u where u.id = any (given) order by u.id for no key update;
  update core.unit u set holder = receiver, state = 'shipped', version = u.version + 1, changed_at = at
    where u.id = any (given) and u.holder = giver;
  get diagnostics moved = row_count;
  if moved <> cardinality(given) then raise exception 'hand_over_units of units that % does not hold', giver using errcode = '42501'; end if;
  with recursive parts (id) as (
    select unnest(given)
    union
    select g.input_id from parts p join core.genealogy g on g.output_id = p.id and g.valid_to is null
      join core.unit u on u.id = g.input_id and u.state = 'installed' and u.holder = giver
  )
  update core.unit u set holder = receiver, changed_at = at from parts p where u.id = p.id and u.state = 'installed' and u.holder = giver;
  insert into core.party (record_id, organization, role) select each, receiver, 'holder' from unnest(given) as each order by each
    on conflict do nothing;
end $$;
revoke all on function core.hand_over_units(uuid[], uuid, timestamptz) from public;
grant execute on function core.hand_over_units(uuid[], uuid, timestamptz) to ${roles.runtime};

-- Part of a lot changes hands: out of what the giver holds (the maker's part stands in the lot itself), into what the receiver holds.
create function core.give_from_lot(given uuid, receiver uuid, taken numeric) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  giver uuid := core.organization();
  maker uuid;
begin
  select l.organization into maker from core.lot l where l.id = given;
  if giver is null or maker is null then raise exception 'give_from_lot of a lot that % does not hold', giver using errcode = '42501'; end if;
  if maker <> giver then
    update core.lot_holding h set consumed = h.consumed + taken where h.lot_id = given and h.organization = giver;
    if not found then raise exception 'give_from_lot of a lot that % does not hold', giver using errcode = '42501'; end if;
  end if;
  if maker <> receiver then
    insert into core.lot_holding as h (organization, lot_id, received) values (receiver, given, taken)
      on conflict (organization, lot_id) do update set received = h.received + excluded.received;
  end if;
  insert into core.party (record_id, organization, role) values (given, receiver, 'buyer') on conflict do nothing;
end $$;
revoke all on function core.give_from_lot(uuid, uuid, numeric) from public;
grant execute on function core.give_from_lot(uuid, uuid, numeric) to ${roles.runtime};

-- Ends what is installed in a unit that the caller holds: one part, or whatever sits at a position. Edges that the caller may not
-- see are ended as well: the holder of the whole knows what it took out, not what its maker recorded.
create function core.end_installation(whole uuid, part uuid, place text, activity uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  taken_out uuid[];
begin
  if not exists (select from core.unit u where u.id = whole and u.holder = core.organization()) then
    raise exception 'end_installation in a unit that is not held' using errcode = '42501';
  end if;
  with ended as (
    update core.genealogy g set valid_to = greatest(at, g.valid_from), ended_by = activity
    where g.output_id = whole and g.valid_to is null and g.activity_id is distinct from activity and g.kind <> 'member'
      and (part is null or g.input_id = part) and (place is null or g.position = place)
    returning g.input_id
  )
  select array_agg(input_id) into taken_out from ended;
  update core.unit u set state = 'removed', version = u.version + 1, changed_at = at
    where u.id = any (taken_out) and u.state = 'installed';
  return coalesce(cardinality(taken_out), 0);
end $$;
revoke all on function core.end_installation(uuid, uuid, text, uuid, timestamptz) from public;
grant execute on function core.end_installation(uuid, uuid, text, uuid, timestamptz) to ${roles.runtime};

-- How a thing that the caller may not see is called to the caller: always the same to one organization, another to each other one.
create function core.opaque_tokens(things uuid[]) returns table (thing uuid, token text)
language sql stable security definer set search_path = pg_catalog as $$
  select t, left(encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to('opaque|' || core.organization() || '|' || t, 'UTF8'))), 'hex'), 32)
  from unnest(things) as t, core.seal_key k
$$;
revoke all on function core.opaque_tokens(uuid[]) from public;
grant execute on function core.opaque_tokens(uuid[]) to ${roles.runtime};
`;

export const lifecycleMigrations: Migrations = {
  '0006-lifecycle': sqlMigration(lots),
};

/** Later than production's and orders', whose shipments it reads once. */
const returnedInputs = `
-- Ends what one input of an own activity has been part of; nobody changes what was recorded.
create function core.end_activity_inputs(activity uuid, thing uuid, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update core.genealogy g set valid_to = greatest(at, g.valid_from)
  where g.activity_id = activity and g.input_id = thing and g.organization = core.organization() and g.valid_to is null
$$;
revoke all on function core.end_activity_inputs(uuid, uuid, timestamptz) from public;
grant execute on function core.end_activity_inputs(uuid, uuid, timestamptz) to ${roles.runtime};
`;

export const unitMigrations: Migrations = {
  '0011-units': sqlMigration(units + activities + lifecycleFunctions),
  '0032-returned-inputs': sqlMigration(returnedInputs),
};
