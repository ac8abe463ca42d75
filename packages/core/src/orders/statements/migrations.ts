import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { orderSides } from '../order/states.js';
import { additionTypes, deductionTypes, statementLineKinds, statementLineStates, statementStates } from './states.js';

const own = `organization = ${currentOrganization}`;
const lineTypes = [...new Set([...deductionTypes, ...additionTypes])];
const revisionCauses = ['collected', 'proposed', 'adjusted', 'refreshed'];

const statements = `
create table core.statement (
  id uuid primary key references core.record (id),
  buyer uuid not null references core.organization_registry (id),
  supplier uuid not null references core.organization_registry (id) check (supplier <> buyer),
  -- The supplier's.
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(statementStates)})),
  drafted_by text not null check (drafted_by in (${oneOf(orderSides)})),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  note text,
  net numeric(18, 6) not null,
  tax numeric(18, 6) not null,
  gross numeric(18, 6) not null check (gross = net + tax),
  -- The part of gross that deductions take off, negative.
  deducted numeric(18, 6) not null check (deducted <= 0),
  line_count integer not null,
  drafted_at timestamptz not null,
  sent_at timestamptz,
  confirmed_at timestamptz,
  -- The first day on which something of it has to be paid.
  due_on date,
  paid_on date,
  payment_reference text,
  paid_at timestamptz,
  settled_at timestamptz,
  reason text,
  changed_at timestamptz not null,
  check ((confirmed_at is not null) = (state in ('confirmed', 'paid', 'settled'))),
  check ((due_on is not null) = (confirmed_at is not null)),
  check ((paid_on is not null) = (state in ('paid', 'settled')) and (payment_reference is null) = (paid_on is null)),
  check ((settled_at is not null) = (state = 'settled')),
  constraint statement_number unique (supplier, number)
);
${tenantTable('core.statement', {
  select: sees('statement.id'),
  insert: `${isParty('id')} and ${currentOrganization} in (buyer, supplier)`,
  update: isParty('id'),
  updatable: [
    ...['version', 'state', 'number', 'net', 'tax', 'gross', 'deducted', 'line_count', 'sent_at', 'confirmed_at', 'due_on', 'paid_on'],
    ...['payment_reference', 'paid_at', 'settled_at', 'reason', 'changed_at'],
  ],
})}

create table core.statement_line (
  id uuid primary key,
  statement_id uuid not null references core.statement (id),
  position integer not null check (position > 0),
  revision integer not null default 1,
  kind text not null check (kind in (${oneOf(statementLineKinds)})),
  type text check (type in (${oneOf(lineTypes)})),
  state text not null check (state in (${oneOf(statementLineStates)})),
  -- By agreement it states less than was accepted.
  adjusted boolean not null default false,
  proposed_by text check (proposed_by in (${oneOf(orderSides)})),
  order_id uuid references core.shared_order (id),
  order_number text,
  order_line_id uuid references core.order_line (id),
  shipment_line_id uuid references core.shipment_line (id),
  shipment_number text,
  lot_id uuid,
  -- Of goods: what the buyer said of them; conceded ones may cost less.
  accepted_as text check (accepted_as in ('accepted', 'conceded')),
  price_reduction numeric(6, 3) not null default 0 check (price_reduction between 0 and 100),
  -- Of a credit: the line that billed what was returned.
  credits uuid references core.statement_line (id),
  description text not null,
  reason text,
  -- Like its amounts, negative where it takes off.
  quantity numeric(18, 6),
  unit text,
  unit_price numeric(18, 6),
  net numeric(18, 6) not null,
  tax_rate numeric(6, 3) not null check (tax_rate between 0 and 100),
  tax numeric(18, 6) not null,
  gross numeric(18, 6) not null check (gross = net + tax),
  accepted_on date,
  -- Ids of the ledger entries that it rests on.
  basis uuid[] not null default '{}',
  payment_days integer not null default 0 check (payment_days between 0 and 365),
  disputed_by text check (disputed_by in (${oneOf(orderSides)})),
  dispute_reason text,
  supplier_confirmed_by text,
  supplier_confirmed_at timestamptz,
  buyer_confirmed_by text,
  buyer_confirmed_at timestamptz,
  -- What both sides' agreement wrote into the ledger.
  entry_id uuid references core.order_entry (id),
  check ((kind in ('goods', 'credit')) = (type is null)),
  check ((kind in ('goods', 'credit')) = (accepted_as is not null)),
  check (kind not in ('goods', 'credit') or (shipment_line_id is not null and order_line_id is not null and order_id is not null and quantity is not null)),
  check ((kind = 'credit') = (credits is not null)),
  check ((quantity is null) = (unit is null) and (quantity is null) = (unit_price is null)),
  check (case when kind in ('credit', 'deduction') then net <= 0 and (quantity < 0) is not false else net >= 0 and (quantity > 0) is not false end),
  check ((state = 'disputed') = (disputed_by is not null) and (disputed_by is null) = (dispute_reason is null)),
  check ((supplier_confirmed_at is not null) = (state in ('supplier_confirmed', 'confirmed'))),
  check ((buyer_confirmed_at is not null) = (state in ('buyer_confirmed', 'confirmed'))),
  check (entry_id is null or (kind in ('goods', 'credit') and state = 'confirmed')),
  unique (statement_id, position)
);
create unique index statement_line_entry on core.statement_line (entry_id) where entry_id is not null;
create index statement_line_shipment on core.statement_line (shipment_line_id) where shipment_line_id is not null;
create index statement_line_order on core.statement_line (order_id) where order_id is not null;
create index statement_line_credits on core.statement_line (credits) where credits is not null;
${tenantTable('core.statement_line', {
  select: sees('statement_id'),
  insert: isParty('statement_id'),
  update: isParty('statement_id'),
  updatable: [
    ...['revision', 'state', 'adjusted', 'quantity', 'net', 'tax_rate', 'tax', 'gross', 'unit_price', 'unit', 'accepted_on', 'basis'],
    ...['payment_days', 'price_reduction', 'reason', 'disputed_by', 'dispute_reason', 'entry_id'],
    ...['supplier_confirmed_by', 'supplier_confirmed_at', 'buyer_confirmed_by', 'buyer_confirmed_at'],
  ],
})}

-- Append-only: every figure that a line ever had, and why it changed.
create table core.statement_line_revision (
  line_id uuid not null references core.statement_line (id),
  revision integer not null,
  statement_id uuid not null references core.statement (id),
  cause text not null check (cause in (${oneOf(revisionCauses)})),
  side text not null check (side in (${oneOf(orderSides)})),
  reason text,
  quantity numeric(18, 6),
  unit_price numeric(18, 6),
  net numeric(18, 6) not null,
  tax_rate numeric(6, 3) not null,
  tax numeric(18, 6) not null,
  gross numeric(18, 6) not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (line_id, revision)
);
create index statement_line_revision_statement on core.statement_line_revision (statement_id);
${tenantTable('core.statement_line_revision', { select: sees('statement_id'), insert: isParty('statement_id') })}

-- Of all open statements one holds a shipment line; the key is what keeps two drafts apart.
create table core.statement_claim (
  shipment_line_id uuid not null references core.shipment_line (id),
  statement_id uuid not null references core.statement (id),
  constraint statement_claim_once primary key (shipment_line_id)
);
create index statement_claim_statement on core.statement_claim (statement_id);
${tenantTable('core.statement_claim', {
  select: sees('statement_id'),
  insert: isParty('statement_id'),
  delete: isParty('statement_id'),
})}

-- Lists page here.
create table core.statement_party (
  organization uuid not null,
  statement_id uuid not null references core.statement (id),
  role text not null check (role in (${oneOf(orderSides)})),
  counterparty uuid not null,
  state text not null,
  period_from date not null,
  period_to date not null,
  due_on date,
  changed_at timestamptz not null,
  primary key (organization, statement_id)
);
create index statement_party_recent on core.statement_party (organization, changed_at desc, statement_id desc);
create index statement_party_by_state on core.statement_party (organization, state, changed_at desc, statement_id desc);
create index statement_party_by_counterparty on core.statement_party (organization, counterparty, changed_at desc, statement_id desc);
create index statement_party_due on core.statement_party (organization, due_on) where state = 'confirmed';
create index statement_party_statement on core.statement_party (statement_id);
${tenantTable('core.statement_party', { select: own })}

create function core.keep_statement_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into core.statement_party (organization, statement_id, role, counterparty, state, period_from, period_to, due_on, changed_at) values
      (new.buyer, new.id, 'buyer', new.supplier, new.state, new.period_from, new.period_to, new.due_on, new.changed_at),
      (new.supplier, new.id, 'supplier', new.buyer, new.state, new.period_from, new.period_to, new.due_on, new.changed_at);
  else
    update core.statement_party p set state = new.state, due_on = new.due_on, changed_at = new.changed_at where p.statement_id = new.id;
  end if;
  return null;
end $$;
revoke all on function core.keep_statement_party() from public;
create trigger statement_party_kept after insert or update on core.statement for each row execute function core.keep_statement_party();

-- What both sides confirmed is changed by neither.
create function core.keep_confirmed_statement_line() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.entry_id is not null or exists (select from core.statement s where s.id = old.statement_id and s.state not in ('draft', 'sent')) then
    raise exception 'line % of statement % is confirmed', old.position, old.statement_id using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_confirmed_statement_line() from public;
create trigger statement_line_kept before update on core.statement_line for each row execute function core.keep_confirmed_statement_line();
`;

export const statementMigrations: Migrations = {
  '0054-statements': sqlMigration(statements),
};
