import { useFormat } from '../app/platform.js';
import { measuredUnit } from '../words/units.js';
import type { Parameter } from './parameters.js';

/** The limits of a number as people write them, with the unit; empty without any. */
export function useLimits(): (parameter: Parameter) => string {
  const format = useFormat();
  return ({ range, unit }) => {
    const { low = null, high = null } = range ?? {};
    if (low === null && high === null) return '';
    const limits =
      low !== null && high !== null
        ? `${format.number(low)} – ${format.number(high)}`
        : low !== null
          ? `≥ ${format.number(low)}`
          : `≤ ${format.number(high ?? 0)}`;
    return [limits, measuredUnit(unit ?? '')].filter(Boolean).join(' ');
  };
}
