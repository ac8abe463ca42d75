import { highestLoadIndex, loadOf } from './load-index.js';
import { speedOf } from './speed.js';

/** What a tire's size marking says. Lengths in mm, loads in kg, speed in km/h; null where the marking does not say. */
export interface TireSize {
  readonly system: 'metric' | 'flotation' | 'inch';
  readonly service: 'passenger' | 'light_truck' | 'truck' | 'temporary_spare' | 'trailer';
  /** Before the width, after the rim: `LT245/75R16`, `195/70R15C`. */
  readonly prefix: 'P' | 'LT' | 'T' | 'ST' | null;
  readonly suffix: 'C' | 'LT' | 'ST' | null;
  /** Width and overall diameter as they are marked: `205`, `10.50`, `31`. */
  readonly nominalWidth: string;
  readonly nominalDiameter: string | null;
  readonly sectionWidth: number;
  /** Percent. */
  readonly aspectRatio: number | null;
  readonly construction: 'radial' | 'diagonal' | 'bias_belted';
  /** Nominal, inches, as it is marked: 16, 22.5. */
  readonly rim: number;
  readonly overallDiameter: number | null;
  readonly loadIndex: number | null;
  /** Of a twin fitting. */
  readonly dualLoadIndex: number | null;
  readonly load: number | null;
  readonly dualLoad: number | null;
  readonly speedSymbol: string | null;
  readonly speed: number | null;
  /** Marked `(94Y)`: meant for more than its speed, 300 km/h. */
  readonly speedAbove: boolean;
  /** Marked `ZR`: for more than 240 km/h. */
  readonly highSpeed: boolean;
  readonly extraLoad: boolean;
  readonly mudAndSnow: boolean;
}

export interface SizeIssue {
  readonly at: 'size' | 'width' | 'aspect' | 'rim' | 'load_index' | 'speed_symbol';
  readonly words: { readonly en: string; readonly zh: string };
}

export type ParsedSize =
  | { readonly size: TireSize; readonly issues: readonly [] }
  | { readonly size: null; readonly issues: readonly SizeIssue[] };

const service = '(?:\\s+(?:(?<li>\\d{1,3})(?:/(?<dual>\\d{1,3}))?(?<ss>A[1-8]|[A-Z])|\\((?<above>\\d{2,3})Y\\)))?';
const tail = '(?<xl>\\s+(?:XL|EXTRA LOAD|REINFORCED|RF))?(?<ms>\\s+M\\s?[+&]\\s?S)?';
const rim = '(?<rim>\\d{1,2}(?:\\.5)?)';

const metric = new RegExp(
  `^(?<prefix>P|LT|T|ST)?(?<width>\\d{2,3})/(?<aspect>\\d{2,3})\\s?(?<zr>Z)?(?<build>R|D|B|-)\\s?${rim}(?<c>C|LT|ST)?${service}${tail}$`,
);
const flotation = new RegExp(
  `^(?<diameter>\\d{2}(?:\\.\\d{1,2})?)X(?<inches>\\d{1,2}(?:\\.\\d{1,2})?)(?<build>R|-)${rim}(?<c>LT)?${service}${tail}$`,
);
const inch = new RegExp(`^(?<inches>\\d{1,2}(?:\\.\\d{1,2})?)(?<build>R|-)${rim}(?<c>C|LT|ST)?${service}${tail}$`);

const millimetersPerInch = 25.4;

/** Reads a size marking such as `205/55R16 91V`, `31x10.50R15LT`, `11R22.5 148/145L`. Gives every issue found, or the size. */
export function parseSize(marking: string): ParsedSize {
  const text = marking.trim().toUpperCase().replace(/\s+/g, ' ').replaceAll('×', 'X');
  const found = metric.exec(text)?.groups;
  if (found) return finish(metricParts(found), found);
  const floating = flotation.exec(text)?.groups;
  if (floating) return finish(flotationParts(floating), floating);
  const conventional = inch.exec(text)?.groups;
  if (conventional) return finish(inchParts(conventional), conventional);
  return {
    size: null,
    issues: [
      issue(
        'size',
        `"${marking}" is no size marking; write it like 205/55R16 91V, 31x10.50R15LT or 11R22.5`,
        `“${marking}”不是规格标识；请写成 205/55R16 91V、31x10.50R15LT 或 11R22.5`,
      ),
    ],
  };
}

type Groups = Readonly<Record<string, string | undefined>>;
type Body = Pick<
  TireSize,
  | 'system'
  | 'service'
  | 'prefix'
  | 'suffix'
  | 'nominalWidth'
  | 'nominalDiameter'
  | 'sectionWidth'
  | 'aspectRatio'
  | 'construction'
  | 'rim'
  | 'overallDiameter'
>;

function metricParts({ prefix, width, aspect, build, rim, c }: Groups): Body {
  const sectionWidth = Number(width);
  const aspectRatio = Number(aspect);
  const diameter = Number(rim);
  return {
    system: 'metric',
    service: serviceOf(prefix, c, diameter),
    prefix: (prefix ?? null) as Body['prefix'],
    suffix: (c ?? null) as Body['suffix'],
    nominalWidth: String(sectionWidth),
    nominalDiameter: null,
    sectionWidth,
    aspectRatio,
    construction: constructionOf(build),
    rim: diameter,
    overallDiameter: toTenth(diameter * millimetersPerInch + (2 * sectionWidth * aspectRatio) / 100),
  };
}

function flotationParts({ diameter, inches, build, rim, c }: Groups): Body {
  return {
    system: 'flotation',
    service: 'light_truck',
    prefix: null,
    suffix: (c ?? null) as Body['suffix'],
    nominalWidth: inches as string,
    nominalDiameter: diameter as string,
    sectionWidth: toTenth(Number(inches) * millimetersPerInch),
    aspectRatio: null,
    construction: constructionOf(build),
    rim: Number(rim),
    overallDiameter: toTenth(Number(diameter) * millimetersPerInch),
  };
}

function inchParts({ inches, build, rim, c }: Groups): Body {
  return {
    system: 'inch',
    service: c === 'LT' || c === 'C' ? 'light_truck' : c === 'ST' ? 'trailer' : 'truck',
    prefix: null,
    suffix: (c ?? null) as Body['suffix'],
    nominalWidth: inches as string,
    nominalDiameter: null,
    sectionWidth: toTenth(Number(inches) * millimetersPerInch),
    aspectRatio: null,
    construction: constructionOf(build),
    rim: Number(rim),
    overallDiameter: null,
  };
}

function finish(body: Body, { li, dual, ss, above, zr, xl, ms }: Groups): ParsedSize {
  const index = above ?? li;
  const loadIndex = index === undefined ? null : Number(index);
  const symbol = above === undefined ? ss : 'Y';
  const dualLoadIndex = dual === undefined ? null : Number(dual);
  const issues: SizeIssue[] = [];
  if (body.system === 'metric' && (body.sectionWidth < 80 || body.sectionWidth % 5 !== 0))
    issues.push(
      issue(
        'width',
        `Section widths end in 0 or 5 and begin at 80 mm, not ${body.sectionWidth}`,
        `断面宽度以 0 或 5 结尾且不小于 80 毫米，不能是 ${body.sectionWidth}`,
      ),
    );
  if (body.aspectRatio !== null && (body.aspectRatio < 20 || body.aspectRatio > 110))
    issues.push(
      issue(
        'aspect',
        `An aspect ratio of ${body.aspectRatio} is not made; 20 to 110 are`,
        `不存在扁平比 ${body.aspectRatio}；应为 20 至 110`,
      ),
    );
  if (body.rim < 8 || body.rim > 63)
    issues.push(issue('rim', `There is no rim of ${body.rim} inches; 8 to 63 exist`, `不存在 ${body.rim} 英寸轮辋；应为 8 至 63`));
  for (const index of [loadIndex, dualLoadIndex])
    if (index !== null && loadOf(index) === null)
      issues.push(
        issue(
          'load_index',
          `Load index ${index} is not between 0 and ${highestLoadIndex}`,
          `负荷指数 ${index} 不在 0 至 ${highestLoadIndex} 之间`,
        ),
      );
  if (symbol !== undefined && speedOf(symbol) === null)
    issues.push(issue('speed_symbol', `There is no speed symbol ${symbol}`, `不存在速度级别 ${symbol}`));
  if (issues.length > 0) return { size: null, issues };
  return {
    size: {
      ...body,
      loadIndex,
      dualLoadIndex,
      load: loadIndex === null ? null : loadOf(loadIndex),
      dualLoad: dualLoadIndex === null ? null : loadOf(dualLoadIndex),
      speedSymbol: symbol ?? null,
      speed: symbol === undefined ? null : speedOf(symbol),
      speedAbove: above !== undefined,
      highSpeed: zr !== undefined,
      extraLoad: xl !== undefined,
      mudAndSnow: ms !== undefined,
    },
    issues: [],
  };
}

function serviceOf(prefix: string | undefined, suffix: string | undefined, rim: number): TireSize['service'] {
  if (prefix === 'LT' || suffix === 'C' || suffix === 'LT') return 'light_truck';
  if (prefix === 'ST' || suffix === 'ST') return 'trailer';
  if (prefix === 'T') return 'temporary_spare';
  return !Number.isInteger(rim) ? 'truck' : 'passenger';
}

function constructionOf(build: string | undefined): TireSize['construction'] {
  return build === 'R' ? 'radial' : build === 'B' ? 'bias_belted' : 'diagonal';
}

const toTenth = (millimeters: number): number => Math.round(millimeters * 10) / 10;
const issue = (at: SizeIssue['at'], en: string, zh: string): SizeIssue => ({ at, words: { en, zh } });
