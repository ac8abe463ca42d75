import { currentOrganization, isParty, type Migrations, roles, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { orderSides } from '../order/states.js';

const own = `organization = ${currentOrganization}`;
const sides = orderSides.map((side) => `'${side}'`).join(', ');
const grade = (name: string) => `${name} smallint not null check (${name} between 1 and 5)`;

const ratings = `
create table core.order_rating (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  organization uuid not null references core.organization_registry (id),
  side text not null check (side in (${sides})),
  rated uuid not null references core.organization_registry (id) check (rated <> organization),
  revision integer not null default 1,
  ${grade('delivery')},
  ${grade('quality')},
  ${grade('communication')},
  text text,
  rated_by text not null,
  rated_at timestamptz not null,
  changed_at timestamptz not null,
  reply text,
  replied_by text,
  replied_at timestamptz,
  check ((reply is null) = (replied_by is null) and (reply is null) = (replied_at is null)),
  constraint order_rating_once unique (order_id, organization)
);
create index order_rating_rated on core.order_rating (rated, rated_at);
${tenantTable('core.order_rating', {
  select: sees('order_id'),
  insert: `${own} and ${isParty('order_id', 'side')} and reply is null`,
  update: `${currentOrganization} in (organization, rated)`,
  updatable: ['revision', 'delivery', 'quality', 'communication', 'text', 'rated_by', 'changed_at', 'reply', 'replied_by', 'replied_at'],
})}

-- Append-only: each revision as it was given.
create table core.order_rating_revision (
  rating_id uuid not null references core.order_rating (id),
  order_id uuid not null,
  revision integer not null,
  ${grade('delivery')},
  ${grade('quality')},
  ${grade('communication')},
  text text,
  rated_by text not null,
  rated_at timestamptz not null,
  primary key (rating_id, revision)
);
${tenantTable('core.order_rating_revision', { select: sees('order_id') })}

-- The rater writes its grades, the rated side its one answer, and neither writes the other's.
create function core.keep_order_rating() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'UPDATE' then
    if (new.delivery, new.quality, new.communication, new.text, new.rated_by, new.revision) is distinct from
       (old.delivery, old.quality, old.communication, old.text, old.rated_by, old.revision) and old.organization is distinct from core.organization() then
      raise exception 'a rating is revised by whoever gave it' using errcode = '42501';
    end if;
    if (new.reply, new.replied_by, new.replied_at) is distinct from (old.reply, old.replied_by, old.replied_at)
       and (old.reply is not null or old.rated is distinct from core.organization()) then
      raise exception 'a rating is answered once, by whoever was rated' using errcode = '42501';
    end if;
  end if;
  if tg_op = 'INSERT' or new.revision <> old.revision then
    insert into core.order_rating_revision (rating_id, order_id, revision, delivery, quality, communication, text, rated_by, rated_at)
      values (new.id, new.order_id, new.revision, new.delivery, new.quality, new.communication, new.text, new.rated_by, new.changed_at);
  end if;
  return null;
end $$;
revoke all on function core.keep_order_rating() from public;
create trigger order_rating_kept after insert or update on core.order_rating for each row execute function core.keep_order_rating();
`;

/**
 * The items that a score adds up, one row each with its part and its whole, through the eyes of whoever asks: row-level
 * security decides which orders there are. Days are those of the platform's calendar (UTC+8), as elsewhere in orders.
 */
const items = `
create function core.day_of(at timestamptz) returns date
language sql immutable set search_path = pg_catalog as $$ select (at at time zone 'Asia/Shanghai')::date $$;

create function core.score_items(metric text, of_supplier uuid, of_buyer uuid, since date, until date, today date)
returns table (at timestamptz, id uuid, order_id uuid, buyer uuid, unit text, part numeric, whole numeric)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if metric = 'on_time' then return query
    with line as (
      select o.buyer, l.order_id, l.id as line_id, l.unit, coalesce(s.due_on, l.due_on, o.due_on) as due_on,
        -- What a supplier in default still owed was due all the same.
        case when o.state = 'defaulted' then l.quantity else l.ordered end as owed, coalesce(s.quantity, l.quantity) as share
      from core.shared_order o
      join core.order_line l on l.order_id = o.id
      left join core.order_schedule_line s on s.line_id = l.id
      where o.supplier = of_supplier and (of_buyer is null or o.buyer = of_buyer) and o.state not in ('proposed', 'declined', 'withdrawn')
    ), due as (
      select line.*, least(sum(share) over so_far, owed) as up_to, least(sum(share) over so_far - share, owed) as before
      from line window so_far as (partition by line.line_id order by line.due_on)
    )
    select due.due_on::timestamp at time zone 'Asia/Shanghai', due.line_id, due.order_id, due.buyer, due.unit,
      greatest(0, least(arrived.quantity, due.up_to) - due.before), due.up_to - due.before
    from due cross join lateral (
      select coalesce(sum(least(came.quantity, s.accepted + s.conceded)), 0) as quantity
      from core.shipment_line s cross join lateral (
        select coalesce(sum(e.quantity), 0) as quantity from core.order_entry e left join core.order_entry taken on taken.id = e.reverses
        where e.shipment_line_id = s.id and e.kind = 'received' and core.day_of(coalesce(taken.entered_at, e.entered_at)) <= due.due_on
      ) came
      where s.order_id = due.order_id and s.line_id = due.line_id
    ) arrived
    where due.due_on between since and until and due.due_on < today and due.up_to > due.before;
  elsif metric in ('acceptance', 'rejection') then return query
    select max(e.entered_at), e.shipment_line_id, e.order_id, o.buyer, l.unit,
      coalesce(sum(e.quantity) filter (where e.kind = case metric when 'acceptance' then 'accepted' else 'rejected' end), 0), sum(e.quantity)
    from core.shared_order o
    join core.order_entry e on e.order_id = o.id and e.kind in ('accepted', 'conceded', 'rejected')
    join core.order_line l on l.id = e.line_id
    left join core.order_entry taken on taken.id = e.reverses
    where o.supplier = of_supplier and (of_buyer is null or o.buyer = of_buyer)
      and core.day_of(coalesce(taken.entered_at, e.entered_at)) between since and until
    group by e.shipment_line_id, e.order_id, o.buyer, l.unit
    having sum(e.quantity) > 0;
  elsif metric = 'response' then return query
    select o.proposed_at, o.id, o.id, o.buyer, 'HUR', round((extract(epoch from answer.at - o.proposed_at) / 3600)::numeric, 6), 1::numeric
    from core.shared_order o cross join lateral (
      select min(e.occurred_at) as at from core.event e where e.record_id = o.id and e.type in ('orders.accepted', 'orders.declined')
    ) answer
    where o.supplier = of_supplier and (of_buyer is null or o.buyer = of_buyer)
      and core.day_of(o.proposed_at) between since and until and answer.at is not null;
  end if;
end $$;
revoke all on function core.day_of(timestamptz), core.score_items(text, uuid, uuid, date, date, date) from public;
grant execute on function core.day_of(timestamptz), core.score_items(text, uuid, uuid, date, date, date) to ${roles.runtime};
`;

/**
 * What everyone who has signed in may know of a supplier: rounded, without a buyer, for whole calendar months, so that no
 * single order shows in a change of the figure.
 */
const published = `
create table core.supplier_score (
  organization uuid primary key references core.organization_registry (id),
  since date not null,
  until date not null,
  -- The lower end of the bucket: 5, 10, 25, 50, 100, 250, 500, 1000.
  orders_from integer not null,
  -- The lower end of the bucket: 3, 5, 10, 25, 50.
  buyers_from integer not null,
  on_time_percent integer,
  accepted_percent integer,
  rejected_ppm integer,
  response_hours integer,
  delivery numeric(2, 1),
  quality numeric(2, 1),
  communication numeric(2, 1),
  published_at timestamptz not null
);
${tenantTable('core.supplier_score', { select: 'true', system: ['select'] })}

-- Which periods have been published, with or without a supplier in them.
create table core.supplier_score_run (until date primary key, published_at timestamptz not null);
${tenantTable('core.supplier_score_run', { select: 'true', system: ['select'] })}

create function core.publish_supplier_scores(since_day date, until_day date, least_orders integer, least_buyers integer, at timestamptz)
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
  published integer;
begin
  insert into core.supplier_score_run (until, published_at) values (until_day, at) on conflict do nothing;
  if not found then return 0; end if;
  delete from core.supplier_score;
  with rated as (
    select o.id, o.supplier, o.buyer from core.shared_order o
    where core.day_of(o.proposed_at) between since_day and until_day
      and (o.state in ('closed', 'settled') or exists (select 1 from core.order_rating r where r.order_id = o.id and r.rated = o.supplier))
  ), enough as (
    select supplier, count(*)::integer as orders, count(distinct buyer)::integer as buyers
    from rated group by supplier having count(*) >= least_orders and count(distinct buyer) >= least_buyers
  ), by_unit as (
    select q.supplier, m.metric, i.unit, count(*) as items, sum(i.part) / sum(i.whole) as rate
    from enough q cross join unnest(array['on_time', 'acceptance', 'rejection', 'response']) as m (metric)
    cross join lateral core.score_items(m.metric, q.supplier, null, since_day, until_day, until_day + 1) i
    group by q.supplier, m.metric, i.unit
  ), told as (
    -- Each metric is held to the threshold by itself.
    select u.supplier, u.metric, sum(u.items * u.rate) / sum(u.items) as rate
    from by_unit u
    where exists (
      select 1 from core.score_items(u.metric, u.supplier, null, since_day, until_day, until_day + 1) i
      having count(distinct i.order_id) >= least_orders and count(distinct i.buyer) >= least_buyers)
    group by u.supplier, u.metric
  ), opinions as (
    select r.rated, avg(r.delivery) as delivery, avg(r.quality) as quality, avg(r.communication) as communication
    from core.order_rating r where r.side = 'buyer' and core.day_of(r.rated_at) between since_day and until_day
    group by r.rated having count(*) >= least_orders and count(distinct r.organization) >= least_buyers
  )
  insert into core.supplier_score (organization, since, until, orders_from, buyers_from, on_time_percent, accepted_percent, rejected_ppm,
    response_hours, delivery, quality, communication, published_at)
  select q.supplier, since_day, until_day,
    (select max(b) from unnest(array[least_orders, 10, 25, 50, 100, 250, 500, 1000]) b where b <= q.orders),
    (select max(b) from unnest(array[least_buyers, 5, 10, 25, 50]) b where b <= q.buyers),
    round(100 * (select rate from told t where t.supplier = q.supplier and t.metric = 'on_time')),
    round(100 * (select rate from told t where t.supplier = q.supplier and t.metric = 'acceptance')),
    -- To the nearest hundred.
    100 * round(10000 * (select rate from told t where t.supplier = q.supplier and t.metric = 'rejection')),
    round((select rate from told t where t.supplier = q.supplier and t.metric = 'response')),
    round(o.delivery, 1), round(o.quality, 1), round(o.communication, 1), at
  from enough q left join opinions o on o.rated = q.supplier;
  get diagnostics published = row_count;
  return published;
end $$;
revoke all on function core.publish_supplier_scores(date, date, integer, integer, timestamptz) from public;
grant execute on function core.publish_supplier_scores(date, date, integer, integer, timestamptz) to ${roles.system};
`;

export const ratingMigrations: Migrations = {
  '0057c-ratings': sqlMigration(ratings + items + published),
};
