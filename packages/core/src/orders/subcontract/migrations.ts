import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';
import { suppliedMigrations } from '../supplied-material/migrations.js';

const own = `supplier = ${currentOrganization}`;

/**
 * Who makes what of an order line: the contractor's own. What a sub-order no longer promises leaves the allocation in the same
 * transaction, whoever made the move: the rules look at the state themselves and tell nobody.
 */
const allocations = `
alter table core.order_allocation
  -- Given back: the sub-order was declined, cut or closed, or the contractor took it away.
  add column released numeric(18, 6) not null default 0,
  -- What came back so far: goods taken into the line, or units counted at the operation.
  add column credited numeric(18, 6) not null default 0,
  add column job_order_id uuid,
  add column operation_id uuid,
  add constraint allocation_sub_order check ((sub_order_id is null) = (sub_line_id is null) and (sub_order_id is null or quantity is not null)),
  add constraint allocation_released check (released between 0 and coalesce(quantity, 0)),
  add constraint allocation_credited check (credited >= 0),
  add constraint allocation_operation check ((operation_id is null) = (job_order_id is null) and (operation_id is null or first_operation is not null)),
  add constraint allocation_sub_line foreign key (sub_order_id, sub_line_id) references core.order_line (order_id, id);
create index order_allocation_line on core.order_allocation (line_id);
create index order_allocation_sub_line on core.order_allocation (sub_line_id) where sub_line_id is not null;
create index order_allocation_sub_order on core.order_allocation (sub_order_id) where sub_order_id is not null;
create policy core_order_allocation_update on core.order_allocation for update using (${own}) with check (${own});
grant update (released, credited) on core.order_allocation to ${roles.runtime};

-- A quantity allocated once never grows again.
create function core.keep_allocation() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if new.released < old.released then raise exception 'allocation % was released' , old.id using errcode = '42501'; end if;
  return new;
end $$;
create trigger allocation_kept before update of released on core.order_allocation for each row execute function core.keep_allocation();

-- The most that subcontractors hold of any one operation between the two, or of the whole line when they are null.
create function core.allocation_cover(line uuid, first_op integer, last_op integer) returns numeric
language sql stable set search_path = pg_catalog as $$
  with live as (
    select a.first_operation as f, a.last_operation as l, a.quantity - a.released as q
    from core.order_allocation a where a.line_id = line and a.sub_line_id is not null and a.quantity > a.released
  ), points as (select f as at from live where f is not null union select first_op)
  select coalesce((select sum(q) from live where f is null), 0)
    + coalesce((select max(s.q) from (
        select (select sum(x.q) from live x where p.at between x.f and x.l) as q from points p
        where p.at is not null and (first_op is null or p.at between first_op and last_op)) s), 0)
$$;

-- Newest first, what is not delivered yet before what is.
create function core.trim_allocations() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  each record;
  excess numeric;
  pass integer;
begin
  if new.ordered < old.ordered then
    for pass in 1..2 loop
      for each in select a.id, a.quantity - a.released as live, a.credited from core.order_allocation a
          where a.sub_line_id = new.id and a.quantity > a.released order by a.created_at desc, a.id desc for no key update loop
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
          where a.line_id = new.id and a.sub_line_id is not null and a.quantity > a.released order by a.created_at desc, a.id desc for no key update loop
        excess := core.allocation_cover(new.id, each.first_operation, each.last_operation) - new.allocated;
        continue when excess <= 0;
        update core.order_allocation a set released = a.released
          + least(excess, case pass when 1 then greatest(each.live - each.credited, 0) else each.live end) where a.id = each.id;
      end loop;
    end loop;
  end if;
  return null;
end $$;
create trigger allocations_trimmed after update of ordered, allocated on core.order_line for each row
  when (new.ordered < old.ordered or new.allocated < old.allocated) execute function core.trim_allocations();

create function core.release_allocations() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update core.order_allocation a
    set released = case new.state when 'closed' then greatest(a.released, a.quantity - a.credited) else a.quantity end
    where a.sub_order_id = new.id and a.released < a.quantity;
  return null;
end $$;
create trigger allocations_released after update of state on core.shared_order for each row
  when (new.state in ('declined', 'withdrawn', 'canceled', 'closed') and old.state is distinct from new.state) execute function core.release_allocations();
revoke all on function core.trim_allocations(), core.release_allocations(), core.keep_allocation() from public;
grant execute on function core.allocation_cover(uuid, integer, integer) to ${roles.runtime};

-- What of a sub-order's delivery became part of which line: received lot, the lot made of it, and the entry that it rests on.
create table core.allocation_credit (
  id uuid primary key,
  supplier uuid not null references core.organization_registry (id),
  line_id uuid not null,
  allocation_id uuid not null,
  shipment_line_id uuid not null references core.shipment_line (id),
  entry_id uuid not null references core.order_entry (id),
  received_lot_id uuid not null,
  lot_id uuid not null,
  quantity numeric(18, 6) not null check (quantity > 0),
  taken_back numeric(18, 6) not null default 0 check (taken_back between 0 and quantity),
  created_at timestamptz not null,
  foreign key (line_id, allocation_id) references core.order_allocation (line_id, id),
  foreign key (supplier, lot_id) references core.lot (organization, id)
);
create index allocation_credit_line on core.allocation_credit (line_id);
create index allocation_credit_shipment_line on core.allocation_credit (shipment_line_id);
create index allocation_credit_lot on core.allocation_credit (lot_id);
${tenantTable('core.allocation_credit', { select: own, insert: own, update: own, updatable: ['taken_back'] })}
`;

export const subcontractMigrations: Migrations = { '0055b-subcontract': sqlMigration(allocations), ...suppliedMigrations };
