import type { ReleaseGate } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from '../config.js';
import { steamSterilizer } from './sterilizer.js';

/** Every steam cycle of a lot that has to be sterile passed, place by place; a lot without a cycle is not sterile. */
export const sterilizationGate: ReleaseGate<MedicalDeviceConfig> = {
  id: 'medical-device.sterilization',
  words: { en: 'Sterilized: every cycle released by its coldest probe', zh: '已灭菌：每个周期均按最冷探头放行' },
  check({ runs, specification }) {
    const asked = (specification?.value ?? {}) as { sterile?: unknown };
    if (!specification?.schema.startsWith('medical-device/') || asked.sterile !== true) return null;
    const cycles = runs.filter(({ equipmentModel }) => equipmentModel === steamSterilizer.id);
    if (cycles.length === 0) return { holds: false, evidence: [], words: { en: 'It was never sterilized.', zh: '未经灭菌。' } };
    const unreleased = cycles.filter(
      ({ evaluation }) => evaluation?.evaluator !== 'medical-device.steam-cycle' || evaluation.verdict !== 'pass',
    );
    const [first] = unreleased;
    const evidence = (first ? unreleased : cycles).map(({ id }) => ({ kind: 'process_run', id }));
    if (!first) {
      const least = Math.min(...cycles.map(({ evaluation }) => evaluation?.values['f0_coldest']?.value ?? 0));
      return {
        holds: true,
        evidence,
        words: {
          en: `${cycles.length} cycles passed, F₀ at least ${least.toFixed(1)} min`,
          zh: `${cycles.length} 个周期合格，F₀ 不低于 ${least.toFixed(1)} 分钟`,
        },
      };
    }
    const why = first.evaluation?.findings.filter(({ holds }) => !holds) ?? [];
    return {
      holds: false,
      evidence,
      words: {
        en: `Cycle ${first.key}: ${why.map(({ words }) => words.en).join('; ') || 'not judged yet'}`,
        zh: `周期 ${first.key}：${why.map(({ words }) => words.zh).join('；') || '尚未评定'}`,
      },
    };
  },
};
