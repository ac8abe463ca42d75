import { currentOrganization, isParty, type Migrations, oneOf, roles, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { suppliedKinds, suppliedSides } from './states.js';

const sideOfKind = `case kind ${suppliedKinds.map((kind) => `when '${kind}' then '${suppliedSides[kind]}'`).join(' ')} end`;
const added = suppliedKinds.map((kind) => `${kind} = ${kind} + case new.kind when '${kind}' then new.quantity else 0 end`).join(', ');

const material = `
create table core.supplied_material (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  line_id uuid,
  version integer not null default 1,
  description text not null check (length(description) between 1 and 200),
  unit text not null,
  per_unit numeric(18, 6) check (per_unit > 0),
  loss_percent numeric(6, 3) check (loss_percent between 0 and 100),
  in_process boolean not null default false,
  added_by text not null,
  added_at timestamptz not null,
  ${suppliedKinds.map((kind) => `${kind} numeric(30, 6) not null default 0 check (${kind} >= 0)`).join(',\n  ')},
  check (loss_percent is null or per_unit is not null),
  constraint supplied_received check (received <= sent),
  constraint supplied_accounted check (used + scrapped + returned <= received),
  constraint supplied_written_off check (used + scrapped + returned + written_off <= sent),
  unique (order_id, id),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index supplied_material_order on core.supplied_material (order_id);
${tenantTable('core.supplied_material', { select: sees('order_id'), insert: isParty('order_id', "'buyer'") })}

-- Append-only: nobody has the privilege to change or remove an entry.
create table core.supplied_entry (
  id uuid primary key,
  order_id uuid not null,
  material_id uuid not null,
  kind text not null check (kind in (${oneOf(suppliedKinds)})),
  quantity numeric(18, 6) not null,
  lot_id uuid not null references core.lot (id),
  reverses uuid,
  by_issue boolean not null default false,
  reason text,
  organization uuid not null references core.organization_registry (id),
  entered_by text not null,
  entered_at timestamptz not null,
  check (case when reverses is null then quantity > 0 else quantity < 0 end),
  check (reverses is null or reason is not null),
  check (not by_issue or kind = 'used'),
  unique (material_id, kind, id),
  foreign key (order_id, material_id) references core.supplied_material (order_id, id),
  foreign key (material_id, kind, reverses) references core.supplied_entry (material_id, kind, id)
);
create index supplied_entry_order on core.supplied_entry (order_id, entered_at desc, id desc);
create index supplied_entry_lot on core.supplied_entry (material_id, lot_id);
create index supplied_entry_reverses on core.supplied_entry (reverses) where reverses is not null;
${tenantTable('core.supplied_entry', {
  select: sees('order_id'),
  insert: `organization = ${currentOrganization} and ${isParty('order_id', sideOfKind)} and ${sees('lot_id')}`,
})}

-- Balances of the material, and the stock that follows: what is sent is bound in the supplier's holding to this order; what is
-- returned is in the owner's stock again. An issue to a job order consumes the holding itself and only loosens it.
create function core.keep_supplied_balances() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  m record;
  holder uuid;
  owner uuid;
  maker uuid;
  lot_left numeric;
begin
  update core.supplied_material s set version = s.version + 1, ${added} where s.id = new.material_id returning s.* into m;
  select o.supplier, o.buyer into holder, owner from core.shared_order o where o.id = new.order_id;
  if new.reverses is not null and (select e.quantity + (select sum(r.quantity) from core.supplied_entry r where r.reverses = e.id)
      from core.supplied_entry e where e.id = new.reverses) < 0 then
    raise exception 'entry % would be reversed by more than it holds', new.reverses using errcode = '23514';
  end if;
  -- Per lot as for the whole: nothing is received of a lot that was not sent of it.
  select least(
      sum(e.quantity) filter (where e.kind = 'sent') - coalesce(sum(e.quantity) filter (where e.kind = 'received'), 0),
      coalesce(sum(e.quantity) filter (where e.kind = 'received'), 0) - coalesce(sum(e.quantity) filter (where e.kind in ('used', 'scrapped', 'returned')), 0),
      sum(e.quantity) filter (where e.kind = 'sent') - coalesce(sum(e.quantity) filter (where e.kind in ('used', 'scrapped', 'returned', 'written_off')), 0))
    into lot_left from core.supplied_entry e where e.material_id = new.material_id and e.lot_id = new.lot_id;
  if coalesce(lot_left, -1) < 0 then
    raise exception 'of lot % more would be accounted for than is there', new.lot_id using errcode = '23514';
  end if;
  if m.in_process or new.kind = 'received' then return null; end if;
  if new.kind = 'sent' then
    if new.reverses is null then
      update core.lot_holding h set bound = h.bound + new.quantity where h.organization = holder and h.lot_id = new.lot_id;
      return null;
    end if;
  elsif new.by_issue then
    update core.lot_holding h set bound = h.bound - new.quantity where h.organization = holder and h.lot_id = new.lot_id;
    return null;
  else
    update core.lot_holding h set bound = h.bound - new.quantity, consumed = h.consumed + new.quantity where h.organization = holder and h.lot_id = new.lot_id;
    if new.kind <> 'returned' then return null; end if;
  end if;
  select l.organization into maker from core.lot l where l.id = new.lot_id for no key update;
  if new.kind = 'sent' then
    update core.lot_holding h set bound = h.bound + new.quantity, consumed = h.consumed - new.quantity where h.organization = holder and h.lot_id = new.lot_id;
  end if;
  if maker = owner then
    update core.lot l set shipped = l.shipped - abs(new.quantity) * case when new.kind = 'returned' and new.quantity < 0 then -1 else 1 end,
      state = case when l.state = 'shipped' then 'released' else l.state end where l.id = new.lot_id;
  else
    update core.lot_holding h set consumed = h.consumed - abs(new.quantity) * case when new.kind = 'returned' and new.quantity < 0 then -1 else 1 end
      where h.organization = owner and h.lot_id = new.lot_id;
  end if;
  return null;
end $$;
create trigger supplied_balances_kept after insert on core.supplied_entry for each row execute function core.keep_supplied_balances();
revoke all on function core.keep_supplied_balances() from public;

-- A lot under way through operations elsewhere is seen by whoever performs them; it stays its maker's.
create function core.show_supplied_lot(given uuid, supplied_to uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from core.lot l where l.id = given and l.organization = core.organization()) then
    raise exception 'show_supplied_lot of a lot that is not one''s own' using errcode = '42501';
  end if;
  insert into core.party (record_id, organization, role) values (given, supplied_to, 'processor') on conflict do nothing;
end $$;
revoke all on function core.show_supplied_lot(uuid, uuid) from public;
grant execute on function core.show_supplied_lot(uuid, uuid) to ${roles.runtime};
`;

export const suppliedMigrations: Migrations = { '0055c-supplied-material': sqlMigration(material) };
