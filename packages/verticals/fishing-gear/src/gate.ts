import type { GateFinding, GateRun, ReleaseGate } from '@yunfab/core/verticals';
import type { FishingGearConfig } from './config.js';
import { curingOven, deflectionBench } from './equipment.js';

/** A lot of blanks is released only when it was cured in its window and tested on the bench, and no run of it failed. */
export const blankGate: ReleaseGate<FishingGearConfig> = {
  id: 'fishing-gear.blank',
  words: { en: 'Blanks are cured and tested', zh: '竿坯已固化并通过挠度试验' },
  check({ lot, runs, specification }) {
    const cures = runs.filter(({ equipmentModel }) => equipmentModel === curingOven.id);
    const tests = runs.filter(({ equipmentModel }) => equipmentModel === deflectionBench.id);
    const isBlank = specification?.schema.startsWith('fishing-gear/') ?? false;
    if (!isBlank && cures.length + tests.length === 0) return null;
    if (cures.length === 0) return missing(lot.code, 'oven cure', '固化过程');
    if (tests.length === 0) return missing(lot.code, 'bench run', '挠度试验');
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

function missing(lot: string, en: string, zh: string): GateFinding {
  return {
    holds: false,
    words: { en: `No ${en} stands behind lot ${lot}; bind its runs to it`, zh: `批次 ${lot} 没有${zh}记录；请将过程关联到该批次` },
    evidence: [],
  };
}

function told({ key, endedAt, evaluation }: GateRun): { en: string; zh: string } {
  if (endedAt === null) return { en: `Run ${key} has not ended`, zh: `过程 ${key} 尚未结束` };
  if (!evaluation) return { en: `Run ${key} has not been evaluated`, zh: `过程 ${key} 尚未评定` };
  const reasons = evaluation.findings.filter(({ holds }) => !holds).map(({ words }) => words);
  return {
    en: `Run ${key}: ${reasons.map(({ en }) => en).join(', ') || evaluation.verdict}`,
    zh: `过程 ${key}：${reasons.map(({ zh }) => zh).join('，') || evaluation.verdict}`,
  };
}
