import type { Words } from '@yunfab/core/access';
import type { GateFinding, GateRun, ReleaseGate } from '@yunfab/core/verticals';
import type { ApparelConfig } from '../config.js';
import { checkShade, progressOf, type ShadedPiece } from '../routing/index.js';
import type { ApparelTables } from '../tables.js';
import { operationsOf, readsOf } from './record.js';
import { piecesSchema, wordsOf } from './stored.js';

/** What the gate knows of one garment of the lot. */
export interface GarmentFacts {
  readonly id: string;
  readonly tag: string;
  /** Operations that its routing names and its tag has not left. */
  readonly missing: readonly string[];
  readonly pieces: readonly ShadedPiece[];
  readonly checkHolds: boolean | null;
  readonly checkWords: Words | null;
}

/** A made-to-measure lot is released when each garment went through its own routing, is of one shade, and measures as its pattern. */
export const garmentGate: ReleaseGate<ApparelConfig> = {
  id: 'apparel.garment',
  words: { en: 'Every garment is made as its wearer measures', zh: '每件衣服均按本人尺寸制成' },
  async facts({ db, lot }) {
    const tables = db.withTables<ApparelTables>();
    const rows = await tables.selectFrom('garment').selectAll().where('lot', '=', lot.id).orderBy('tag').execute();
    const garments: GarmentFacts[] = [];
    for (const row of rows) {
      const { done } = progressOf(operationsOf(row), await readsOf(db, row.id));
      garments.push({
        id: row.id,
        tag: row.tag,
        missing: operationsOf(row).flatMap(({ id }) => (done.includes(id) ? [] : [id])),
        pieces: row.pieces === null ? [] : piecesSchema.parse(row.pieces),
        checkHolds: row.check_holds,
        checkWords: wordsOf(row.check_words),
      });
    }
    return { garments };
  },
  check({ lot, specification, facts }) {
    const garments = (facts['garments'] ?? []) as readonly GarmentFacts[];
    if (garments.length === 0) {
      if (specification?.schema !== 'apparel/made-to-measure@1') return null;
      return {
        holds: false,
        words: {
          en: `No tagged garment belongs to lot ${lot.code}; begin it with its tag and this lot`,
          zh: `批次 ${lot.code} 没有带标签的衣服；请以标签和该批次建立`,
        },
        evidence: [],
      };
    }
    return findingOf(garments.flatMap(problemsOf), garments);
  },
};

function findingOf(problems: readonly Words[], garments: readonly GarmentFacts[]): GateFinding {
  const evidence = garments.map(({ id }) => ({ kind: 'garment', id }));
  if (problems.length > 0)
    return { holds: false, words: { en: problems.map(({ en }) => en).join('; '), zh: problems.map(({ zh }) => zh).join('；') }, evidence };
  const tags = garments.map(({ tag }) => tag).join(', ');
  return {
    holds: true,
    words: {
      en: `${tags}: every operation done, one shade, ${garments[0]?.checkWords?.en ?? ''}`,
      zh: `${tags}：工序齐全、同一缸差，${garments[0]?.checkWords?.zh ?? ''}`,
    },
    evidence,
  };
}

function problemsOf({ tag, missing, pieces, checkHolds, checkWords }: GarmentFacts): Words[] {
  const problems: Words[] = [];
  if (missing.length > 0) problems.push({ en: `${tag} has not done ${missing.join(', ')}`, zh: `${tag} 尚未完成：${missing.join('、')}` });
  if (pieces.length === 0) problems.push({ en: `${tag} does not say which roll it is cut from`, zh: `${tag} 未登记所用布卷` });
  for (const { words } of checkShade(pieces)) problems.push({ en: `${tag}: ${words.en}`, zh: `${tag}：${words.zh}` });
  if (checkHolds === null) problems.push({ en: `${tag} has not been measured`, zh: `${tag} 尚未测量终检` });
  else if (!checkHolds) problems.push({ en: `${tag}: ${checkWords?.en ?? ''}`, zh: `${tag}：${checkWords?.zh ?? ''}` });
  return problems;
}

/** Runs that were bound to a lot, of any garment: spreading, cutting, sewing and pressing have to have passed. */
export const runGate: ReleaseGate<ApparelConfig> = {
  id: 'apparel.runs',
  words: { en: 'Spreading, cutting, sewing and pressing passed', zh: '铺、裁、缝、烫均评定合格' },
  check({ runs }) {
    const own = runs.filter(({ equipmentModel }) => equipmentModel.startsWith('apparel.'));
    if (own.length === 0) return null;
    const bad = own.filter(({ evaluation }) => evaluation?.verdict !== 'pass');
    const evidence = (bad.length > 0 ? bad : own).slice(0, 50).map(({ id }) => ({ kind: 'process_run', id }));
    if (bad.length === 0) return { holds: true, words: { en: `${own.length} runs passed`, zh: `${own.length} 次过程全部合格` }, evidence };
    const shown = bad.slice(0, 3).map(told);
    const more = bad.length > 3 ? { en: `; and ${bad.length - 3} more`, zh: `；另有 ${bad.length - 3} 次` } : { en: '', zh: '' };
    return {
      holds: false,
      words: { en: `${shown.map(({ en }) => en).join('; ')}${more.en}`, zh: `${shown.map(({ zh }) => zh).join('；')}${more.zh}` },
      evidence,
    };
  },
};

function told({ key, endedAt, evaluation }: GateRun): Words {
  if (endedAt === null) return { en: `Run ${key} has not ended`, zh: `过程 ${key} 尚未结束` };
  if (!evaluation) return { en: `Run ${key} has not been evaluated`, zh: `过程 ${key} 尚未评定` };
  const reasons = evaluation.findings.filter(({ holds }) => !holds).map(({ words }) => words);
  return {
    en: `Run ${key}: ${reasons.map(({ en }) => en).join(', ') || evaluation.verdict}`,
    zh: `过程 ${key}：${reasons.map(({ zh }) => zh).join('，') || evaluation.verdict}`,
  };
}
