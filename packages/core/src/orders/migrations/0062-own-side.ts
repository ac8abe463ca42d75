import { currentOrganization, isParty, type Migrations, sqlMigration } from '../../database/index.js';

/** A policy says who may write a row that two sides share; these say which of its columns are whose. */
const terms = `
-- What both sides agreed becomes something else by a change order that the other side proposed and this one has just accepted.
create function core.agrees(of_order uuid, change uuid) returns boolean
language sql stable set search_path = pg_catalog as $$
  select core.organization() is null or exists (select from core.order_change c
    where c.id = change and c.order_id = of_order and c.kind = 'terms' and c.state = 'accepted' and c.organization <> core.organization())
$$;
revoke all on function core.agrees(uuid, uuid) from public;

create function core.keep_agreed_line() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (new.description, new.specification, new.specification_version, new.quantity, new.unit_price, new.due_on, new.tax_rate, new.over_tolerance,
      new.under_tolerance) is distinct from (old.description, old.specification, old.specification_version, old.quantity, old.unit_price,
      old.due_on, old.tax_rate, old.over_tolerance, old.under_tolerance)
    and not core.agrees(new.order_id, (select o.change_id from core.shared_order o where o.id = new.order_id)) then
    raise exception 'line % is as both sides agreed', old.position using errcode = '42501';
  end if;
  return new;
end $$;
create trigger order_line_agreed before update of description, specification, specification_version, quantity, unit_price, due_on, tax_rate,
  over_tolerance, under_tolerance on core.order_line for each row execute function core.keep_agreed_line();

create function core.keep_agreed_order() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (new.due_on, new.incoterms, new.incoterms_place, new.payment_days) is distinct from
     (old.due_on, old.incoterms, old.incoterms_place, old.payment_days) and not core.agrees(new.id, old.change_id) then
    raise exception 'the order is as both sides agreed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger order_agreed before update of due_on, incoterms, incoterms_place, payment_days on core.shared_order
  for each row execute function core.keep_agreed_order();
revoke all on function core.keep_agreed_line(), core.keep_agreed_order() from public;
`;

const requests = `
alter table core.rfq add constraint rfq_of_buyer unique (id, buyer);
alter table core.rfq_invitation add constraint rfq_invitation_buyer foreign key (rfq_id, buyer) references core.rfq (id, buyer);

create function core.keep_invitation_sides() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if (new.respond_by, new.standing) is distinct from (old.respond_by, old.standing) and core.organization() <> old.buyer
    or (new.state, new.accepted_at, new.accepted_by, new.reason) is distinct from (old.state, old.accepted_at, old.accepted_by, old.reason)
      and core.organization() <> old.supplier then
    raise exception 'this of the invitation is the other side''s to say' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger rfq_invitation_sides before update on core.rfq_invitation for each row execute function core.keep_invitation_sides();

create function core.keep_quote_sides() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if ((new.revision, new.valid_until) is distinct from (old.revision, old.valid_until) or (new.state = 'withdrawn' and old.state <> 'withdrawn'))
      and core.organization() <> old.supplier
    or new.state is distinct from old.state and (new.state in ('awarded', 'lost') or old.state = 'lost') and core.organization() <> old.buyer then
    raise exception 'this of the quote is the other side''s to say' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger rfq_quote_sides before update on core.rfq_quote for each row execute function core.keep_quote_sides();
revoke all on function core.keep_invitation_sides(), core.keep_quote_sides() from public;
`;

const statements = `
-- Each side confirms for itself, and figures that one side has confirmed are not changed under its name.
create function core.keep_statement_sides() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  sides core.statement;
  made boolean := tg_op = 'INSERT';
  other_figures boolean := false;
begin
  select s.* into sides from core.statement s where s.id = new.statement_id;
  if not made then
    other_figures := (new.quantity, new.unit, new.unit_price, new.net, new.tax_rate, new.tax, new.gross) is distinct from
      (old.quantity, old.unit, old.unit_price, old.net, old.tax_rate, old.tax, old.gross);
  end if;
  if new.buyer_confirmed_at is not null and core.organization() <> sides.buyer
      and (made or other_figures or new.buyer_confirmed_at is distinct from old.buyer_confirmed_at)
    or new.supplier_confirmed_at is not null and core.organization() <> sides.supplier
      and (made or other_figures or new.supplier_confirmed_at is distinct from old.supplier_confirmed_at) then
    raise exception 'the other side confirms line % of statement % itself', new.position, sides.number using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_statement_sides() from public;
create trigger statement_line_sides before insert or update on core.statement_line for each row execute function core.keep_statement_sides();

drop policy core_statement_claim_insert on core.statement_claim;
create policy core_statement_claim_insert on core.statement_claim for insert with check (${isParty('statement_id')} and exists (
  select 1 from core.shipment_line l join core.shared_order o on o.id = l.order_id join core.statement s on s.buyer = o.buyer and s.supplier = o.supplier
  where l.id = shipment_line_id and s.id = statement_id));
`;

const counterparties = `
drop policy core_order_rating_insert on core.order_rating;
create policy core_order_rating_insert on core.order_rating for insert with check (organization = ${currentOrganization}
  and ${isParty('order_id', 'side')} and reply is null
  and exists (select 1 from core.party p where p.record_id = order_id and p.organization = rated));
drop policy core_complaint_insert on core.complaint;
create policy core_complaint_insert on core.complaint for insert with check (complainant = ${currentOrganization}
  and ${isParty('order_id')} and ${isParty('complaint.id')}
  and exists (select 1 from core.party p where p.record_id = order_id and p.organization = respondent));
drop policy core_order_allocation_insert on core.order_allocation;
create policy core_order_allocation_insert on core.order_allocation for insert with check (supplier = ${currentOrganization}
  and ${isParty('order_id', "'supplier'")} and (sub_order_id is null or ${isParty('sub_order_id', "'buyer'")}));
`;

/** What is only proposed is still its buyer's to write. */
const proposals = `
create or replace function core.agrees(of_order uuid, change uuid) returns boolean
language sql stable set search_path = pg_catalog as $$
  select core.organization() is null
    or exists (select from core.shared_order o where o.id = of_order and o.state = 'proposed' and o.buyer = core.organization())
    or exists (select from core.order_change c
      where c.id = change and c.order_id = of_order and c.kind = 'terms' and c.state = 'accepted' and c.organization <> core.organization())
$$;
`;

export const ownSideMigrations: Migrations = {
  '0062-own-side': sqlMigration(terms + requests + statements + counterparties),
  '0063-own-proposals': sqlMigration(proposals),
};
