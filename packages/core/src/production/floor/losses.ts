import type { z } from 'zod';
import type { Scope } from '../../database/index.js';
import { canonical, Decimal, quantity } from '../../measure/index.js';
import { centersOfLosses, sumLosses } from './dispatch-repository.js';
import type { lossInput, lossListSchema } from './schema.js';

/** Behind every code. */
const last = '\uffff';
const withoutReason = { en: 'No reason given', zh: '未注明原因' };

/** Scrap and rework by reason, the biggest first within each unit. */
export async function listLosses(
  scope: Scope,
  { from, to, ...where }: z.output<typeof lossInput>,
): Promise<z.infer<typeof lossListSchema>> {
  const period = { from: new Date(from), to: new Date(to) };
  const rows = await sumLosses(scope, { ...period, ...where });
  const sized = rows.map((row) => ({ ...row, size: new Decimal(row.scrap).plus(row.rework) }));
  const units = [...new Set(sized.map(({ unit }) => unit))].sort();
  return {
    items: units.flatMap((unit) => {
      const own = sized
        .filter((row) => row.unit === unit)
        .sort((a, b) => b.size.cmp(a.size) || (a.code ?? last).localeCompare(b.code ?? last));
      const total = own.reduce((sum, { size }) => sum.plus(size), new Decimal(0));
      let sofar = new Decimal(0);
      return own.map(({ code, words_en, words_zh, scrap, rework, size }) => {
        sofar = sofar.plus(size);
        return {
          unit: quantity('0', unit).unit,
          code,
          words: words_en !== null && words_zh !== null ? { en: words_en, zh: words_zh } : withoutReason,
          scrap: canonical(scrap),
          rework: canonical(rework),
          share: size.div(total).toNumber(),
          cumulativeShare: sofar.div(total).toNumber(),
        };
      });
    }),
    workCenters: await centersOfLosses(scope, period),
  };
}
