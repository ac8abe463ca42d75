import { roles } from '../../database/index.js';

export const historyFunctions = `
-- The copy is there before the insert policy looks. A record that is absent is answered like one that is hidden.
create function core.preset_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  new.visible_to := coalesce((select r.visible_to from core.record r where r.id = (to_jsonb(new) ->> tg_argv[0])::uuid), '{}');
  return new;
end $$;
create trigger unit_visibility before insert on core.unit for each row execute function core.preset_visibility('id');
create trigger activity_visibility before insert on core.activity for each row execute function core.preset_visibility('id');
create trigger activity_thing_visibility before insert on core.activity_thing for each row execute function core.preset_visibility('activity_id');
create trigger genealogy_visibility before insert on core.genealogy for each row execute function core.preset_visibility('guard_id');

create function core.copy_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'unit' then
    update core.unit set visible_to = new.visible_to where id = new.id;
  else
    update core.activity set visible_to = new.visible_to where id = new.id;
    update core.activity_thing set visible_to = new.visible_to where activity_id = new.id;
  end if;
  update core.genealogy set visible_to = new.visible_to where guard_id = new.id;
  return null;
end $$;
create trigger record_visibility_copied after update of visible_to on core.record for each row
  when (new.kind in ('unit', 'activity') and old.visible_to is distinct from new.visible_to) execute function core.copy_visibility();
revoke all on function core.preset_visibility(), core.copy_visibility() from public;

-- Units change hands, with what is installed in them; the receiver sees the units from now on, what is in them only if it is told.
create function core.hand_over_units(given uuid[], receiver uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  giver uuid := core.organization();
  moved integer;
begin
  if giver is null then raise exception 'hand_over_units outside an organization' using errcode = '42501'; end if;
  perform from core.unit u where u.id = any (given) order by u.id for no key update;
  update core.unit u set holder = receiver, state = 'shipped', version = u.version + 1, changed_at = at
    where u.id = any (given) and u.holder = giver;
  get diagnostics moved = row_count;
  if moved <> cardinality(given) then raise exception 'hand_over_units of units that % does not hold', giver using errcode = '42501'; end if;
  with recursive parts (id) as (
    select unnest(given)
    union
    select g.input_id from parts p join core.genealogy g on g.output_id = p.id and g.valid_to is null
      join core.unit u on u.id = g.input_id and u.state = 'installed' and u.holder = giver
  )
  update core.unit u set holder = receiver, changed_at = at from parts p where u.id = p.id and u.state = 'installed' and u.holder = giver;
  insert into core.party (record_id, organization, role) select each, receiver, 'holder' from unnest(given) as each order by each
    on conflict do nothing;
end $$;
revoke all on function core.hand_over_units(uuid[], uuid, timestamptz) from public;
grant execute on function core.hand_over_units(uuid[], uuid, timestamptz) to ${roles.runtime};

-- Part of a lot changes hands: out of what the giver holds (the maker's part stands in the lot itself), into what the receiver holds.
create function core.give_from_lot(given uuid, receiver uuid, taken numeric) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  giver uuid := core.organization();
  maker uuid;
begin
  select l.organization into maker from core.lot l where l.id = given;
  if giver is null or maker is null then raise exception 'give_from_lot of a lot that % does not hold', giver using errcode = '42501'; end if;
  if maker <> giver then
    update core.lot_holding h set consumed = h.consumed + taken where h.lot_id = given and h.organization = giver;
    if not found then raise exception 'give_from_lot of a lot that % does not hold', giver using errcode = '42501'; end if;
  end if;
  if maker <> receiver then
    insert into core.lot_holding as h (organization, lot_id, received) values (receiver, given, taken)
      on conflict (organization, lot_id) do update set received = h.received + excluded.received;
  end if;
  insert into core.party (record_id, organization, role) values (given, receiver, 'buyer') on conflict do nothing;
end $$;
revoke all on function core.give_from_lot(uuid, uuid, numeric) from public;
grant execute on function core.give_from_lot(uuid, uuid, numeric) to ${roles.runtime};

-- Ends what is installed in a unit that the caller holds: one part, or whatever sits at a position. Edges that the caller may not
-- see are ended as well: the holder of the whole knows what it took out, not what its maker recorded.
create function core.end_installation(whole uuid, part uuid, place text, activity uuid, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  taken_out uuid[];
begin
  if not exists (select from core.unit u where u.id = whole and u.holder = core.organization()) then
    raise exception 'end_installation in a unit that is not held' using errcode = '42501';
  end if;
  with ended as (
    update core.genealogy g set valid_to = greatest(at, g.valid_from), ended_by = activity
    where g.output_id = whole and g.valid_to is null and g.activity_id is distinct from activity and g.kind <> 'member'
      and (part is null or g.input_id = part) and (place is null or g.position = place)
    returning g.input_id
  )
  select array_agg(input_id) into taken_out from ended;
  update core.unit u set state = 'removed', version = u.version + 1, changed_at = at
    where u.id = any (taken_out) and u.state = 'installed';
  return coalesce(cardinality(taken_out), 0);
end $$;
revoke all on function core.end_installation(uuid, uuid, text, uuid, timestamptz) from public;
grant execute on function core.end_installation(uuid, uuid, text, uuid, timestamptz) to ${roles.runtime};

-- How a thing that the caller may not see is called to the caller: always the same to one organization, another to each other one.
create function core.opaque_tokens(things uuid[]) returns table (thing uuid, token text)
language sql stable security definer set search_path = pg_catalog as $$
  select t, left(encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to('opaque|' || core.organization() || '|' || t, 'UTF8'))), 'hex'), 32)
  from unnest(things) as t, core.seal_key k
$$;
revoke all on function core.opaque_tokens(uuid[]) from public;
grant execute on function core.opaque_tokens(uuid[]) to ${roles.runtime};
`;

export const returnedInputs = `
-- Ends what one input of an own activity has been part of; nobody changes what was recorded.
create function core.end_activity_inputs(activity uuid, thing uuid, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update core.genealogy g set valid_to = greatest(at, g.valid_from)
  where g.activity_id = activity and g.input_id = thing and g.organization = core.organization() and g.valid_to is null
$$;
revoke all on function core.end_activity_inputs(uuid, uuid, timestamptz) from public;
grant execute on function core.end_activity_inputs(uuid, uuid, timestamptz) to ${roles.runtime};
`;
