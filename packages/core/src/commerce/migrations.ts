import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../database/index.js';
import { incotermRules } from '../orders/index.js';
import { consumerOrderStates } from './consumers/states.js';
import { leadMoves, leadSources, leadStates } from './leads/states.js';
import { quotationSides, quotationStates } from './quotations/states.js';

const own = `organization = ${currentOrganization}`;

const leads = `
create table core.campaign (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 40),
  name text not null,
  source text not null check (source in (${oneOf(leadSources)})),
  edition text,
  booth text,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  -- Random; what a booth's code carries.
  token text not null,
  created_at timestamptz not null,
  unique (organization, id),
  unique (organization, token),
  constraint campaign_code unique (organization, code)
);
create index campaign_recent on core.campaign (organization, created_at desc, id desc);
${tenantTable('core.campaign', { select: own, insert: own })}

create table core.lead (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  campaign_id uuid,
  capture_key uuid not null,
  source text not null check (source in (${oneOf(leadSources)})),
  version integer not null default 1,
  state text not null check (state in (${oneOf(leadStates)})),
  company text,
  country text check (country ~ '^[A-Z]{2}$'),
  interest text not null,
  contact_name text,
  email text,
  phone text,
  consented_at timestamptz,
  consent_withdrawn_at timestamptz,
  owner text,
  follow_up_on date,
  note text,
  reason text,
  captured_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  contacted_at timestamptz,
  sampled_at timestamptz,
  quoted_at timestamptz,
  won_at timestamptz,
  lost_at timestamptz,
  unique (organization, id),
  constraint lead_capture unique (organization, capture_key),
  foreign key (organization, campaign_id) references core.campaign (organization, id),
  -- Personal data stand here only while the person agrees.
  check (consented_at is not null or (contact_name is null and email is null and phone is null))
);
create index lead_recent on core.lead (organization, changed_at desc, id desc);
create index lead_recent_by_state on core.lead (organization, state, changed_at desc, id desc);
create index lead_recent_by_campaign on core.lead (organization, campaign_id, changed_at desc, id desc);
${tenantTable('core.lead', {
  select: own,
  insert: own,
  update: own,
  updatable: [
    ...['version', 'state', 'company', 'country', 'interest', 'contact_name', 'email', 'phone', 'consented_at', 'consent_withdrawn_at'],
    ...['owner', 'follow_up_on', 'note', 'reason', 'changed_at', 'contacted_at', 'sampled_at', 'quoted_at', 'won_at', 'lost_at'],
  ],
})}

create table core.lead_move (
  id uuid primary key,
  organization uuid not null,
  lead_id uuid not null,
  move text not null check (move in (${oneOf(leadMoves)})),
  from_state text not null,
  to_state text not null,
  reason text,
  moved_by text not null,
  moved_at timestamptz not null,
  foreign key (organization, lead_id) references core.lead (organization, id)
);
create index lead_move_lead on core.lead_move (lead_id, moved_at);
${tenantTable('core.lead_move', { select: own, insert: own })}
`;

const quotations = `
create table core.quotation (
  id uuid primary key references core.record (id),
  supplier uuid not null references core.organization_registry (id),
  buyer uuid references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(quotationStates.filter((state) => state !== 'expired'))})),
  revision integer not null check (revision > 0),
  sent_revision integer,
  valid_until timestamptz not null,
  order_id uuid references core.shared_order (id),
  reason text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check (buyer <> supplier),
  check (sent_revision <= revision),
  constraint quotation_number unique (supplier, number)
);
${tenantTable('core.quotation', {
  select: sees('quotation.id'),
  insert: `supplier = ${currentOrganization} and ${isParty('id', "'supplier'")}`,
  update: isParty('id'),
  updatable: ['version', 'state', 'revision', 'sent_revision', 'valid_until', 'order_id', 'reason', 'changed_at'],
})}

create table core.quotation_party (
  organization uuid not null,
  quotation_id uuid not null references core.quotation (id),
  role text not null check (role in (${oneOf(quotationSides)})),
  state text not null,
  valid_until timestamptz not null,
  changed_at timestamptz not null,
  lead_id uuid,
  contact jsonb,
  primary key (organization, quotation_id),
  foreign key (organization, lead_id) references core.lead (organization, id)
);
create index quotation_party_recent on core.quotation_party (organization, changed_at desc, quotation_id desc);
create index quotation_party_by_state on core.quotation_party (organization, state, changed_at desc, quotation_id desc);
create index quotation_party_quotation on core.quotation_party (quotation_id);
${tenantTable('core.quotation_party', { select: own, update: own, updatable: ['lead_id', 'contact'] })}

-- The buyer's row comes with the first sending; a lead is won when what was quoted to it is accepted.
create function core.keep_quotation_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  behind uuid;
begin
  if tg_op = 'INSERT' then
    insert into core.quotation_party (organization, quotation_id, role, state, valid_until, changed_at)
      values (new.supplier, new.id, 'supplier', new.state, new.valid_until, new.changed_at);
    return null;
  end if;
  if new.buyer is not null and new.sent_revision is not null then
    insert into core.quotation_party (organization, quotation_id, role, state, valid_until, changed_at)
      values (new.buyer, new.id, 'buyer', new.state, new.valid_until, new.changed_at) on conflict do nothing;
  end if;
  update core.quotation_party p set state = new.state, valid_until = new.valid_until, changed_at = new.changed_at where p.quotation_id = new.id;
  if new.state = 'accepted' and old.state <> 'accepted' then
    select lead_id into behind from core.quotation_party p where p.quotation_id = new.id and p.organization = new.supplier;
    update core.lead l set state = 'won', version = l.version + 1, won_at = new.changed_at, changed_at = new.changed_at
      where l.id = behind and l.state = 'quoted';
    if found then
      insert into core.lead_move (id, organization, lead_id, move, from_state, to_state, reason, moved_by, moved_at)
        values (core.new_id(), new.supplier, behind, 'win', 'quoted', 'won', new.number, 'Yunfab', new.changed_at);
    end if;
  end if;
  return null;
end $$;
revoke all on function core.keep_quotation_party() from public;
create trigger quotation_party_kept after insert or update of state, valid_until, changed_at on core.quotation
  for each row execute function core.keep_quotation_party();

-- What a revision says is never changed; the buyer sees those that were sent.
create table core.quotation_revision (
  quotation_id uuid not null references core.quotation (id),
  revision integer not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total numeric(18, 6) not null check (total >= 0),
  incoterm text check (incoterm in (${oneOf(incotermRules)})),
  place text,
  valid_until timestamptz not null,
  note text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (quotation_id, revision),
  check ((incoterm is null) = (place is null))
);
${tenantTable('core.quotation_revision', {
  select: `${sees('quotation_id')} and (sent_at is not null or ${isParty('quotation_id', "'supplier'")})`,
  insert: isParty('quotation_id', "'supplier'"),
  update: isParty('quotation_id', "'supplier'"),
  updatable: ['sent_at'],
})}

create table core.quotation_line (
  id uuid primary key,
  quotation_id uuid not null,
  revision integer not null,
  position integer not null,
  description text not null,
  specification jsonb,
  unit text not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  unit_price numeric(18, 6) not null check (unit_price >= 0),
  amount numeric(18, 6) not null check (amount >= 0),
  unique (quotation_id, revision, position),
  foreign key (quotation_id, revision) references core.quotation_revision (quotation_id, revision)
);
${tenantTable('core.quotation_line', {
  select: `exists (select 1 from core.quotation_revision r where r.quotation_id = quotation_line.quotation_id and r.revision = quotation_line.revision)`,
  insert: isParty('quotation_id', "'supplier'"),
})}

create table core.quotation_cost (
  organization uuid not null,
  quotation_id uuid not null,
  revision integer not null,
  cost jsonb not null,
  primary key (quotation_id, revision),
  foreign key (quotation_id, revision) references core.quotation_revision (quotation_id, revision)
);
${tenantTable('core.quotation_cost', { select: own, insert: `${own} and ${isParty('quotation_id', "'supplier'")}` })}
`;

const consumers = `
create table core.consumer_order (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(consumerOrderStates)})),
  description text not null,
  specification jsonb,
  unit text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  price numeric(18, 6) not null check (price >= 0),
  due_on date,
  order_id uuid references core.record (id),
  order_line_id uuid,
  job_id uuid references core.record (id),
  unit_id uuid references core.record (id),
  reason text,
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  unique (organization, id),
  constraint consumer_order_number unique (organization, number),
  check (order_line_id is null or order_id is not null),
  foreign key (order_id, order_line_id) references core.order_line (order_id, id)
);
create index consumer_order_recent on core.consumer_order (organization, changed_at desc, id desc);
create index consumer_order_recent_by_state on core.consumer_order (organization, state, changed_at desc, id desc);
create index consumer_order_order on core.consumer_order (order_id) where order_id is not null;
create index consumer_order_unit on core.consumer_order (unit_id) where unit_id is not null;
${tenantTable('core.consumer_order', {
  select: sees('consumer_order.id'),
  insert: `${own} and ${isParty('id', "'seller'")}`,
  update: own,
  updatable: ['version', 'state', 'order_id', 'order_line_id', 'job_id', 'unit_id', 'reason', 'changed_at'],
})}

create table core.consumer_person (
  organization uuid not null,
  consumer_order_id uuid primary key,
  name text not null,
  email text,
  phone text,
  address text,
  measurements jsonb,
  consent_text text,
  consented_at timestamptz,
  consent_withdrawn_at timestamptz,
  foreign key (organization, consumer_order_id) references core.consumer_order (organization, id),
  check (measurements is null or (consented_at is not null and consent_withdrawn_at is null))
);
${tenantTable('core.consumer_person', {
  select: own,
  insert: own,
  update: own,
  updatable: ['measurements', 'consent_withdrawn_at'],
})}
`;

export const commerceMigrations: Migrations = {
  '0030-commerce': sqlMigration(leads + quotations + consumers),
};
