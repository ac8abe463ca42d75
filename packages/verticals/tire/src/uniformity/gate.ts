import type { ReleaseGate } from '@yunfab/core/verticals';
import type { TireConfig } from '../config.js';
import { uniformityMachine } from './machine.js';

/** Where the order asks for a uniformity grade, every tire of the lot was measured and reached it. */
export const uniformityGate: ReleaseGate<TireConfig> = {
  id: 'tire.uniformity',
  words: { en: 'Every tire has the uniformity that the order asks for', zh: '每条轮胎均匀性达到订单要求' },
  check({ lot, runs, specification }) {
    const asked = askedGrade(specification?.value);
    if (asked === null) return null;
    const measured = runs.filter(({ equipmentModel }) => equipmentModel === uniformityMachine.id);
    const passed = measured.filter(({ evaluation }) => evaluation?.evaluator === 'tire.uniformity' && evaluation.verdict === 'pass');
    // A tire may be measured again; what counts is that as many passed as the lot holds.
    const holds = passed.length >= Number(lot.quantity);
    const evidence = (holds ? passed : measured.filter((run) => !passed.includes(run))).map(({ id }) => ({ kind: 'process_run', id }));
    return {
      holds,
      evidence,
      words: holds
        ? { en: `${passed.length} tires reached grade ${asked}`, zh: `${passed.length} 条轮胎达到 ${asked} 级` }
        : {
            en: `${passed.length} of ${lot.quantity} tires reached grade ${asked}, ${measured.length} were measured`,
            zh: `批次 ${lot.quantity} 条中 ${passed.length} 条达到 ${asked} 级，已测 ${measured.length} 条`,
          },
    };
  },
};

function askedGrade(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'uniformity_grade' in value && typeof value.uniformity_grade === 'string'
    ? value.uniformity_grade
    : null;
}
