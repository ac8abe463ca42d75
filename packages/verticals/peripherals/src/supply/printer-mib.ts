import type { Words } from '@yunfab/core/access';
import { type Issue, issue } from '../issue.js';

/** `PrtMarkerSuppliesClassTC` of the IANA printer MIB (RFC 3805), by its number. */
export const supplyClasses = { 1: 'other', 3: 'supplyThatIsConsumed', 4: 'receptacleThatIsFilled' } as const;
export type SupplyClass = (typeof supplyClasses)[keyof typeof supplyClasses];

/** `PrtMarkerSuppliesTypeTC`, by its number, with the word for it. */
export const supplyTypes: Readonly<Record<number, Words>> = {
  1: { en: 'Supply', zh: '耗材' },
  2: { en: 'Supply', zh: '耗材' },
  3: { en: 'Toner', zh: '碳粉' },
  4: { en: 'Waste toner', zh: '废粉' },
  5: { en: 'Ink', zh: '墨水' },
  6: { en: 'Ink cartridge', zh: '墨盒' },
  7: { en: 'Ink ribbon', zh: '色带' },
  8: { en: 'Waste ink', zh: '废墨' },
  9: { en: 'Photoconductor', zh: '感光鼓' },
  10: { en: 'Developer', zh: '显影剂' },
  11: { en: 'Fuser oil', zh: '定影油' },
  12: { en: 'Solid wax', zh: '固体蜡' },
  13: { en: 'Ribbon wax', zh: '蜡基色带' },
  14: { en: 'Waste wax', zh: '废蜡' },
  15: { en: 'Fuser', zh: '定影器' },
  16: { en: 'Corona wire', zh: '电晕丝' },
  17: { en: 'Fuser oil wick', zh: '定影油芯' },
  18: { en: 'Cleaner unit', zh: '清洁组件' },
  19: { en: 'Fuser cleaning pad', zh: '定影清洁垫' },
  20: { en: 'Transfer unit', zh: '转印组件' },
  21: { en: 'Toner cartridge', zh: '粉盒' },
  22: { en: 'Fuser oiler', zh: '定影涂油器' },
  23: { en: 'Water', zh: '水' },
  24: { en: 'Waste water', zh: '废水' },
  25: { en: 'Glue water additive', zh: '胶水添加剂' },
  26: { en: 'Waste paper', zh: '废纸' },
  27: { en: 'Binding supply', zh: '装订耗材' },
  28: { en: 'Banding supply', zh: '捆扎耗材' },
  29: { en: 'Stitching wire', zh: '订线' },
  30: { en: 'Shrink wrap', zh: '热缩膜' },
  31: { en: 'Paper wrap', zh: '包装纸' },
  32: { en: 'Staples', zh: '订书钉' },
  33: { en: 'Inserts', zh: '插页' },
  34: { en: 'Covers', zh: '封面' },
};

/** `PrtMarkerSuppliesSupplyUnitTC`, by its number. */
export const supplyUnits: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'unknown',
  3: 'tenThousandthsOfInches',
  4: 'micrometers',
  7: 'impressions',
  8: 'sheets',
  11: 'hours',
  12: 'thousandthsOfOunces',
  13: 'tenthsOfGrams',
  14: 'hundrethsOfFluidOunces',
  15: 'tenthsOfMilliliters',
  16: 'feet',
  17: 'meters',
  18: 'items',
  19: 'percent',
};

/** One row of `prtMarkerSuppliesTable` as a printer answered it, every column its integer. */
export interface SupplyRow {
  readonly level: number;
  readonly maxCapacity: number;
  /** 3 when the printer does not say. */
  readonly class?: number | undefined;
  readonly type?: number | undefined;
  readonly unit?: number | undefined;
}

/** How a printer fills in the level of a receptacle: RFC 3805 asks for the space that is left; some models tell what is filled. */
export type ReceptacleLevel = 'remaining_space' | 'filled';

export interface SupplyPolicy {
  readonly receptacleLevel: ReceptacleLevel;
  /** What a level of −2 counts as: silence to be looked at, or a supply taken to be there. */
  readonly unknownLevel: 'look' | 'assume_ok';
}

export const usualPolicy: SupplyPolicy = { receptacleLevel: 'remaining_space', unknownLevel: 'look' };

/**
 * What a row says. `measured`: a share is known. `some_remaining` (−3): there is some, without a percentage. `unrestricted`
 * (−1): the printer sets no limit. `unknown` (−2). A share is of what is left until somebody has to act: of the supply, or of
 * the space in the receptacle.
 */
export type SupplyLevel =
  | { readonly kind: 'measured'; readonly remaining: number }
  | { readonly kind: 'some_remaining' | 'unrestricted' | 'unknown' };

export interface Supply {
  readonly class: SupplyClass;
  readonly words: Words;
  readonly unit: string;
  readonly level: SupplyLevel;
  /** Somebody has to look: nothing is left, or the printer knows nothing and the policy does not let that pass. */
  readonly attention: boolean;
  /** One short sentence: `63 %`, `OK, no percentage`, `82 % full`. */
  readonly told: Words;
}

/** Reads one row of `prtMarkerSuppliesTable` (RFC 3805). */
export function readSupply(
  row: SupplyRow,
  policy: SupplyPolicy = usualPolicy,
): { readonly supply: Supply | null; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  for (const field of ['level', 'maxCapacity'] as const)
    if (!Number.isInteger(row[field]) || row[field] < (field === 'level' ? -3 : -2) || row[field] > 0x7fff_ffff)
      issues.push(
        issue(
          field,
          `${field} is ${row[field]}; RFC 3805 knows ${field === 'level' ? '−3, ' : ''}−2, −1 and amounts from 0`,
          `${field} 为 ${row[field]}；RFC 3805 只有 ${field === 'level' ? '−3、' : ''}−2、−1 与不小于 0 的数量`,
        ),
      );
  const supplyClass = supplyClasses[(row.class ?? 3) as keyof typeof supplyClasses] as SupplyClass | undefined;
  const words = supplyTypes[row.type ?? 2];
  const unit = supplyUnits[row.unit ?? 2];
  if (!supplyClass)
    issues.push(issue('class', `Class ${row.class} is none of 1, 3, 4 of RFC 3805`, `类别 ${row.class} 不是 RFC 3805 的 1、3、4`));
  if (!words) issues.push(issue('type', `Type ${row.type} is not in the IANA printer MIB`, `类型 ${row.type} 不在 IANA 打印机 MIB 中`));
  if (!unit) issues.push(issue('unit', `Unit ${row.unit} is not in the IANA printer MIB`, `单位 ${row.unit} 不在 IANA 打印机 MIB 中`));
  if (issues.length > 0 || !supplyClass || !words || !unit) return { supply: null, issues };

  const level = levelOf(row, supplyClass, policy);
  if (level.kind === 'measured' && row.unit !== 19 && row.level > row.maxCapacity)
    issues.push(
      issue(
        'level',
        `Level ${row.level} is above the capacity ${row.maxCapacity}; it counts as full`,
        `存量 ${row.level} 超过容量 ${row.maxCapacity}，按满计`,
      ),
    );
  const nothingLeft = level.kind === 'measured' && level.remaining <= 0;
  const silent = level.kind === 'unknown' && policy.unknownLevel === 'look';
  return { supply: { class: supplyClass, words, unit, level, attention: nothingLeft || silent, told: told(level, supplyClass) }, issues };
}

function levelOf(row: SupplyRow, supplyClass: SupplyClass, policy: SupplyPolicy): SupplyLevel {
  if (row.level === -1) return { kind: 'unrestricted' };
  if (row.level === -2) return { kind: 'unknown' };
  if (row.level === -3) return { kind: 'some_remaining' };
  const capacity = row.unit === 19 && row.maxCapacity <= 0 ? 100 : row.maxCapacity;
  // An amount without a capacity is something that is there, but of nothing that it could be a share of.
  if (capacity <= 0) return row.level > 0 ? { kind: 'some_remaining' } : { kind: 'measured', remaining: 0 };
  const share = Math.min(1, row.level / capacity);
  const filled = supplyClass === 'receptacleThatIsFilled' && policy.receptacleLevel === 'filled';
  return { kind: 'measured', remaining: filled ? 1 - share : share };
}

const unmeasuredWords = {
  some_remaining: { en: 'OK, no percentage', zh: '正常，无百分比' },
  unrestricted: { en: 'Not limited', zh: '不受限' },
  unknown: { en: 'Unknown', zh: '未知' },
} as const satisfies Readonly<Record<string, Words>>;

function told(level: SupplyLevel, supplyClass: SupplyClass): Words {
  if (level.kind !== 'measured') return unmeasuredWords[level.kind];
  if (supplyClass === 'receptacleThatIsFilled') {
    const full = Math.round((1 - level.remaining) * 100);
    return { en: `${full} % full`, zh: `已满 ${full}%` };
  }
  const left = Math.round(level.remaining * 100);
  return { en: `${left} %`, zh: `${left}%` };
}
