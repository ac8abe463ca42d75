/** A law of the books, as SQL that returns one row for each violation: `{ subject, found }`. Run by owner. */
export interface Invariant {
  readonly name: string;
  readonly sql: string;
}

export const productionInvariants: readonly Invariant[] = [
  {
    name: 'an operation has counted what its counts say',
    sql: `select o.id as subject, format('operation good %s scrap %s rework %s open %s, counts good %s scrap %s rework %s resolved %s',
        o.good, o.scrap, o.rework, o.rework_open, coalesce(c.good, 0), coalesce(c.scrap, 0), coalesce(c.rework, 0), coalesce(c.resolved, 0)) as found
      from core.operation o
      left join (select operation_id, sum(good) as good, sum(scrap) as scrap, sum(rework) as rework, sum(resolved) as resolved
        from core.operation_count group by operation_id) c on c.operation_id = o.id
      where o.good <> coalesce(c.good, 0) or o.scrap <> coalesce(c.scrap, 0) or o.rework <> coalesce(c.rework, 0)
        or o.rework_open <> coalesce(c.rework - c.resolved, 0)`,
  },
  {
    name: 'no more leaves rework than went into it, and what is in it is neither good nor scrap',
    sql: `select o.id as subject, format('in rework %s, of %s that ever were', o.rework_open, o.rework) as found
      from core.operation o where o.rework_open < 0 or o.rework_open > o.rework`,
  },
  {
    name: 'an operation has got back what later ones sent to it',
    sql: `select o.id as subject, format('returned %s, counts %s', o.rework_returned, coalesce(c.rework, 0)) as found
      from core.operation o
      left join (select returned_to, sum(rework) as rework from core.operation_count where returned_to is not null group by returned_to) c
        on c.returned_to = o.id
      where o.rework_returned <> coalesce(c.rework, 0)
      union all
      select c.id, 'sent to an operation that is not an earlier one of its job order'
      from core.operation_count c join core.operation o on o.id = c.operation_id join core.operation t on t.id = c.returned_to
      where t.job_order_id <> o.job_order_id or t.position >= o.position`,
  },
  {
    name: 'equipment works on one operation at a time',
    sql: `select a.id as subject, format('overlaps %s', b.id) as found
      from core.operation_stretch a
      join core.operation_stretch b on b.equipment_id = a.equipment_id and b.id > a.id and b.kind = 'active'
        and tstzrange(a.begun_at, a.ended_at) && tstzrange(b.begun_at, b.ended_at)
      where a.kind = 'active'`,
  },
  {
    name: 'an operation that is under way or paused has one open stretch that says so, and no other has any',
    sql: `select o.id as subject, format('%s, open stretch %s', o.state, coalesce(s.kind, 'none')) as found
      from core.operation o
      left join core.operation_stretch s on s.operation_id = o.id and s.ended_at is null
      where coalesce(s.kind, 'none') <> case o.state when 'in_progress' then 'active' when 'paused' then 'paused' else 'none' end
        or (s.kind = 'active' and s.equipment_id is distinct from o.equipment_id)`,
  },
  {
    name: 'a lot of a job order holds the good units that its last operation and activities counted into it',
    sql: `select l.id as subject, format('lot %s, counts %s, activities %s', l.quantity, coalesce(c.good, 0), coalesce(a.made, 0)) as found
      from core.lot l
      left join (select c.lot_id, sum(c.good) as good from core.operation_count c join core.operation o on o.id = c.operation_id and o.final
        group by c.lot_id) c on c.lot_id = l.id
      left join (select thing_id, sum(quantity) as made from core.activity_thing where role = 'output' group by thing_id) a on a.thing_id = l.id
      where l.quantity <> coalesce(c.good, 0) + coalesce(a.made, 0) and exists (select from core.operation_lot w where w.lot_id = l.id)`,
  },
  {
    name: 'a material issue is taken back whole or not at all',
    sql: `select i.id as subject, format('issued %s, taken back %s', i.quantity, r.quantity) as found
      from core.material_issue r join core.material_issue i on i.id = r.reverses
      where r.quantity <> -i.quantity or i.reverses is not null or i.thing_id <> r.thing_id`,
  },
];
