import type { Words } from './actor.js';

/** Which register vouches for an organization. */
export type IdentifierScheme = 'uscc' | 'lei' | 'national';

export interface OrganizationIdentifier {
  readonly scheme: IdentifierScheme;
  /** ISO 3166-1 alpha-2; `CN` for a unified social credit code. */
  readonly country: string;
  readonly value: string;
}

export type IdentifierCheck =
  | { readonly ok: true; readonly identifier: OrganizationIdentifier }
  | { readonly ok: false; readonly field: 'country' | 'value'; readonly problem: Words };

/**
 * A unified social credit code (GB 32100) for a company in China; elsewhere an LEI (ISO 17442), else the number of the
 * national register. Upper case and without surrounding blanks when it is good.
 */
export function checkIdentifier({ scheme, country, value }: OrganizationIdentifier): IdentifierCheck {
  const normal = { scheme, country: country.trim().toUpperCase(), value: value.trim().toUpperCase() };
  if (!countries.has(normal.country)) {
    return refuse('country', `"${country}" is no ISO 3166-1 country code`, `“${country}”不是 ISO 3166-1 国家代码`);
  }
  if (scheme === 'uscc' && normal.country !== 'CN') {
    return refuse('country', 'a unified social credit code belongs to CN', '统一社会信用代码仅用于中国（CN）');
  }
  const problem = scheme === 'uscc' ? usccProblem(normal.value) : scheme === 'lei' ? leiProblem(normal.value) : nationalProblem(normal);
  return problem ? { ok: false, field: 'value', problem } : { ok: true, identifier: normal };
}

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccBody = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}$/;

/** The 18th character that GB 32100 gives to the first 17: 31 − Σ value·3^(i−1) mod 31, where 31 counts as 0. */
export function usccCheckCharacter(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += usccAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return usccAlphabet.charAt((31 - (sum % 31)) % 31);
}

function usccProblem(value: string): Words | null {
  if (value.length !== 18) {
    return words(
      `"${value}" has ${value.length} characters; a unified social credit code has 18`,
      `“${value}”有 ${value.length} 位，统一社会信用代码应为 18 位`,
    );
  }
  const body = value.slice(0, 17);
  if (!usccBody.test(body)) {
    return words(
      `"${value}" holds a character where GB 32100 has none (letters I O S V Z never, characters 3 to 8 are digits)`,
      `“${value}”含有 GB 32100 不允许的字符（不使用字母 I O S V Z，第 3 至 8 位为数字）`,
    );
  }
  const expected = usccCheckCharacter(body);
  if (value.charAt(17) === expected) return null;
  return words(
    `the check character of "${value}" is ${value.charAt(17)}, but ${expected} belongs there`,
    `“${value}”的校验码是 ${value.charAt(17)}，应为 ${expected}`,
  );
}

/** ISO 17442-1: 18 characters and two check digits by ISO 7064 mod 97-10. */
function leiProblem(value: string): Words | null {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(value)) {
    return words(`"${value}" is not 18 letters or digits followed by 2 check digits`, `“${value}”不是 18 位字母或数字加 2 位校验数字`);
  }
  let remainder = 0;
  for (const character of value) {
    const digits = Number.parseInt(character, 36).toString();
    remainder = Number(`${remainder}${digits}`) % 97;
  }
  return remainder === 1 ? null : words(`the check digits of "${value}" are wrong`, `“${value}”的校验数字不正确`);
}

function nationalProblem({ country, value }: OrganizationIdentifier): Words | null {
  if (country === 'CN') return words('a company in CN is registered by its unified social credit code', '中国企业须以统一社会信用代码登记');
  return /^[0-9A-Z][0-9A-Z ./-]{1,39}$/.test(value)
    ? null
    : words(`"${value}" is not 2 to 40 letters, digits, blanks or . / -`, `“${value}”不是 2 至 40 位字母、数字、空格或 . / -`);
}

const words = (en: string, zh: string): Words => ({ en, zh });
const refuse = (field: 'country' | 'value', en: string, zh: string): IdentifierCheck => ({ ok: false, field, problem: { en, zh } });

/** ISO 3166-1 alpha-2, officially assigned. */
const countries = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI
  CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR
  GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU
  LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL
  PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
  TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/),
);
