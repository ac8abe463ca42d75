/** A law of the books, as SQL that returns one row for each violation: `{ subject, found }`. Run by owner. */
export interface Invariant {
  readonly name: string;
  readonly sql: string;
}

export const productionInvariants: readonly Invariant[] = [
  {
    name: 'an operation has counted what its counts say',
    sql: `select o.id as subject, format('operation good %s scrap %s, counts good %s scrap %s', o.good, o.scrap, coalesce(c.good, 0), coalesce(c.scrap, 0)) as found
      from core.operation o
      left join (select operation_id, sum(good) as good, sum(scrap) as scrap from core.operation_count group by operation_id) c on c.operation_id = o.id
      where o.good <> coalesce(c.good, 0) or o.scrap <> coalesce(c.scrap, 0)`,
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
