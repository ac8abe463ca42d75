import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * Every list of orders reads a bounded piece of one btree of `order_party`: lists by state look into each pair of side and
 * state for one page and merge them, so that a rare state costs no more than a frequent one.
 */
const lists = `
alter table core.order_party add column due_on date, add column words text;
update core.order_party p set due_on = o.due_on, words = lower(o.number || chr(10) || o.description)
  from core.shared_order o where o.id = p.order_id;
alter table core.order_party alter column due_on set not null, alter column words set not null;

create or replace function core.keep_order_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  spelled text := lower(new.number || chr(10) || new.description);
begin
  if tg_op = 'INSERT' then
    insert into core.order_party (organization, order_id, role, state, changed_at, due_on, words, counterparty) values
      (new.buyer, new.id, 'buyer', new.state, new.changed_at, new.due_on, spelled, new.supplier),
      (new.supplier, new.id, 'supplier', new.state, new.changed_at, new.due_on, spelled, new.buyer);
  else
    update core.order_party p set state = new.state, changed_at = new.changed_at, due_on = new.due_on, words = spelled
      where p.order_id = new.id;
  end if;
  return null;
end $$;
drop trigger order_party_kept on core.shared_order;
create trigger order_party_kept after insert or update of state, changed_at, due_on, number, description on core.shared_order
  for each row execute function core.keep_order_party();

-- By bytes, so that a prefix is a range of it whatever the database's own order is; uniqueness is the same.
alter table core.order_party drop constraint order_party_own_number;
create unique index order_party_own_number on core.order_party (organization, own_number collate "C");
drop index core.order_party_by_state, core.order_party_by_role;
create index order_party_due on core.order_party (organization, role, state, due_on, order_id);
create index order_party_counterparty on core.order_party (organization, counterparty, role, state, changed_at desc, order_id desc);
create index order_party_counterparty_due on core.order_party (organization, counterparty, role, state, due_on, order_id);

-- What a text is part of, newest first. Under row-level security a text would be compared for every row after every other
-- condition; this reads the entered organization itself, the caller names none. It looks through no more than at_once orders:
-- the last row is then where it stopped (hit is false), and the search goes on after it.
create function core.search_orders(wanted text, side text, states text[], other uuid, due_from date, due_to date,
  before_at timestamptz, before_id uuid, most integer, at_once integer) returns table (order_id uuid, changed_at timestamptz, hit boolean)
-- Without the two settings the planner sorts all rows before the first is looked at.
language plpgsql stable security definer set search_path = pg_catalog set enable_sort = off set enable_bitmapscan = off as $$
declare
  looked integer := 0;
  hits integer := 0;
begin
  for order_id, changed_at, hit in execute
    'select p.order_id, p.changed_at, (position($2 in p.words) > 0 or position($2 in lower(p.own_number)) > 0) is true'
    || case when side is null then '' else ' and p.role = $3' end
    || case when states is null then '' else ' and p.state = any ($4)' end
    || case when other is null then '' else ' and p.counterparty = $5' end
    || case when due_from is null then '' else ' and p.due_on >= $6' end
    || case when due_to is null then '' else ' and p.due_on <= $7' end
    || ' from core.order_party p where p.organization = $1'
    || case when before_at is null then '' else ' and (p.changed_at, p.order_id) < ($8, $9)' end
    || ' order by p.changed_at desc, p.order_id desc limit $10'
    using core.organization(), lower(wanted), side, states, other, due_from, due_to, before_at, before_id, at_once
  loop
    looked := looked + 1;
    if hit then
      hits := hits + 1;
      return next;
      exit when hits = most;
    end if;
  end loop;
  if looked = at_once and hits < most then
    hit := false;
    return next;
  end if;
end $$;
revoke all on function core.search_orders(text, text, text[], uuid, date, date, timestamptz, uuid, integer, integer) from public;
grant execute on function core.search_orders(text, text, text[], uuid, date, date, timestamptz, uuid, integer, integer) to ${roles.runtime};
`;

/**
 * Databases made before `sees` was a scalar subquery: their policies ask with EXISTS, which the planner turned into a hash of all
 * records of the platform for one page of a timeline (46 ms of 100,000 orders; a probe for each row of the page takes 0.3 ms).
 */
export const probeRecords = `
do $$
declare
  p record;
  was constant text := 'EXISTS \\( SELECT 1\\s+FROM core\\.record r\\s+WHERE \\(r\\.id = ([a-z_.0-9]+)\\)\\)';
  now_is constant text := '( SELECT true FROM core.record r WHERE (r.id = \\1))';
begin
  for p in
    select pol.polname as name, pol.polrelid::regclass as place, pg_get_expr(pol.polqual, pol.polrelid) as seen, pg_get_expr(pol.polwithcheck, pol.polrelid) as written
    from pg_policy pol join pg_class c on c.oid = pol.polrelid where pg_has_role(current_user, c.relowner, 'member')
  loop
    if p.seen ~ was then
      execute format('alter policy %I on %s using (%s)', p.name, p.place, regexp_replace(p.seen, was, now_is, 'g'));
    end if;
    if p.written ~ was then
      execute format('alter policy %I on %s with check (%s)', p.name, p.place, regexp_replace(p.written, was, now_is, 'g'));
    end if;
  end loop;
end $$;
`;

/** An allocation to a sub-order is the contractor's own, and so is the mark: its factory's row has none. */
const subOrders = `
alter table core.order_party add column sub_order boolean not null default false;
update core.order_party p set sub_order = true from core.order_allocation a where a.sub_order_id = p.order_id and a.supplier = p.organization;
create index order_party_sub_orders on core.order_party (organization, changed_at desc, order_id desc) where sub_order;

create function core.mark_sub_order() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update core.order_party p set sub_order = true where p.organization = new.supplier and p.order_id = new.sub_order_id and not p.sub_order;
  return null;
end $$;
revoke all on function core.mark_sub_order() from public;
create trigger order_allocation_marked after insert on core.order_allocation
  for each row when (new.sub_order_id is not null) execute function core.mark_sub_order();
`;

export const listingMigrations: Migrations = {
  '0059-imports-and-lists': sqlMigration(lists),
  '0059-revisions': sqlMigration(`
    grant update (note, description, line_count) on core.shared_order to ${roles.runtime};
    -- How a supplier finds an order by the number that its customer gave it.
    create index shared_order_number on core.shared_order (supplier, number);`),
  '0059-probe-records': sqlMigration(probeRecords),
  '0064-sub-orders': sqlMigration(subOrders),
};
