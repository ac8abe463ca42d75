import { type Migrations, roles, sqlMigration } from '../../database/index.js';

type Move = readonly [from: string, to: string, side: 'buyer' | 'supplier' | 'either'];

// As the tables of states were when this migration was written; own-moves.test.ts tells when they have another move.
const orderMoves: readonly Move[] = [
  ['proposed', 'confirmed', 'supplier'],
  ['proposed', 'declined', 'supplier'],
  ['proposed', 'withdrawn', 'buyer'],
  ['confirmed', 'in_production', 'supplier'],
  ['in_production', 'in_delivery', 'supplier'],
  ['settled', 'closed', 'buyer'],
  ...(['confirmed', 'in_production', 'in_delivery'] as const).map((from): Move => [from, 'on_hold', 'either']),
  ...(['in_production', 'in_delivery', 'closed'] as const).map((from): Move => [from, 'disputed', 'either']),
  ...(['confirmed', 'in_production', 'in_delivery', 'on_hold'] as const).map((from): Move => [from, 'defaulted', 'buyer']),
  ['closed', 'settled', 'either'],
];
/** Where `on_hold` and `disputed` may lead back to. */
const resumed: readonly Move[] = [
  ...orderMoves.filter(([, to]) => to === 'on_hold' || to === 'disputed').map(([from, to, side]): Move => [to, from, side]),
];
const agreedEnds: readonly (readonly [from: string, to: string, kind: 'cancellation' | 'short_close'])[] = [
  ...(['confirmed', 'in_production', 'on_hold', 'disputed'] as const).map((from) => [from, 'canceled', 'cancellation'] as const),
  ...(['in_production', 'in_delivery', 'on_hold', 'disputed'] as const).map((from) => [from, 'closed', 'short_close'] as const),
];
const statementMoves: readonly Move[] = [
  ['draft', 'sent', 'supplier'],
  ['sent', 'confirmed', 'either'],
  ['draft', 'canceled', 'either'],
  ['sent', 'canceled', 'either'],
  ['confirmed', 'paid', 'buyer'],
  ['paid', 'confirmed', 'supplier'],
  ['paid', 'settled', 'supplier'],
];

const values = (rows: readonly (readonly string[])[]) => `(values ${rows.map((row) => `('${row.join("', '")}')`).join(', ')})`;

const states = `
-- What is agreed was proposed by the other side, and this one has just accepted it.
create function core.agreed_end(of_order uuid, change uuid, of_kind text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from core.order_change c where c.id = change and c.order_id = of_order and c.kind = of_kind
    and c.state = 'accepted' and c.organization <> core.organization())
$$;

create function core.order_may_move(was core.shared_order, is_now core.shared_order, side text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from ${values(orderMoves)} as m (from_state, to_state, mover)
      where m.from_state = was.state and m.to_state = is_now.state and m.mover in (side, 'either'))
    or (was.state = 'in_delivery' and is_now.state = 'closed' and side = 'buyer')
    or (coalesce(was.held_by, was.disputed_by) = side and was.resumes_to = is_now.state
      and exists (select from ${values(resumed)} as m (from_state, to_state, mover) where m.from_state = was.state and m.to_state = is_now.state))
    or exists (select from ${values(agreedEnds)} as m (from_state, to_state, change_kind)
      where m.from_state = was.state and m.to_state = is_now.state and core.agreed_end(was.id, was.change_id, m.change_kind))
$$;

-- What the lines have to say for themselves when an order ends.
create function core.lines_allow(was core.shared_order, is_now core.shared_order) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not exists (select from core.order_line l where l.order_id = is_now.id and case
    when is_now.state = 'settled' then l.invoiced <> l.accepted + l.conceded - l.returned
    when is_now.state = 'canceled' then l.shipped > 0
    when is_now.state = 'closed' and was.state not in ('settled', 'disputed') then l.received <> l.shipped
      or l.accepted + l.conceded + l.rejected <> l.received
      or (l.accepted + l.conceded - l.returned < l.ordered * (1 - l.under_tolerance / 100)
        and not core.agreed_end(was.id, was.change_id, 'short_close'))
    else false end)
$$;
revoke all on function core.agreed_end(uuid, uuid, text), core.order_may_move(core.shared_order, core.shared_order, text),
  core.lines_allow(core.shared_order, core.shared_order) from public;

create function core.keep_order_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  side text := case author when new.buyer then 'buyer' when new.supplier then 'supplier' end;
begin
  if author is null then return new; end if;
  if tg_op = 'INSERT' then
    if new.state <> 'proposed' or new.change_id is not null then
      raise exception 'an order begins as proposed' using errcode = '42501';
    end if;
    return new;
  end if;
  if new.change_id is distinct from old.change_id and new.change_id is not null and not exists (select from core.order_change c
      where c.id = new.change_id and c.order_id = new.id and c.state = 'proposed' and c.organization = author and c.kind = new.change_kind and c.side = new.change_by)
    or new.change_id is not distinct from old.change_id and (new.change_kind, new.change_by) is distinct from (old.change_kind, old.change_by) then
    raise exception 'a change order of order % is proposed by whoever asks for it', old.number using errcode = '42501';
  end if;
  if new.state = old.state then
    if (new.resumes_to, new.held_by, new.disputed_by) is distinct from (old.resumes_to, old.held_by, old.disputed_by) then
      raise exception 'who stopped order % is not changed', old.number using errcode = '42501';
    end if;
    return new;
  end if;
  if new.state in ('on_hold', 'disputed') and (new.resumes_to is distinct from old.state or coalesce(new.held_by, new.disputed_by) is distinct from side)
    or not core.order_may_move(old, new, side) or not core.lines_allow(old, new) then
    raise exception 'order % does not go from % to % by its %', old.number, old.state, new.state, side using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_order_moves() from public;
create trigger order_moves before insert or update of state, resumes_to, held_by, disputed_by, change_id, change_kind, change_by on core.shared_order
  for each row execute function core.keep_order_moves();
-- Only a trigger says whether terms are open.
revoke update (terms_open) on core.shared_order from ${roles.runtime};

create function core.keep_change_sides() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
begin
  if author is null then return new; end if;
  if tg_op = 'INSERT' and new.state <> 'proposed'
    or tg_op = 'UPDATE' and (old.state <> 'proposed' or new.state in ('accepted', 'declined') and old.organization = author
      or new.state = 'withdrawn' and old.organization <> author) then
    raise exception 'change order % is not this side''s to answer', new.number using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_change_sides() from public;
create trigger order_change_sides before insert or update on core.order_change for each row execute function core.keep_change_sides();
`;

/** Rounded half even, as `priced` of measure/money.ts does. */
const amounts = `
create function core.line_amount(quantity numeric, unit_price numeric, currency text) returns numeric
language sql immutable set search_path = pg_catalog as $$
  select case when abs(v.minor - trunc(v.minor)) = 0.5 then 2 * round(v.minor / 2) else round(v.minor) end / v.units
  from (select quantity * unit_price * u.units as minor, u.units from (select case when currency in ('JPY', 'KRW') then 1 else 100 end::numeric as units) u) v
$$;
revoke all on function core.line_amount(numeric, numeric, text) from public;

-- An amount is never written, only reckoned: of what is ordered now, or of the quantity of a new line.
create function core.keep_line_amount() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  owner_order core.shared_order;
begin
  if core.organization() is null then return new; end if;
  select o.* into owner_order from core.shared_order o where o.id = new.order_id;
  if tg_op = 'INSERT' and not core.agrees(new.order_id, owner_order.change_id) then
    raise exception 'order % has the lines that both sides agreed', owner_order.number using errcode = '42501';
  end if;
  if (tg_op = 'INSERT' or new.amount <> old.amount)
    and new.amount <> core.line_amount(case tg_op when 'INSERT' then new.quantity else new.ordered end, new.unit_price, owner_order.currency) then
    raise exception 'line % of order % does not amount to %', new.position, owner_order.number, new.amount using errcode = '42501';
  end if;
  return new;
end $$;
create trigger order_line_amount before insert or update of amount on core.order_line for each row execute function core.keep_line_amount();

create function core.keep_order_total() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if core.organization() is not null
    and (select o.total <> (select coalesce(sum(l.amount), 0) from core.order_line l where l.order_id = o.id) from core.shared_order o where o.id = new.id) then
    raise exception 'the total of order % is the sum of its lines', new.number using errcode = '42501';
  end if;
  return null;
end $$;
-- At the end of the transaction: an order is written before its lines.
create constraint trigger order_total_sum after insert or update of total on core.shared_order deferrable initially deferred
  for each row execute function core.keep_order_total();
revoke all on function core.keep_line_amount(), core.keep_order_total() from public;
`;

const entries = `
-- What both sides agree on is entered by whoever agrees last: ordered by the buyer of a proposal or by an accepted change order,
-- given up by the buyer of an order in default, invoiced by a line that both sides have confirmed.
create function core.keep_agreed_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  of_order core.shared_order;
begin
  if author is null then return null; end if;
  if new.kind = 'invoiced' then
    if not exists (select from core.statement_line l join core.statement s on s.id = l.statement_id where l.entry_id = new.id
        and l.state = 'confirmed' and s.state in ('confirmed', 'paid', 'settled')
        and (l.order_line_id, l.shipment_line_id, l.quantity) = (new.line_id, new.shipment_line_id, new.quantity)) then
      raise exception 'entry % is billed by no statement that both sides confirmed', new.id using errcode = '42501';
    end if;
    return null;
  end if;
  select o.* into of_order from core.shared_order o where o.id = new.order_id;
  if not (of_order.buyer = author and (of_order.state = 'proposed' or of_order.state = 'defaulted' and new.quantity < 0))
    and not exists (select from core.order_change c where c.order_id = new.order_id and c.state = 'accepted' and c.organization <> author
      and c.xmin = pg_current_xact_id()::xid) then
    raise exception 'line % of order % is ordered as both sides agreed', new.line_id, of_order.number using errcode = '42501';
  end if;
  return null;
end $$;
revoke all on function core.keep_agreed_entry() from public;
create constraint trigger order_entry_agreed after insert on core.order_entry deferrable initially deferred
  for each row when (new.kind in ('ordered', 'invoiced')) execute function core.keep_agreed_entry();
`;

const statements = `
create function core.keep_statement_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  side text := case author when new.buyer then 'buyer' when new.supplier then 'supplier' end;
  kept record;
begin
  if author is null then return new; end if;
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then raise exception 'a statement begins as a draft' using errcode = '42501'; end if;
    return new;
  end if;
  if old.confirmed_at is not null and (new.number, new.net, new.tax, new.gross, new.deducted, new.line_count, new.sent_at, new.confirmed_at, new.due_on)
      is distinct from (old.number, old.net, old.tax, old.gross, old.deducted, old.line_count, old.sent_at, old.confirmed_at, old.due_on)
    or new.state = old.state and (new.paid_on, new.payment_reference, new.paid_at, new.settled_at)
      is distinct from (old.paid_on, old.payment_reference, old.paid_at, old.settled_at) then
    raise exception 'statement % is confirmed', old.number using errcode = '42501';
  end if;
  if new.state = old.state then return new; end if;
  if not exists (select from ${values(statementMoves)} as m (from_state, to_state, mover)
      where m.from_state = old.state and m.to_state = new.state and m.mover in (side, 'either')) then
    raise exception 'statement % does not go from % to % by its %', old.number, old.state, new.state, side using errcode = '42501';
  end if;
  if old.state = 'sent' and new.state = 'confirmed' then
    select count(*) as lines, coalesce(bool_and(l.state = 'confirmed' and (l.kind not in ('goods', 'credit') or l.entry_id is not null)), false) as agreed,
      coalesce(sum(l.net), 0) as net, coalesce(sum(l.tax), 0) as tax, coalesce(sum(l.gross), 0) as gross,
      coalesce(sum(l.gross) filter (where l.kind = 'deduction'), 0) as deducted
      into kept from core.statement_line l where l.statement_id = new.id and l.state <> 'excluded';
    if not kept.agreed or (kept.lines, kept.net, kept.tax, kept.gross, kept.deducted)
        is distinct from (new.line_count::bigint, new.net, new.tax, new.gross, new.deducted) then
      raise exception 'statement % is not what both sides confirmed', old.number using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
revoke all on function core.keep_statement_moves() from public;
create trigger statement_moves before insert or update on core.statement for each row execute function core.keep_statement_moves();
`;

const quotes = `
-- A revision is written whole, in the transaction that submits it.
create function core.keep_quote_revision() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if core.organization() is not null and not exists (select from core.rfq_quote_revision r
      where r.quote_id = new.quote_id and r.revision = new.revision and r.xmin = pg_current_xact_id()::xid) then
    raise exception 'revision % of the quote is submitted', new.revision using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_quote_revision() from public;
create trigger rfq_quote_line_submitted before insert on core.rfq_quote_line for each row execute function core.keep_quote_revision();
create trigger rfq_quote_price_submitted before insert on core.rfq_quote_price for each row execute function core.keep_quote_revision();
`;

/** Allocations are locked oldest first by everybody, as `lockAllocationsOfSubLines` does, all that a step needs at once. */
const locks = `
create or replace function core.trim_allocations() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  each record;
  excess numeric;
  pass integer;
begin
  perform from core.order_allocation a
    where (new.ordered < old.ordered and a.sub_line_id = new.id) or (new.allocated < old.allocated and a.line_id = new.id and a.sub_line_id is not null)
    order by a.created_at, a.id for no key update;
  if new.ordered < old.ordered then
    for pass in 1..2 loop
      for each in select a.id, a.quantity - a.released as live, a.credited from core.order_allocation a
          where a.sub_line_id = new.id and a.quantity > a.released order by a.created_at desc, a.id desc loop
        select coalesce(sum(a.quantity - a.released), 0) - new.ordered into excess from core.order_allocation a where a.sub_line_id = new.id;
        exit when excess <= 0;
        update core.order_allocation a set released = a.released
          + least(excess, case pass when 1 then greatest(each.live - each.credited, 0) else each.live end) where a.id = each.id;
      end loop;
    end loop;
  end if;
  if new.allocated < old.allocated then
    for pass in 1..2 loop
      for each in select a.id, a.first_operation, a.last_operation, a.quantity - a.released as live, a.credited from core.order_allocation a
          where a.line_id = new.id and a.sub_line_id is not null and a.quantity > a.released order by a.created_at desc, a.id desc loop
        excess := core.allocation_cover(new.id, each.first_operation, each.last_operation) - new.allocated;
        continue when excess <= 0;
        update core.order_allocation a set released = a.released
          + least(excess, case pass when 1 then greatest(each.live - each.credited, 0) else each.live end) where a.id = each.id;
      end loop;
    end loop;
  end if;
  return null;
end $$;

create or replace function core.release_allocations() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from core.order_allocation a where a.sub_order_id = new.id order by a.created_at, a.id for no key update;
  update core.order_allocation a
    set released = case new.state when 'closed' then greatest(a.released, a.quantity - a.credited) else a.quantity end
    where a.sub_order_id = new.id and a.released < a.quantity;
  return null;
end $$;
`;

/** After `0062-own-side`: which side makes which move, and what is reckoned is not written. */
export const ownMoveMigrations: Migrations = {
  '0066-own-moves': sqlMigration(states + amounts + entries + statements + quotes + locks),
};
