import type { EvaluatedRun, GateFinding, GateRun, ReleaseGate, RunEvaluation } from '@yunfab/core/verticals';
import type { FishingGearConfig } from './config.js';
import { curingOven, deflectionBench } from './equipment.js';
import type { FishingGearTables } from './tables.js';

/** A lot of blanks is released only when it was cured in its window and tested on the bench, and no run of it failed. */
export const blankGate: ReleaseGate<FishingGearConfig> = {
  id: 'fishing-gear.blank',
  words: { en: 'Blanks are cured and tested', zh: '竿坯已固化并通过挠度试验' },
  facts: async ({ lot, db, evaluatedRun }) => {
    const charges = await db
      .withTables<FishingGearTables>()
      .selectFrom('oven_charge')
      .select('run')
      .where('lot', '=', lot.id)
      .orderBy('created_at')
      .execute();
    const cures: ChargedRun[] = [];
    for (const { run } of charges) cures.push(charged(await evaluatedRun(run)));
    return { cures };
  },
  check({ lot, runs, specification, facts }) {
    const shared = (facts['cures'] ?? []) as readonly ChargedRun[];
    const bound = runs.filter(({ equipmentModel }) => equipmentModel === curingOven.id);
    const cures: readonly ChargedRun[] = [...bound, ...shared.filter(({ id }) => !bound.some((run) => run.id === id))];
    const tests = runs.filter(({ equipmentModel }) => equipmentModel === deflectionBench.id);
    const isBlank = specification?.schema.startsWith('fishing-gear/') ?? false;
    if (!isBlank && cures.length + tests.length === 0) return null;
    if (cures.length === 0) return missing(lot.code, 'oven cure', '固化', 'charge it into its oven run', '登记装炉');
    if (tests.length === 0)
      return missing(
        lot.code,
        'bench run',
        '挠度试验',
        'test its blanks on the bench that its job order names',
        '在工单指定的试验台上试验',
      );
    const all = [...cures, ...tests];
    const bad = all.filter(({ evaluation }) => evaluation?.verdict !== 'pass');
    const evidence = (bad.length > 0 ? bad : all).map(({ id }) => ({ kind: 'process_run', id }));
    if (bad.length > 0) {
      const shown = bad.slice(0, 3).map(told);
      const left = bad.length - shown.length;
      return {
        holds: false,
        words: {
          en: `${shown.map(({ en }) => en).join('; ')}${left > 0 ? `; and ${left} more` : ''}`,
          zh: `${shown.map(({ zh }) => zh).join('；')}${left > 0 ? `；另有 ${left} 次` : ''}`,
        },
        evidence,
      };
    }
    const numbers = tests.flatMap(({ evaluation }) => evaluation?.values['ern']?.value ?? []);
    const range = `${Math.min(...numbers)}–${Math.max(...numbers)}`;
    return {
      holds: true,
      words: {
        en: `${counted(cures.length, 'cure')} and ${counted(tests.length, 'bench run')} passed, ERN ${range}`,
        zh: `${cures.length} 次固化、${tests.length} 次挠度试验全部合格，ERN ${range}`,
      },
      evidence,
    };
  },
};

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function missing(lot: string, en: string, zh: string, whatEn: string, whatZh: string): GateFinding {
  return {
    holds: false,
    words: { en: `No ${en} stands behind lot ${lot}; ${whatEn}`, zh: `批次 ${lot} 没有${zh}记录；请${whatZh}` },
    evidence: [],
  };
}

/** What the gate reads of a run, bound to the lot or shared by several. */
type ChargedRun = Pick<GateRun, 'id' | 'key' | 'endedAt'> & { readonly evaluation: Pick<RunEvaluation, 'verdict' | 'findings'> | null };

function charged({ id, run, evaluation }: EvaluatedRun): ChargedRun {
  return { id, key: run.key, endedAt: run.endedAt, evaluation };
}

function told({ key, endedAt, evaluation }: ChargedRun): { en: string; zh: string } {
  if (endedAt === null) return { en: `Run ${key} has not ended`, zh: `过程 ${key} 尚未结束` };
  if (!evaluation) return { en: `Run ${key} has not been evaluated`, zh: `过程 ${key} 尚未评定` };
  const reasons = evaluation.findings.filter(({ holds }) => !holds).map(({ words }) => words);
  return {
    en: `Run ${key}: ${reasons.map(({ en }) => en).join(', ') || evaluation.verdict}`,
    zh: `过程 ${key}：${reasons.map(({ zh }) => zh).join('，') || evaluation.verdict}`,
  };
}
