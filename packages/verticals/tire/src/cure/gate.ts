import type { GateRun, ReleaseGate } from '@yunfab/core/verticals';
import type { TireConfig } from '../config.js';

/** A lot of tires is released only when every cure that made it passed. */
export const cureGate: ReleaseGate<TireConfig> = {
  id: 'tire.cure',
  words: { en: 'Every tire is cured', zh: '每条轮胎均已硫化合格' },
  check({ lot, runs, specification }) {
    const cures = runs.filter(({ equipmentModel }) => equipmentModel === 'tire.curing-press');
    if (cures.length === 0) {
      if (!specification?.schema.startsWith('tire/')) return null;
      return {
        holds: false,
        words: {
          en: `No cure stands behind lot ${lot.code}; bind its press runs to it`,
          zh: `批次 ${lot.code} 没有硫化记录；请将硫化过程关联到该批次`,
        },
        evidence: [],
      };
    }
    const bad = cures.filter(({ evaluation }) => evaluation?.evaluator !== 'tire.cure' || evaluation.verdict !== 'pass');
    const evidence = (bad.length > 0 ? bad : cures).map(({ id }) => ({ kind: 'process_run', id }));
    if (bad.length === 0) {
      const equivalents = cures.flatMap(({ evaluation }) => evaluation?.values['cure_equivalent']?.value ?? []);
      const range = `${Math.min(...equivalents)}–${Math.max(...equivalents)}`;
      return {
        holds: true,
        words: { en: `${cures.length} cures passed, ${range} min equivalent`, zh: `${cures.length} 次硫化全部合格，等效 ${range} 分钟` },
        evidence,
      };
    }
    const shown = bad.slice(0, 3).map(told);
    const more =
      bad.length > shown.length
        ? { en: `; and ${bad.length - shown.length} more`, zh: `;另有 ${bad.length - shown.length} 次` }
        : { en: '', zh: '' };
    return {
      holds: false,
      words: { en: `${shown.map(({ en }) => en).join('; ')}${more.en}`, zh: `${shown.map(({ zh }) => zh).join(';')}${more.zh}` },
      evidence,
    };
  },
};

function told({ key, endedAt, evaluation }: GateRun): { en: string; zh: string } {
  if (endedAt === null) return { en: `Run ${key} has not ended`, zh: `过程 ${key} 尚未结束` };
  if (!evaluation) return { en: `Run ${key} has not been evaluated`, zh: `过程 ${key} 尚未评定` };
  const reasons = evaluation.findings.filter(({ holds }) => !holds).map(({ words }) => words);
  return {
    en: `Run ${key}: ${reasons.map(({ en }) => en).join(', ') || evaluation.verdict}`,
    zh: `过程 ${key}:${reasons.map(({ zh }) => zh).join(',') || evaluation.verdict}`,
  };
}
