import { weekOf } from './week.js';

/** A tire identification number (49 CFR 574.5) taken apart. */
export interface TireIdentification {
  /** The symbols alone, without `DOT` and spaces. */
  readonly tin: string;
  readonly kind: 'new' | 'retread' | 'legacy';
  readonly plant: string;
  /** What the manufacturer wrote between plant and date; in a legacy number the two size symbols and up to four of its own. */
  readonly manufacturerCode: string | null;
  readonly week: number;
  /** Null when the date has three digits: the decade before 2000 is not marked. */
  readonly year: number | null;
  /** Sunday on which the week begins. */
  readonly weekBegins: string | null;
}

export interface TinIssue {
  readonly at: 'tin' | 'symbol' | 'length' | 'date';
  readonly words: { readonly en: string; readonly zh: string };
}

export type ParsedTin =
  | { readonly identification: TireIdentification; readonly issues: readonly [] }
  | { readonly identification: null; readonly issues: readonly TinIssue[] };

/** The symbols that 574.5 allows: no G, I, O, Q, S, Z. */
const allowed = /^[ABCDEFHJKLMNPRTUVWXY0-9]$/;

/**
 * Reads a tire identification number: 13 symbols (plant 3, manufacturer's code 6, week and year), 7 of a retread
 * (plant 3, week and year), or as marked before 2015 (plant 2, size 2, up to 4 more, then four or three digits of date).
 */
export function parseTin(marking: string, today: Date): ParsedTin {
  const tin = marking
    .toUpperCase()
    .replace(/^\s*DOT\b/, '')
    .replace(/[\s-]+/g, '');
  const strange = [...new Set([...tin].filter((symbol) => !allowed.test(symbol)))];
  if (strange.length > 0) {
    return failed(
      'symbol',
      `49 CFR 574.5 does not use ${strange.join(', ')}; look again, 0 and 1 are often read as O and I`,
      `49 CFR 574.5 不使用 ${strange.join('、')}；请再核对，0 和 1 常被误读为 O 和 I`,
    );
  }
  if (tin.length === 13) return dated(tin, { kind: 'new', plant: tin.slice(0, 3), manufacturerCode: tin.slice(3, 9) }, tin.slice(9), today);
  if (tin.length === 7 && weekAndYear(tin.slice(3), today))
    return dated(tin, { kind: 'retread', plant: tin.slice(0, 3), manufacturerCode: null }, tin.slice(3), today);
  if (tin.length >= 7 && tin.length <= 12) return legacy(tin, today);
  return failed(
    'length',
    `A tire identification number has 13 symbols, a retread 7, one from before 2015 up to 12; this has ${tin.length}`,
    `轮胎识别号为 13 位，翻新胎 7 位，2015 年前最多 12 位；此号 ${tin.length} 位`,
  );
}

function legacy(tin: string, today: Date): ParsedTin {
  const body = (digits: number) => ({ kind: 'legacy' as const, plant: tin.slice(0, 2), manufacturerCode: tin.slice(2, -digits) });
  if (tin.length >= 8 && weekAndYear(tin.slice(-4), today)) return dated(tin, body(4), tin.slice(-4), today);
  const date = /^(\d{2})(\d)$/.exec(tin.slice(-3));
  const week = Number(date?.[1]);
  if (date && tin.length <= 11 && week >= 1 && week <= 53)
    return { identification: { tin, ...body(3), week, year: null, weekBegins: null }, issues: [] };
  return dateFailed(tin.slice(-4));
}

function dated(tin: string, body: Pick<TireIdentification, 'kind' | 'plant' | 'manufacturerCode'>, digits: string, today: Date): ParsedTin {
  const date = weekAndYear(digits, today);
  return date ? { identification: { tin, ...body, ...date }, issues: [] } : dateFailed(digits);
}

function dateFailed(digits: string): ParsedTin {
  return failed(
    'date',
    `"${digits}" is no week and year of manufacture (WWYY, week 01 to the last full one, not in the future)`,
    `“${digits}”不是有效的生产周与年份（WWYY，自第 01 周起，不得晚于今天）`,
  );
}

/** `WWYY`, not in the future. */
function weekAndYear(digits: string, today: Date): { week: number; year: number; weekBegins: string } | null {
  const found = /^(\d{2})(\d{2})$/.exec(digits);
  const held = found && weekOf(2000 + Number(found[2]), Number(found[1]));
  if (!held || held.begins > today) return null;
  return { week: held.week, year: held.year, weekBegins: held.begins.toISOString().slice(0, 10) };
}

const failed = (at: TinIssue['at'], en: string, zh: string): ParsedTin => ({ identification: null, issues: [{ at, words: { en, zh } }] });
