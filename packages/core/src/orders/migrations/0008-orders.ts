import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../../database/index.js';

// As they were when this migration was written; later ones widen them.
const orderStates = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'closed', 'declined', 'withdrawn'];
const orderSides = ['buyer', 'supplier'];
const entryEvidence = ['device', 'person', 'agreement'];
const entrySides = {
  ordered: 'buyer',
  allocated: 'supplier',
  produced: 'supplier',
  shipped: 'supplier',
  received: 'buyer',
  accepted: 'buyer',
  rejected: 'buyer',
} as const;
const entryKinds = Object.keys(entrySides) as (keyof typeof entrySides)[];

const orders = `
create table core.shared_order (
  id uuid primary key references core.record (id),
  buyer uuid not null references core.organization_registry (id),
  supplier uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(orderStates)})),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total numeric(18, 6) not null check (total >= 0),
  due_on date not null,
  note text,
  reason text,
  description text not null,
  line_count integer not null,
  proposed_at timestamptz not null,
  changed_at timestamptz not null,
  check (buyer <> supplier)
);
${tenantTable('core.shared_order', {
  select: sees('shared_order.id'),
  insert: `buyer = ${currentOrganization} and ${isParty('id', "'buyer'")}`,
  update: isParty('id'),
  updatable: ['version', 'state', 'reason', 'changed_at'],
})}

-- Lists page here, under btrees that begin with the organization; what is private to a side stands here too.
create table core.order_party (
  organization uuid not null,
  order_id uuid not null references core.shared_order (id),
  role text not null check (role in (${oneOf(orderSides)})),
  state text not null,
  changed_at timestamptz not null,
  counterparty uuid not null,
  own_number text check (length(own_number) between 1 and 60),
  private_note text,
  primary key (organization, order_id),
  constraint order_party_own_number unique (organization, own_number)
);
create index order_party_recent on core.order_party (organization, changed_at desc, order_id desc);
create index order_party_by_state on core.order_party (organization, state, changed_at desc, order_id desc);
create index order_party_by_role on core.order_party (organization, role, changed_at desc, order_id desc);
create index order_party_by_role_and_state on core.order_party (organization, role, state, changed_at desc, order_id desc);
create index order_party_order on core.order_party (order_id);
${tenantTable('core.order_party', {
  select: `organization = ${currentOrganization}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['own_number', 'private_note'],
})}

-- Both sides' rows follow the order; neither side may write the other's.
create function core.keep_order_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into core.order_party (organization, order_id, role, state, changed_at, counterparty) values
      (new.buyer, new.id, 'buyer', new.state, new.changed_at, new.supplier),
      (new.supplier, new.id, 'supplier', new.state, new.changed_at, new.buyer);
  else
    update core.order_party p set state = new.state, changed_at = new.changed_at where p.order_id = new.id;
  end if;
  return null;
end $$;
create trigger order_party_kept after insert or update of state, changed_at on core.shared_order for each row execute function core.keep_order_party();
`;

/** The balances of a line are the sums of its entries, kept by trigger; its checks are the last word on conservation. */
const lines = `
create table core.order_line (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  position integer not null,
  description text not null,
  specification jsonb,
  unit text not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  unit_price numeric(18, 6) not null check (unit_price >= 0),
  amount numeric(18, 6) not null check (amount >= 0),
  ordered numeric(30, 6) not null default 0 check (ordered between 0 and quantity),
  allocated numeric(30, 6) not null default 0 check (allocated between 0 and ordered),
  produced numeric(30, 6) not null default 0 check (produced >= 0),
  produced_by_hand numeric(30, 6) not null default 0 check (produced_by_hand between 0 and produced),
  shipped numeric(30, 6) not null default 0 check (shipped between 0 and produced),
  received numeric(30, 6) not null default 0 check (received between 0 and shipped),
  accepted numeric(30, 6) not null default 0 check (accepted >= 0),
  rejected numeric(30, 6) not null default 0 check (rejected >= 0),
  check (accepted + rejected <= received),
  check (shipped - rejected <= ordered),
  unique (order_id, position),
  unique (order_id, id)
);
${tenantTable('core.order_line', { select: sees('order_id'), insert: isParty('order_id', "'buyer'") })}

create table core.order_allocation (
  id uuid primary key,
  order_id uuid not null,
  line_id uuid not null,
  supplier uuid not null references core.organization_registry (id),
  quantity numeric(18, 6) not null check (quantity > 0),
  created_at timestamptz not null,
  unique (line_id, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index order_allocation_order on core.order_allocation (order_id);
${tenantTable('core.order_allocation', {
  select: sees('order_id'),
  insert: `supplier = ${currentOrganization} and ${isParty('order_id', "'supplier'")}`,
})}
`;

const shipments = `
create table core.shipment (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  supplier uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  note text,
  shipped_at timestamptz not null,
  unique (order_id, id),
  constraint shipment_number unique (supplier, number)
);
create index shipment_order on core.shipment (order_id, shipped_at);
${tenantTable('core.shipment', {
  select: sees('order_id'),
  insert: `supplier = ${currentOrganization} and ${isParty('order_id', "'supplier'")}`,
})}

create table core.shipment_line (
  id uuid primary key,
  order_id uuid not null,
  shipment_id uuid not null,
  line_id uuid not null,
  lot_id uuid not null references core.lot (id),
  quantity numeric(18, 6) not null check (quantity > 0),
  received numeric(30, 6) not null default 0 check (received between 0 and quantity),
  accepted numeric(30, 6) not null default 0 check (accepted >= 0),
  rejected numeric(30, 6) not null default 0 check (rejected >= 0),
  check (accepted + rejected <= received),
  unique (order_id, id),
  foreign key (order_id, shipment_id) references core.shipment (order_id, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index shipment_line_shipment on core.shipment_line (shipment_id);
create index shipment_line_order on core.shipment_line (order_id);
create index shipment_line_lot on core.shipment_line (lot_id);
${tenantTable('core.shipment_line', {
  select: sees('order_id'),
  insert: `${isParty('order_id', "'supplier'")} and ${sees('lot_id')}`,
})}
`;

const sideOfKind = `case kind ${entryKinds.map((kind) => `when '${kind}' then '${entrySides[kind]}'`).join(' ')} end`;

const ledger = `
-- Append-only: nobody has the privilege to change or remove an entry. A reversal is a negative entry that names what it takes back.
create table core.order_entry (
  id uuid primary key,
  order_id uuid not null,
  line_id uuid not null,
  allocation_id uuid,
  kind text not null check (kind in (${oneOf(entryKinds)})),
  quantity numeric(18, 6) not null,
  reverses uuid,
  shipment_line_id uuid,
  lot_id uuid references core.lot (id),
  evidence text not null check (evidence in (${oneOf(entryEvidence)})),
  reason text,
  organization uuid not null references core.organization_registry (id),
  entered_by text not null,
  entered_at timestamptz not null,
  check (case when reverses is null then quantity > 0 else quantity < 0 end),
  check (reverses is null or reason is not null),
  check ((shipment_line_id is not null) = (kind in ('shipped', 'received', 'accepted', 'rejected'))),
  unique (line_id, kind, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id),
  foreign key (line_id, allocation_id) references core.order_allocation (line_id, id),
  foreign key (line_id, kind, reverses) references core.order_entry (line_id, kind, id),
  foreign key (order_id, shipment_line_id) references core.shipment_line (order_id, id)
);
create index order_entry_recent on core.order_entry (order_id, entered_at desc, id desc);
create index order_entry_reverses on core.order_entry (reverses) where reverses is not null;
create index order_entry_lot on core.order_entry (lot_id) where lot_id is not null;
${tenantTable('core.order_entry', {
  select: sees('order_id'),
  insert: `organization = ${currentOrganization} and ${isParty('order_id', sideOfKind)}`,
})}

create function core.keep_order_balances() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_kind text := new.kind;
  by_hand numeric := case when new.kind = 'produced' and new.evidence = 'person' then new.quantity else 0 end;
begin
  update core.order_line l set
    ordered = ordered + case when of_kind = 'ordered' then new.quantity else 0 end,
    allocated = allocated + case when of_kind = 'allocated' then new.quantity else 0 end,
    produced = produced + case when of_kind = 'produced' then new.quantity else 0 end,
    produced_by_hand = produced_by_hand + by_hand,
    shipped = shipped + case when of_kind = 'shipped' then new.quantity else 0 end,
    received = received + case when of_kind = 'received' then new.quantity else 0 end,
    accepted = accepted + case when of_kind = 'accepted' then new.quantity else 0 end,
    rejected = rejected + case when of_kind = 'rejected' then new.quantity else 0 end
  where l.id = new.line_id;
  if new.shipment_line_id is not null then
    update core.shipment_line s set
      received = received + case when of_kind = 'received' then new.quantity else 0 end,
      accepted = accepted + case when of_kind = 'accepted' then new.quantity else 0 end,
      rejected = rejected + case when of_kind = 'rejected' then new.quantity else 0 end
    where s.id = new.shipment_line_id;
  end if;
  if new.reverses is not null and (select e.quantity from core.order_entry e where e.id = new.reverses)
      + (select sum(r.quantity) from core.order_entry r where r.reverses = new.reverses) < 0 then
    raise exception 'entry % would be reversed by more than it holds', new.reverses using errcode = '23514';
  end if;
  return null;
end $$;
create trigger order_balances_kept after insert on core.order_entry for each row execute function core.keep_order_balances();
revoke all on function core.keep_order_balances(), core.keep_order_party() from public;
`;

export const orderMigrations: Migrations = {
  '0008-orders': sqlMigration(orders + lines + shipments + ledger),
};
