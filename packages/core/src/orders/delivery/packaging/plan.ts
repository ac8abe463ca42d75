import { newId } from '../../../database/index.js';
import { atField } from '../../../errors/index.js';
import { add, canonical, compare, fitsUnit } from '../../../measure/index.js';
import { ordersErrors } from '../../order/errors.js';
import { deliveryErrors } from '../errors.js';
import type { NewPackage } from './schema.js';

/** A line of the shipment as packages see it; quantities in the unit of the order's line. */
export interface PackedLine {
  readonly id: string;
  /** Position of the order's line, for messages. */
  readonly position: number;
  readonly unit: string;
  readonly quantity: string;
  /** Into the unit of the order's line. */
  readonly converted: (given: string) => string;
}

export interface PlannedContent {
  readonly id: string;
  readonly line: PackedLine;
  readonly quantity: string;
  readonly serials: readonly string[];
}

export interface PlannedPackage {
  readonly id: string;
  readonly parent: string | null;
  readonly position: number;
  readonly given: NewPackage;
  readonly contents: readonly PlannedContent[];
}

/**
 * Packages as they are to be written: nested without a circle, none empty, every shipped quantity in exactly one place.
 * Throws `delivery.package_inside`, `package_empty`, `package_line`, `packed_differs`, `serials_differ`, `serial_twice`.
 */
export function planPackages(packages: readonly NewPackage[], lines: readonly PackedLine[]): PlannedPackage[] {
  const ids = packages.map(() => newId() as string);
  const holders = new Set(packages.flatMap(({ inside }) => inside ?? []));
  const planned = packages.map((given, at): PlannedPackage => {
    const place = at + 1;
    if (given.inside !== undefined && given.inside >= at)
      throw deliveryErrors.package_inside({ package: place, inside: given.inside, field: `packages.${at}.inside` });
    if (given.contents.length === 0 && !holders.has(at))
      throw deliveryErrors.package_empty({ package: place, field: `packages.${at}.contents` });
    const parent = given.inside === undefined ? null : (ids[given.inside] ?? null);
    return {
      id: ids[at] ?? '',
      parent,
      position: place,
      given,
      contents: given.contents.map((content) => atField(`packages.${at}.contents`, () => planContent(content, place, lines))),
    };
  });
  const contents = planned.flatMap((each) => each.contents);
  for (const line of lines) requireAllPacked(line, contents);
  requireOnce(contents);
  return planned;
}

function planContent(
  { line: index, quantity, serials = [] }: NewPackage['contents'][number],
  place: number,
  lines: readonly PackedLine[],
): PlannedContent {
  const line = lines[index];
  if (!line) throw deliveryErrors.package_line({ package: place, line: index, lines: lines.length });
  const packed = canonical(line.converted(quantity));
  if (!fitsUnit(packed, line.unit)) throw ordersErrors.not_whole({ value: packed, unit: line.unit });
  if (serials.length > 0 && compare(String(serials.length), packed) !== 0)
    throw deliveryErrors.serials_differ({ package: place, serials: serials.length, quantity: packed });
  return { id: newId(), line, quantity: packed, serials };
}

function requireAllPacked(line: PackedLine, contents: readonly PlannedContent[]): void {
  const packed = add('0', ...contents.filter((content) => content.line === line).map(({ quantity }) => quantity));
  if (compare(packed, line.quantity) !== 0)
    throw deliveryErrors.packed_differs({ line: line.position, packed, shipped: canonical(line.quantity), unit: line.unit });
}

function requireOnce(contents: readonly PlannedContent[]): void {
  const seen = new Set<string>();
  for (const { line, serials } of contents)
    for (const serial of serials) {
      const key = `${line.id} ${serial}`;
      if (seen.has(key)) throw deliveryErrors.serial_twice({ serial });
      seen.add(key);
    }
}
