import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { differenceKinds, differenceStates, shortageReasons } from './differences/states.js';
import { rejectionCodes } from './inspection/reasons.js';
import { packageTypes } from './packaging/types.js';

const own = `organization = ${currentOrganization}`;

/** Counters of package numbers, private to the organization. They only grow: no SSCC is ever given twice. */
const numbers = `
create table core.gs1_prefix (
  organization uuid not null references core.organization_registry (id),
  prefix text not null check (prefix ~ '^[0-9]{4,12}$'),
  active boolean not null,
  next_serial bigint not null default 0 check (next_serial between 0 and power(10::numeric, 17 - length(prefix))),
  registered_by text not null,
  registered_at timestamptz not null,
  primary key (organization, prefix)
);
create unique index gs1_prefix_active on core.gs1_prefix (organization) where active;
${tenantTable('core.gs1_prefix', { select: own, insert: own, update: own, updatable: ['active', 'next_serial'] })}

create table core.package_counter (
  organization uuid primary key references core.organization_registry (id),
  next bigint not null check (next > 0)
);
${tenantTable('core.package_counter', { select: own, insert: own, update: own, updatable: ['next'] })}

create function core.keep_counter() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) ->> tg_argv[0])::bigint < (to_jsonb(old) ->> tg_argv[0])::bigint then
    raise exception 'a counter of package numbers does not go back' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger gs1_prefix_kept before update on core.gs1_prefix for each row execute function core.keep_counter('next_serial');
create trigger package_counter_kept before update on core.package_counter for each row execute function core.keep_counter('next');
revoke all on function core.keep_counter() from public;
`;

const bySupplier = `supplier = ${currentOrganization} and ${isParty('order_id', "'supplier'")}`;
const byBuyer = `${own} and ${isParty('order_id', "'buyer'")}`;

const packages = `
create table core.package (
  id uuid primary key,
  order_id uuid not null,
  shipment_id uuid not null,
  supplier uuid not null references core.organization_registry (id),
  parent_id uuid,
  position integer not null check (position > 0),
  number text not null check (length(number) between 1 and 60),
  sscc boolean not null check (not sscc or number ~ '^[0-9]{18}$'),
  type text not null check (type in (${oneOf(packageTypes)})),
  gross_kg numeric(18, 6) check (gross_kg >= 0),
  net_kg numeric(18, 6) check (net_kg >= 0 and net_kg <= gross_kg),
  length_mm numeric(18, 6) check (length_mm > 0),
  width_mm numeric(18, 6) check (width_mm > 0),
  height_mm numeric(18, 6) check (height_mm > 0),
  check (parent_id <> id),
  unique (shipment_id, id),
  unique (shipment_id, position),
  constraint package_number unique (supplier, number),
  foreign key (order_id, shipment_id) references core.shipment (order_id, id),
  foreign key (shipment_id, parent_id) references core.package (shipment_id, id)
);
create index package_find on core.package (number);
${tenantTable('core.package', { select: sees('order_id'), insert: bySupplier })}

create table core.package_content (
  id uuid primary key,
  order_id uuid not null,
  shipment_id uuid not null,
  package_id uuid not null,
  shipment_line_id uuid not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  serials text[] not null default '{}',
  unique (package_id, shipment_line_id),
  foreign key (shipment_id, package_id) references core.package (shipment_id, id),
  foreign key (order_id, shipment_line_id) references core.shipment_line (order_id, id)
);
create index package_content_shipment on core.package_content (shipment_id);
${tenantTable('core.package_content', { select: sees('order_id'), insert: isParty('order_id', "'supplier'") })}
`;

const differences = `
create table core.receipt_difference (
  id uuid primary key,
  order_id uuid not null,
  shipment_id uuid not null,
  shipment_line_id uuid not null,
  line_id uuid not null,
  organization uuid not null references core.organization_registry (id),
  kind text not null check (kind in (${oneOf(differenceKinds)})),
  reason text check (reason in (${oneOf(shortageReasons)})),
  quantity numeric(18, 6) not null check (quantity > 0),
  units text[] not null default '{}',
  note text,
  state text not null default 'open' check (state in (${oneOf(differenceStates)})),
  reported_by text not null,
  reported_at timestamptz not null,
  answered_by text,
  answered_at timestamptz,
  answer text,
  check ((kind = 'shortage') = (reason is not null)),
  check ((state = 'open') = (answered_at is null)),
  unique (order_id, id),
  foreign key (order_id, shipment_id) references core.shipment (order_id, id),
  foreign key (order_id, shipment_line_id) references core.shipment_line (order_id, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index receipt_difference_order on core.receipt_difference (order_id, reported_at);
create index receipt_difference_line on core.receipt_difference (shipment_line_id);
${tenantTable('core.receipt_difference', {
  select: sees('order_id'),
  insert: byBuyer,
  update: isParty('order_id'),
  updatable: ['state', 'answered_by', 'answered_at', 'answer'],
})}
-- A surplus that the supplier acknowledges is shipped by a line of its own.
alter table core.shipment_line add column corrects uuid,
  add constraint shipment_line_corrects foreign key (order_id, corrects) references core.receipt_difference (order_id, id);
create unique index shipment_line_correction on core.shipment_line (corrects) where corrects is not null;

-- A claim that was settled stays settled.
create function core.keep_difference() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.state in ('acknowledged', 'withdrawn') then
    raise exception 'the difference % is %', old.id, old.state using errcode = '42501';
  end if;
  return new;
end $$;
create trigger difference_kept before update on core.receipt_difference for each row execute function core.keep_difference();
revoke all on function core.keep_difference() from public;
`;

const inspections = `
create table core.inspection (
  id uuid primary key,
  order_id uuid not null,
  shipment_line_id uuid not null,
  line_id uuid not null,
  organization uuid not null references core.organization_registry (id),
  accepted numeric(18, 6) not null check (accepted >= 0),
  conceded numeric(18, 6) not null check (conceded >= 0),
  rejected numeric(18, 6) not null check (rejected >= 0),
  rejection_code text check (rejection_code in (${oneOf(rejectionCodes)})),
  rejection_reason text,
  concession_reason text,
  price_reduction numeric(6, 3) not null default 0 check (price_reduction between 0 and 100),
  conceded_entry uuid references core.order_entry (id),
  sampling jsonb check (octet_length(sampling::text) <= 2000),
  inspected_by text not null,
  inspected_at timestamptz not null,
  check ((rejected > 0) = (rejection_code is not null) and (rejected > 0) = (rejection_reason is not null)),
  check ((conceded > 0) = (concession_reason is not null) and (conceded > 0) = (conceded_entry is not null)),
  check (conceded > 0 or price_reduction = 0),
  foreign key (order_id, shipment_line_id) references core.shipment_line (order_id, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index inspection_line on core.inspection (shipment_line_id, inspected_at);
create unique index inspection_conceded on core.inspection (conceded_entry) where conceded_entry is not null;
${tenantTable('core.inspection', { select: sees('order_id'), insert: byBuyer })}
`;

export const deliveryMigrations: Migrations = {
  '0053a-package-numbers': sqlMigration(numbers),
  '0053c-delivery': sqlMigration(packages + differences + inspections),
};
