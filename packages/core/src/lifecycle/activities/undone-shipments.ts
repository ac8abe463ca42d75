import { roles } from '../../database/index.js';

export const undoneShipments = `
-- What a maker said it had shipped and the receiver did not get goes out of what the receiver holds. Answers null, or how much
-- the receiver still has when that is less.
create function core.take_back_shipment(given uuid, receiver uuid, missing numeric, named uuid[], becomes text, at timestamptz) returns numeric
language plpgsql security definer set search_path = pg_catalog as $$
declare
  maker uuid := core.organization();
  has_left numeric;
  moved integer;
begin
  if maker is null or becomes not in ('released', 'blocked') or not exists (select from core.lot l where l.id = given and l.organization = maker) then
    raise exception 'take_back_shipment of a lot that % did not make', maker using errcode = '42501';
  end if;
  select h.received - h.consumed into has_left from core.lot_holding h where h.lot_id = given and h.organization = receiver for no key update;
  if coalesce(has_left, 0) < missing then return coalesce(has_left, 0); end if;
  delete from core.lot_holding h where h.lot_id = given and h.organization = receiver and h.received = missing;
  if not found then update core.lot_holding h set received = h.received - missing where h.lot_id = given and h.organization = receiver; end if;
  update core.unit u set holder = maker, state = becomes, version = u.version + 1, changed_at = at
    where u.id = any (named) and u.lot_id = given and u.organization = maker and u.holder = receiver and u.state = 'shipped';
  get diagnostics moved = row_count;
  if moved <> cardinality(named) then raise exception 'take_back_shipment of units that % does not hold', receiver using errcode = '42501'; end if;
  return null;
end $$;
revoke all on function core.take_back_shipment(uuid, uuid, numeric, uuid[], text, timestamptz) from public;
grant execute on function core.take_back_shipment(uuid, uuid, numeric, uuid[], text, timestamptz) to ${roles.runtime};
`;
