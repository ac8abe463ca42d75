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
    name: 'a lot holds the good units counted into it',
    sql: `select l.id as subject, format('lot %s, counts %s', l.quantity, coalesce(c.good, 0)) as found
      from core.lot l
      left join (select lot_id, sum(good) as good from core.operation_count group by lot_id) c on c.lot_id = l.id
      where l.quantity <> coalesce(c.good, 0)`,
  },
];
