import type { Issue } from '@yunfab/core/errors';
import { issue } from './identification.js';

/** Levels of a package, from the unit of use outward. */
export const packagingLevels = ['unit', 'inner_box', 'carton', 'pallet'] as const;
export type PackagingLevel = (typeof packagingLevels)[number];

/** One level: its own device identifier, and how many of which level below it holds. The unit of use holds nothing. */
export interface PackageConfiguration {
  readonly di: string;
  readonly level: PackagingLevel;
  readonly contains: { readonly di: string; readonly quantity: number } | null;
}

/** Every issue of one product's levels; none: each level holds whole numbers of a lower one, down to one unit of use. */
export function packagingIssues(levels: readonly PackageConfiguration[]): Issue[] {
  const issues: Issue[] = [];
  const byDi = new Map(levels.map((each) => [each.di, each]));
  if (byDi.size < levels.length)
    issues.push(
      issue('di', 'Two levels have the same device identifier; each needs its own.', '两个包装级别使用了相同的产品标识；每级须各有标识。'),
    );
  if (levels.filter(({ level }) => level === 'unit').length !== 1)
    issues.push(issue('unit', 'There has to be exactly one unit of use.', '必须有且仅有一个使用单元。'));
  for (const { di, level, contains } of levels) {
    if (level === 'unit') {
      if (contains) issues.push(issue(di, `The unit of use ${di} holds nothing below it.`, `使用单元 ${di} 不得再包含下级包装。`));
      continue;
    }
    const below = contains && byDi.get(contains.di);
    if (!contains || !below)
      issues.push(issue(di, `${di} has to say what it holds, among the levels given.`, `${di} 须说明其包含的下级包装，且该级须已给出。`));
    else if (packagingLevels.indexOf(below.level) >= packagingLevels.indexOf(level)) {
      issues.push(
        issue(di, `${di} cannot hold ${contains.di}, which is no lower level.`, `${di} 不能包含 ${contains.di}：后者不是更低的包装级别。`),
      );
    }
    if (contains && (!Number.isInteger(contains.quantity) || contains.quantity < 1)) {
      issues.push(
        issue(
          di,
          `${di} holds ${contains.quantity}; a whole number from 1 is needed.`,
          `${di} 的内装数量为 ${contains.quantity}，应为不小于 1 的整数。`,
        ),
      );
    }
  }
  return issues;
}

/** How many units of use a package holds, and which; null for an identifier that the levels do not have. */
export function unitsIn(levels: readonly PackageConfiguration[], di: string): { readonly di: string; readonly quantity: number } | null {
  let quantity = 1;
  let at = levels.find((each) => each.di === di);
  // Each step goes to a lower level, so there are no more steps than levels.
  for (let step = 0; step < packagingLevels.length && at; step++) {
    if (!at.contains) return { di: at.di, quantity };
    const below: string = at.contains.di;
    quantity *= at.contains.quantity;
    at = levels.find((each) => each.di === below);
  }
  return null;
}

export interface PackageCount {
  readonly di: string;
  readonly count: number;
}

/** Packages as they were scanned, in units of use: ten cartons and three inner boxes are how many pieces. Unknown ones are named. */
export function countUnits(
  levels: readonly PackageConfiguration[],
  scans: readonly PackageCount[],
): { units: PackageCount[]; unknown: string[] } {
  const units = new Map<string, number>();
  const unknown: string[] = [];
  for (const { di, count } of scans) {
    const inside = unitsIn(levels, di);
    if (inside) units.set(inside.di, (units.get(inside.di) ?? 0) + inside.quantity * count);
    else unknown.push(di);
  }
  return { units: [...units].map(([di, count]) => ({ di, count })), unknown };
}
