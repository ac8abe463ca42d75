import type { TireSize } from './parse.js';
import { loadShareAt } from './speed.js';

/** What an axle asks of its tires. */
export interface Service {
  /** kg on the whole axle. */
  readonly axleLoad: number;
  /** Highest, km/h. */
  readonly speed: number;
  /** Two tires on each side, judged by the second load index. */
  readonly dual?: boolean;
}

export interface ServiceCheck {
  readonly fits: boolean;
  /** kg that one tire carries at this speed; null where the marking does not say, or the speed is beyond it. */
  readonly loadPerTire: number | null;
  /** kg that the axle's tires carry at this speed. */
  readonly axleCapacity: number | null;
  /** Percent of the axle load that is left over; negative when too little. */
  readonly margin: number | null;
  readonly words: { readonly en: string; readonly zh: string };
}

/** Whether tires of a marking carry an axle at a speed, by load index, speed symbol and the loss of load at high speed. */
export function fits(size: TireSize, { axleLoad, speed, dual = false }: Service): ServiceCheck {
  const index = dual ? size.dualLoad : size.load;
  if (index === null || size.speedSymbol === null)
    return refused(
      dual && size.load !== null ? 'The marking has no load index for twin tires' : 'The marking has no load index and speed symbol',
      dual && size.load !== null ? '标识中没有双胎负荷指数' : '标识中没有负荷指数与速度级别',
    );
  const share = loadShareAt(size.speedSymbol, speed);
  if (share === null)
    return refused(
      `${speed} km/h is beyond ${size.speedSymbol}, ${size.speed} km/h`,
      `${speed} km/h 超出速度级别 ${size.speedSymbol}（${size.speed} km/h）`,
    );
  const loadPerTire = Math.round(index * share * 10) / 10;
  const tires = dual ? 4 : 2;
  const axleCapacity = Math.round(loadPerTire * tires * 10) / 10;
  const margin = Math.round((axleCapacity / axleLoad - 1) * 1000) / 10;
  const carried = axleCapacity >= axleLoad;
  const [en, zh] = carried ? ['carry', '可承载'] : ['carry only', '仅可承载'];
  return {
    fits: carried,
    loadPerTire,
    axleCapacity,
    margin,
    words: {
      en: `${tires} tires ${en} ${axleCapacity} kg at ${speed} km/h, the axle weighs ${axleLoad} kg`,
      zh: `${tires} 条轮胎在 ${speed} km/h 时${zh} ${axleCapacity} 千克，轴荷 ${axleLoad} 千克`,
    },
  };
}

function refused(en: string, zh: string): ServiceCheck {
  return { fits: false, loadPerTire: null, axleCapacity: null, margin: null, words: { en, zh } };
}
