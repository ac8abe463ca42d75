import { currentOrganization, isParty, type Migrations, oneOf, roles, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { entryEvidence, entryKinds, entrySides, shipmentEntryKinds } from '../ledger/entries.js';
import { incotermRules } from '../order/incoterms.js';
import { changeKinds, orderSides, orderStates } from '../order/states.js';

/** Checks that name several columns have names that nobody chose; they are written anew as a whole. */
const dropChecks = (...tables: readonly string[]) => `
do $$ declare c record; begin
  for c in select conrelid::regclass as of_table, conname from pg_constraint
    where contype = 'c' and conrelid in (${tables.map((table) => `'${table}'::regclass`).join(', ')})
  loop execute format('alter table %s drop constraint %I', c.of_table, c.conname); end loop;
end $$;
`;

const contract = `
alter table core.shared_order
  add column incoterms text,
  add column incoterms_place text,
  add column payment_days integer,
  add column quote_id uuid,
  -- What the order waits for beside its state: a hold, a dispute, a change order, terms that one side has not accepted.
  add column resumes_to text,
  add column held_by text,
  add column disputed_by text,
  add column change_id uuid,
  add column change_kind text,
  add column change_by text,
  add column terms_open boolean not null default false,
  add constraint order_number_length check (length(number) between 1 and 60),
  add constraint order_state check (state in (${oneOf(orderStates)})),
  add constraint order_currency check (currency ~ '^[A-Z]{3}$'),
  add constraint order_total check (total >= 0),
  add constraint order_two_parties check (buyer <> supplier),
  add constraint order_incoterms check ((incoterms is null) = (incoterms_place is null) and incoterms in (${oneOf(incotermRules)})),
  add constraint order_payment_days check (payment_days between 0 and 365),
  add constraint order_resumes check ((state in ('on_hold', 'disputed')) = (resumes_to is not null) and resumes_to in (${oneOf(orderStates)})),
  add constraint order_held check ((state = 'on_hold') = (held_by is not null) and held_by in (${oneOf(orderSides)})),
  add constraint order_disputed check ((state = 'disputed') = (disputed_by is not null) and disputed_by in (${oneOf(orderSides)})),
  add constraint order_change check ((change_id is null) = (change_kind is null) and (change_id is null) = (change_by is null)
    and change_kind in (${oneOf(changeKinds)}) and change_by in (${oneOf(orderSides)}));
grant update (total, due_on, incoterms, incoterms_place, payment_days, resumes_to, held_by, disputed_by, change_id, change_kind, change_by,
  terms_open, description, line_count) on core.shared_order to ${roles.runtime};

create table core.order_milestone (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  position integer not null,
  name text not null check (length(name) between 1 and 200),
  due_on date not null,
  reached_at timestamptz,
  reached_note text,
  confirmed_at timestamptz,
  check (confirmed_at is null or reached_at is not null),
  unique (order_id, position)
);
${tenantTable('core.order_milestone', {
  select: sees('order_id'),
  insert: isParty('order_id'),
  update: isParty('order_id'),
  updatable: ['name', 'due_on', 'reached_at', 'reached_note', 'confirmed_at'],
})}
`;

const lines = `
alter table core.order_line
  add column due_on date,
  add column tax_rate numeric(6, 3) not null default 0,
  add column over_tolerance numeric(6, 3) not null default 0,
  add column under_tolerance numeric(6, 3) not null default 0,
  -- Given up by cancellation, short close or default.
  add column relinquished numeric(18, 6) not null default 0,
  add column conceded numeric(30, 6) not null default 0,
  add column returned numeric(30, 6) not null default 0,
  add column invoiced numeric(30, 6) not null default 0,
  add constraint line_quantity check (quantity > 0 and unit_price >= 0 and amount >= 0),
  add constraint line_percents check (tax_rate between 0 and 100 and over_tolerance between 0 and 100 and under_tolerance between 0 and 100),
  add constraint line_relinquished check (relinquished between 0 and quantity),
  add constraint line_ordered check (ordered between 0 and quantity),
  add constraint line_allocated check (allocated between 0 and ordered),
  add constraint line_produced check (produced >= 0 and produced_by_hand between 0 and produced),
  add constraint line_shipped check (shipped between 0 and produced),
  add constraint line_received check (received between 0 and shipped),
  add constraint line_inspected check (accepted >= 0 and conceded >= 0 and rejected >= 0 and accepted + conceded + rejected <= received),
  add constraint line_returned check (returned between 0 and accepted + conceded),
  add constraint line_invoiced check (invoiced >= 0),
  add constraint line_owed check (shipped - rejected - returned <= ordered * (1 + over_tolerance / 100));
create policy core_order_line_update on core.order_line for update using (${isParty('order_id')}) with check (${isParty('order_id')});
grant update (description, specification, quantity, unit_price, amount, due_on, tax_rate, over_tolerance, under_tolerance, relinquished)
  on core.order_line to ${roles.runtime};
drop policy core_order_line_insert on core.order_line;
create policy core_order_line_insert on core.order_line for insert with check (${isParty('order_id')});

-- When which part of a line is due; without any, the whole on the day of the line, else on that of the order.
create table core.order_schedule_line (
  id uuid primary key,
  order_id uuid not null,
  line_id uuid not null,
  due_on date not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  unique (line_id, due_on),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index order_schedule_line_order on core.order_schedule_line (order_id);
${tenantTable('core.order_schedule_line', { select: sees('order_id'), insert: isParty('order_id'), delete: isParty('order_id') })}

-- Who makes which part of a line is the supplier's own matter.
alter table core.order_allocation
  add column factory uuid references core.organization_registry (id),
  add column first_operation integer,
  add column last_operation integer,
  add column sub_order_id uuid,
  add column sub_line_id uuid;
update core.order_allocation set factory = supplier;
-- Without a quantity: what the other allocations of the line leave.
alter table core.order_allocation alter column factory set not null, alter column quantity drop not null,
  add constraint allocation_operations check ((first_operation is null) = (last_operation is null) and last_operation >= first_operation);
drop policy core_order_allocation_select on core.order_allocation;
create policy core_order_allocation_select on core.order_allocation for select using (supplier = ${currentOrganization});
`;

const shipments = `
alter table core.shipment_line
  -- The price in force when the goods left; statements bill it.
  add column unit_price numeric(18, 6),
  add column shipped numeric(30, 6) not null default 0,
  add column conceded numeric(30, 6) not null default 0,
  add column returned numeric(30, 6) not null default 0,
  add column invoiced numeric(30, 6) not null default 0;
update core.shipment_line s set shipped = s.quantity, unit_price = l.unit_price from core.order_line l where l.id = s.line_id;
alter table core.shipment_line alter column unit_price set not null,
  add constraint shipment_line_quantity check (quantity > 0 and unit_price >= 0),
  add constraint shipment_line_shipped check (shipped between 0 and quantity),
  add constraint shipment_line_received check (received between 0 and quantity),
  add constraint shipment_line_inspected check (accepted >= 0 and conceded >= 0 and rejected >= 0 and accepted + conceded + rejected <= received),
  add constraint shipment_line_returned check (returned between 0 and accepted + conceded),
  add constraint shipment_line_invoiced check (invoiced >= 0);
`;

const sideOfKind = `case kind ${entryKinds
  .filter((kind) => entrySides[kind] !== 'either')
  .map((kind) => `when '${kind}' then '${entrySides[kind]}'`)
  .join(' ')} else p.role end`;

/** `column = column + the entry's quantity` for the entry's kind, for each balance that the table keeps. */
const added = (kinds: readonly string[]) =>
  kinds.map((kind) => `${kind} = ${kind} + case when of_kind = '${kind}' then new.quantity else 0 end`).join(',\n    ');

const ledger = `
alter table core.order_entry
  add constraint entry_kind check (kind in (${oneOf(entryKinds)})),
  add constraint entry_evidence check (evidence in (${oneOf(entryEvidence)})),
  add constraint entry_sign check (case when reverses is null then quantity > 0 else quantity < 0 end),
  add constraint entry_reason check (reverses is null or reason is not null),
  add constraint entry_shipment check ((shipment_line_id is not null) = (kind in (${oneOf(shipmentEntryKinds)})));
drop policy core_order_entry_insert on core.order_entry;
create policy core_order_entry_insert on core.order_entry for insert
  with check (organization = ${currentOrganization} and ${isParty('order_id', sideOfKind)});
create index order_entry_shipment_line on core.order_entry (shipment_line_id) where shipment_line_id is not null;
create index order_entry_line_kind on core.order_entry (line_id, kind);

create or replace function core.keep_order_balances() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_kind text := new.kind;
  by_hand numeric := case when new.kind = 'produced' and new.evidence = 'person' then new.quantity else 0 end;
begin
  update core.order_line l set
    produced_by_hand = produced_by_hand + by_hand,
    ${added(entryKinds)}
  where l.id = new.line_id;
  if new.shipment_line_id is not null then
    update core.shipment_line s set
    ${added(shipmentEntryKinds)}
    where s.id = new.shipment_line_id;
  end if;
  if new.reverses is not null and (select e.quantity from core.order_entry e where e.id = new.reverses)
      + (select sum(r.quantity) from core.order_entry r where r.reverses = new.reverses) < 0 then
    raise exception 'entry % would be reversed by more than it holds', new.reverses using errcode = '23514';
  end if;
  return null;
end $$;
`;

export const orderContractMigrations: Migrations = {
  '0050-order-contract': sqlMigration(
    dropChecks('core.shared_order', 'core.order_line', 'core.shipment_line', 'core.order_entry') + contract + lines + shipments + ledger,
  ),
};
