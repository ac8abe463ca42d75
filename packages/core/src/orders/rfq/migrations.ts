import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { incotermRules } from '../order/incoterms.js';
import { invitationStates, quoteStates, rfqStates, standings } from './states.js';

/** Name the table in `rfq`: a bare `rfq_id` would mean the invitation's own and be true of every row. The asking organization is invited and nothing keeps the content from it: no confidentiality terms, or its own acceptance of them. */
const admitted = (rfq: string) =>
  `exists (select 1 from core.rfq_invitation i where i.rfq_id = ${rfq} and i.supplier = ${currentOrganization} and (i.confidentiality_version is null or i.accepted_at is not null))`;

const isDraft = (rfq: string) =>
  `exists (select 1 from core.rfq r where r.id = ${rfq} and r.buyer = ${currentOrganization} and r.state = 'draft')`;
const readsContent = (rfq: string) => `${sees(rfq)} or ${admitted(rfq)}`;

const requests = `
-- The buyer's own record: no supplier is a party, so its version and times tell no supplier of another.
create table core.rfq (
  id uuid primary key references core.record (id),
  buyer uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  version integer not null default 1,
  state text not null check (state in (${oneOf(rfqStates)})),
  respond_by timestamptz not null,
  confidentiality_version text check (length(confidentiality_version) between 1 and 60),
  confidentiality_text text,
  reason text,
  created_at timestamptz not null,
  opened_at timestamptz,
  changed_at timestamptz not null,
  check ((confidentiality_version is null) = (confidentiality_text is null)),
  constraint rfq_number unique (buyer, number)
);
create index rfq_recent on core.rfq (buyer, changed_at desc, id desc);
create index rfq_by_state on core.rfq (buyer, state, changed_at desc, id desc);
${tenantTable('core.rfq', {
  select: `buyer = ${currentOrganization} or ${sees('rfq.id')}`,
  insert: `buyer = ${currentOrganization} and ${isParty('id', "'buyer'")}`,
  update: `buyer = ${currentOrganization}`,
  updatable: [
    'number',
    'title',
    'version',
    'state',
    'respond_by',
    'confidentiality_version',
    'confidentiality_text',
    'reason',
    'opened_at',
    'changed_at',
  ],
})}

-- One root for each invited supplier: parties are the buyer and that supplier alone.
create table core.rfq_invitation (
  id uuid primary key references core.record (id),
  rfq_id uuid not null references core.rfq (id),
  buyer uuid not null references core.organization_registry (id),
  supplier uuid not null references core.organization_registry (id),
  version integer not null default 1,
  state text not null check (state in (${oneOf(invitationStates)})),
  standing text not null check (standing in (${oneOf(standings)})),
  number text not null,
  title text not null,
  respond_by timestamptz not null,
  confidentiality_version text,
  confidentiality_text text,
  accepted_at timestamptz,
  accepted_by text,
  reason text,
  invited_at timestamptz not null,
  changed_at timestamptz not null,
  check (buyer <> supplier),
  check (confidentiality_version is not null or accepted_at is null),
  check ((accepted_at is null) = (accepted_by is null)),
  unique (id, rfq_id, buyer, supplier),
  constraint rfq_invitation_supplier unique (rfq_id, supplier)
);
create index rfq_invitation_recent on core.rfq_invitation (supplier, changed_at desc, id desc);
create index rfq_invitation_by_state on core.rfq_invitation (supplier, state, changed_at desc, id desc);
${tenantTable('core.rfq_invitation', {
  select: `supplier = ${currentOrganization} or buyer = ${currentOrganization} or ${sees('rfq_invitation.id')}`,
  insert: `buyer = ${currentOrganization} and ${isParty('id', "'buyer'")}`,
  update: isParty('id'),
  updatable: ['version', 'state', 'standing', 'respond_by', 'accepted_at', 'accepted_by', 'reason', 'changed_at'],
})}

-- What the confidentiality terms keep closed: everything but number, title, due instant and the terms.
create table core.rfq_content (
  rfq_id uuid primary key references core.rfq (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  incoterms text check (incoterms in (${oneOf(incotermRules)})),
  incoterms_place text,
  wanted_on date,
  payment_days integer check (payment_days between 0 and 365),
  note text,
  check ((incoterms is null) = (incoterms_place is null))
);
${tenantTable('core.rfq_content', {
  select: readsContent('rfq_content.rfq_id'),
  insert: isDraft('rfq_content.rfq_id'),
  update: isDraft('rfq_content.rfq_id'),
})}

create table core.rfq_line (
  id uuid primary key,
  rfq_id uuid not null references core.rfq (id),
  position integer not null,
  description text not null,
  specification jsonb,
  unit text not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  breaks text[] not null,
  note text,
  unique (rfq_id, position),
  unique (rfq_id, id)
);
${tenantTable('core.rfq_line', { select: readsContent('rfq_line.rfq_id'), insert: isDraft('rfq_line.rfq_id'), delete: isDraft('rfq_line.rfq_id') })}

-- A drawing or file of a line: its name and the SHA-256 under which \`files\` keeps its content.
create table core.rfq_line_file (
  rfq_id uuid not null,
  line_id uuid not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (line_id, name),
  foreign key (rfq_id, line_id) references core.rfq_line (rfq_id, id) on delete cascade
);
create index rfq_line_file_rfq on core.rfq_line_file (rfq_id);
create index rfq_line_file_content on core.rfq_line_file (sha256);
${tenantTable('core.rfq_line_file', { select: readsContent('rfq_line_file.rfq_id'), insert: isDraft('rfq_line_file.rfq_id') })}

-- The buyer's own estimate of what importing from one supplier costs, in percent; that supplier never reads it.
create table core.rfq_assessment (
  invitation_id uuid primary key references core.rfq_invitation (id),
  rfq_id uuid not null references core.rfq (id),
  buyer uuid not null,
  duty_rate numeric(9, 6) not null check (duty_rate between 0 and 1000)
);
${tenantTable('core.rfq_assessment', {
  select: `buyer = ${currentOrganization}`,
  insert: `buyer = ${currentOrganization} and ${isParty('rfq_id', "'buyer'")}`,
  update: `buyer = ${currentOrganization}`,
  updatable: ['duty_rate'],
})}
`;

const questions = `
create table core.rfq_question (
  id uuid primary key,
  invitation_id uuid not null,
  rfq_id uuid not null,
  buyer uuid not null,
  supplier uuid not null,
  text text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  answer text,
  answered_at timestamptz,
  to_all boolean not null default false,
  foreign key (invitation_id, rfq_id, buyer, supplier) references core.rfq_invitation (id, rfq_id, buyer, supplier)
);
create index rfq_question_rfq on core.rfq_question (rfq_id, asked_at, id);
create index rfq_question_invitation on core.rfq_question (invitation_id, asked_at, id);
${tenantTable('core.rfq_question', {
  select: `supplier = ${currentOrganization} or buyer = ${currentOrganization}`,
  insert: `supplier = ${currentOrganization} and ${isParty('invitation_id', "'supplier'")}`,
  update: `buyer = ${currentOrganization}`,
  updatable: ['answer', 'answered_at', 'to_all'],
})}

-- What every admitted supplier reads: question and answer under an id and a number of their own, and no asker.
create table core.rfq_answer (
  id uuid primary key,
  rfq_id uuid not null references core.rfq (id),
  number integer not null,
  question text not null,
  answer text not null,
  answered_at timestamptz not null,
  unique (rfq_id, number)
);
${tenantTable('core.rfq_answer', { select: readsContent('rfq_answer.rfq_id'), insert: isParty('rfq_id', "'buyer'") })}
`;

const quotes = `
create table core.rfq_quote (
  id uuid primary key references core.record (id),
  invitation_id uuid not null,
  rfq_id uuid not null,
  buyer uuid not null,
  supplier uuid not null,
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(quoteStates.filter((state) => state !== 'expired'))})),
  revision integer not null,
  valid_until timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  foreign key (invitation_id, rfq_id, buyer, supplier) references core.rfq_invitation (id, rfq_id, buyer, supplier),
  constraint rfq_quote_invitation unique (invitation_id),
  constraint rfq_quote_number unique (supplier, number)
);
create index rfq_quote_rfq on core.rfq_quote (rfq_id);
${tenantTable('core.rfq_quote', {
  select: `supplier = ${currentOrganization} or buyer = ${currentOrganization} or ${sees('rfq_quote.id')}`,
  insert: `supplier = ${currentOrganization} and ${isParty('id', "'supplier'")}`,
  update: isParty('id'),
  updatable: ['version', 'state', 'revision', 'valid_until', 'changed_at'],
})}

-- What was submitted is kept: a revision is a new row.
create table core.rfq_quote_revision (
  quote_id uuid not null references core.rfq_quote (id),
  revision integer not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  incoterms text not null check (incoterms in (${oneOf(incotermRules)})),
  incoterms_place text not null,
  payment_days integer not null check (payment_days between 0 and 365),
  tax_rate numeric(9, 6) not null check (tax_rate between 0 and 100),
  freight numeric(18, 6) not null check (freight >= 0),
  valid_until timestamptz not null,
  note text,
  submitted_at timestamptz not null,
  submitted_by text not null,
  primary key (quote_id, revision)
);
${tenantTable('core.rfq_quote_revision', { select: sees('quote_id'), insert: isParty('quote_id', "'supplier'") })}

create table core.rfq_quote_line (
  quote_id uuid not null,
  revision integer not null,
  line_id uuid not null references core.rfq_line (id),
  tooling numeric(18, 6) not null check (tooling >= 0),
  minimum_lot numeric(18, 6) check (minimum_lot > 0),
  lead_days integer not null check (lead_days between 0 and 1000),
  note text,
  primary key (quote_id, revision, line_id),
  foreign key (quote_id, revision) references core.rfq_quote_revision (quote_id, revision)
);
${tenantTable('core.rfq_quote_line', { select: sees('quote_id'), insert: isParty('quote_id', "'supplier'") })}

create table core.rfq_quote_price (
  quote_id uuid not null,
  revision integer not null,
  line_id uuid not null,
  from_quantity numeric(18, 6) not null check (from_quantity > 0),
  unit_price numeric(18, 6) not null check (unit_price >= 0),
  primary key (quote_id, revision, line_id, from_quantity),
  foreign key (quote_id, revision, line_id) references core.rfq_quote_line (quote_id, revision, line_id)
);
${tenantTable('core.rfq_quote_price', { select: sees('quote_id'), insert: isParty('quote_id', "'supplier'") })}

-- Dated rates that an organization reckons with. A rate is never changed: of one day, the one entered last counts.
create table core.rfq_rate (
  id uuid primary key,
  organization uuid not null,
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null check (to_currency ~ '^[A-Z]{3}$' and to_currency <> from_currency),
  as_of date not null,
  rate numeric(18, 6) not null check (rate > 0),
  source text not null,
  entered_at timestamptz not null,
  entered_by text not null
);
create index rfq_rate_latest on core.rfq_rate (organization, from_currency, to_currency, as_of desc, entered_at desc, id desc);
create index rfq_rate_recent on core.rfq_rate (organization, entered_at desc, id desc);
${tenantTable('core.rfq_rate', { select: `organization = ${currentOrganization}`, insert: `organization = ${currentOrganization}` })}
`;

/** The award ledger: the buyer's own. `rfq_balance` holds the sums; its check is the last word against awarding more than asked. */
const awards = `
create table core.rfq_balance (
  line_id uuid primary key references core.rfq_line (id) on delete cascade,
  rfq_id uuid not null,
  buyer uuid not null,
  asked numeric(18, 6) not null,
  awarded numeric(30, 6) not null default 0 check (awarded between 0 and asked)
);
create index rfq_balance_rfq on core.rfq_balance (rfq_id);
${tenantTable('core.rfq_balance', { select: `buyer = ${currentOrganization}` })}

create function core.open_rfq_balance() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into core.rfq_balance (line_id, rfq_id, buyer, asked) select new.id, new.rfq_id, r.buyer, new.quantity from core.rfq r where r.id = new.rfq_id;
  return null;
end $$;
create trigger rfq_balance_opened after insert on core.rfq_line for each row execute function core.open_rfq_balance();

-- Append-only. A negative entry gives back what the order line no longer holds.
create table core.rfq_award (
  id uuid primary key,
  rfq_id uuid not null,
  buyer uuid not null,
  line_id uuid not null,
  quote_id uuid not null references core.rfq_quote (id),
  revision integer not null,
  order_id uuid not null references core.shared_order (id),
  order_line_id uuid not null,
  quantity numeric(18, 6) not null check (quantity <> 0),
  reason text,
  entered_at timestamptz not null,
  entered_by text not null,
  check ((quantity < 0) = (reason is not null)),
  foreign key (rfq_id, line_id) references core.rfq_line (rfq_id, id),
  foreign key (quote_id, revision) references core.rfq_quote_revision (quote_id, revision),
  foreign key (order_id, order_line_id) references core.order_line (order_id, id)
);
create index rfq_award_rfq on core.rfq_award (rfq_id, entered_at, id);
create index rfq_award_order on core.rfq_award (order_id);
create index rfq_award_quote on core.rfq_award (quote_id);
create index rfq_award_order_line on core.rfq_award (order_line_id);
${tenantTable('core.rfq_award', {
  select: `buyer = ${currentOrganization}`,
  insert: `buyer = ${currentOrganization} and ${isParty('rfq_id', "'buyer'")} and ${isParty('order_id', "'buyer'")} and quantity > 0`,
})}

create function core.keep_rfq_balance() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update core.rfq_balance b set awarded = b.awarded + new.quantity where b.line_id = new.line_id;
  return null;
end $$;
create trigger rfq_balance_kept after insert on core.rfq_award for each row execute function core.keep_rfq_balance();

-- Gives back whatever is awarded to this order beyond what its lines still hold, as the order itself says: nobody names a
-- quantity. It runs inside the move that ends the order or cuts a line, whichever side makes it, so it cannot be lost.
create function core.release_rfq_awards(of_order uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  request core.rfq;
  given record;
begin
  select r.* into request from core.rfq r where r.id = (select a.rfq_id from core.rfq_award a where a.order_id = of_order limit 1) for no key update;
  if request.id is null then return; end if;
  for given in
    with held as (
      select a.line_id, a.quote_id, a.revision, a.order_line_id, o.state, sum(a.quantity) as awarded,
        case when o.state in ('declined', 'withdrawn') then 0 else l.ordered end as live
      from core.rfq_award a join core.order_line l on l.id = a.order_line_id join core.shared_order o on o.id = a.order_id
      where a.order_id = of_order group by a.line_id, a.quote_id, a.revision, a.order_line_id, o.state, l.ordered
    )
    select * from held where awarded > live
  loop
    insert into core.rfq_award (id, rfq_id, buyer, line_id, quote_id, revision, order_id, order_line_id, quantity, reason, entered_at, entered_by)
    values (core.new_id(), request.id, request.buyer, given.line_id, given.quote_id, given.revision, of_order, given.order_line_id,
      given.live - given.awarded, case when given.live = 0 and given.state in ('declined', 'withdrawn') then given.state else 'reduced' end, at, 'order');
    update core.rfq_quote q set state = 'submitted', version = q.version + 1, changed_at = at
      where q.id = given.quote_id and q.state = 'awarded' and not exists (
        select from core.rfq_award a where a.quote_id = q.id group by a.order_line_id having sum(a.quantity) > 0);
  end loop;
  if not found then return; end if;
  update core.rfq r set version = r.version + 1, changed_at = at where r.id = request.id;
  perform core.write_event(core.new_id(), 'rfq.award_released', request.id, request.buyer, e.visible_to,
    jsonb_build_object('number', request.number, 'state', request.state, 'version', request.version + 1), 'system', 'platform', 'Yunfab', at)
    from core.record e where e.id = request.id;
end $$;

create function core.release_rfq_awards_of_order() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform core.release_rfq_awards(new.id, new.changed_at);
  return null;
end $$;
create trigger rfq_award_released after update of state on core.shared_order
  for each row when (new.state is distinct from old.state and new.state in ('declined', 'withdrawn')) execute function core.release_rfq_awards_of_order();

create function core.release_rfq_awards_of_line() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform core.release_rfq_awards(new.order_id, clock_timestamp());
  return null;
end $$;
create trigger rfq_award_cut after update of ordered on core.order_line
  for each row when (new.ordered < old.ordered) execute function core.release_rfq_awards_of_line();
revoke all on function core.open_rfq_balance(), core.keep_rfq_balance(), core.release_rfq_awards(uuid, timestamptz),
  core.release_rfq_awards_of_order(), core.release_rfq_awards_of_line() from public;
`;

/**
 * An admitted supplier reads the drawings at its own invitation: they are named there when it is invited without confidentiality
 * terms, or when it accepts them. Only what a line names is: whatever else the buyer keeps at its RFQ stays with the buyer.
 */
const drawings = `
create function core.open_rfq_drawings() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into core.record_file (id, record_id, sha256, organization, name, role, revision, size, media_type, attached_by, attached_at)
  select core.new_id(), new.id, f.sha256, f.organization, f.name, f.role, f.revision, f.size, f.media_type, f.attached_by, new.changed_at
  from core.record_file f where f.record_id = new.rfq_id and f.organization = new.buyer and f.superseded_at is null and exists (
    select 1 from core.rfq_line_file l where l.rfq_id = new.rfq_id and l.sha256 = f.sha256 and l.name = f.name)
  on conflict do nothing;
  return null;
end $$;
revoke all on function core.open_rfq_drawings() from public;
create trigger rfq_drawings_opened after insert on core.rfq_invitation
  for each row when (new.confidentiality_version is null) execute function core.open_rfq_drawings();
create trigger rfq_drawings_accepted after update of accepted_at on core.rfq_invitation
  for each row when (old.accepted_at is null and new.accepted_at is not null) execute function core.open_rfq_drawings();
`;

/** A drawing's revision, and the contract terms that a supplier reads before it quotes under them. */
const termsAndRevisions = `
alter table core.rfq_line_file add column revision text check (length(revision) between 1 and 60);

create table core.rfq_terms (
  rfq_id uuid not null references core.rfq (id),
  terms_id uuid not null references core.terms_version (id),
  position integer not null,
  primary key (rfq_id, terms_id)
);
create index rfq_terms_terms on core.rfq_terms (terms_id);
${tenantTable('core.rfq_terms', {
  select: readsContent('rfq_terms.rfq_id'),
  insert: `${isDraft('rfq_terms.rfq_id')} and core.may_attach_terms(terms_id)`,
  delete: isDraft('rfq_terms.rfq_id'),
})}
alter policy core_terms_version_select on core.terms_version using (
  organization = ${currentOrganization} or (published_at is not null and (platform
    or exists (select 1 from core.order_terms t where t.terms_id = terms_version.id)
    or exists (select 1 from core.rfq_terms t where t.terms_id = terms_version.id))));
`;

export const rfqMigrations: Migrations = {
  '0052-rfq': sqlMigration(requests + questions + quotes + awards),
  '0061-rfq-drawings': sqlMigration(drawings),
  '0063-rfq-terms': sqlMigration(termsAndRevisions),
};
