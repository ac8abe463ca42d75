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

-- What a text is part of, newest first: under row-level security a text would be compared after every other condition has been,
-- and for every row. It reads the entered organization itself; the caller names none.
create function core.search_orders(wanted text, side text, states text[], other uuid, due_from date, due_to date,
  before_at timestamptz, before_id uuid, most integer) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return query execute
    'select p.order_id from core.order_party p where p.organization = $1'
    || case when before_at is null then '' else ' and (p.changed_at, p.order_id) < ($7, $8)' end
    || case when other is null then '' else ' and p.counterparty = $4' end
    || case when side is null then '' else ' and p.role = $9' end
    || case when states is null then '' else ' and p.state = any ($3)' end
    || case when due_from is null then '' else ' and p.due_on >= $5' end
    || case when due_to is null then '' else ' and p.due_on <= $6' end
    || ' and (position($2 in p.words) > 0 or position($2 in lower(p.own_number)) > 0)'
    || ' order by p.changed_at desc, p.order_id desc limit $10'
    using core.organization(), lower(wanted), states, other, due_from, due_to, before_at, before_id, side, most;
end $$;
revoke all on function core.search_orders(text, text, text[], uuid, date, date, timestamptz, uuid, integer) from public;
grant execute on function core.search_orders(text, text, text[], uuid, date, date, timestamptz, uuid, integer) to ${roles.runtime};
`;

export const listingMigrations: Migrations = {
  '0059-imports-and-lists': sqlMigration(lists),
};
