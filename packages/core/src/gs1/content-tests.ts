import { checkCharacterPair, hasCheckDigit } from './check-characters.js';
import { dateOf, readDate } from './dates.js';

interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Null when the value passes; otherwise what is wrong with it. */
type ContentTest = (value: string, today: Date) => Words | null;

const unless =
  (holds: (value: string, today: Date) => boolean, en: string, zh: string): ContentTest =>
  (value, today) =>
    holds(value, today) ? null : { en, zh };

const at = (value: string, from: number, length = 2) => Number(value.slice(from, from + length));
const below = (limit: number, from: number) => (value: string) => at(value, from) < limit;

/** GS1's content tests by their names in its syntax dictionary, of which we carry out those that need no list of others. */
export const contentTests: Readonly<Record<string, ContentTest>> = {
  csum: unless(hasCheckDigit, 'its check digit is wrong', '校验位不正确'),
  csumalpha: unless(
    (value) => checkCharacterPair(value.slice(0, -2)) === value.slice(-2),
    'its check characters are wrong',
    '校验字符不正确',
  ),
  gcppos1: unless((value) => /^\d/.test(value), 'it does not begin with a company prefix', '未以厂商识别代码开头'),
  gcppos2: unless((value) => /^.\d/.test(value), 'no company prefix stands at its second place', '第二位起不是厂商识别代码'),
  yymmd0: unless((value, today) => readDate(value, today, true) !== null, 'there is no such date', '日期不存在'),
  yymmdd: unless((value, today) => readDate(value, today, false) !== null, 'there is no such date', '日期不存在'),
  yyyymmdd: unless((value) => dateOf(at(value, 0, 4), at(value, 4), at(value, 6)) !== null, 'there is no such date', '日期不存在'),
  hhmi: unless((value) => below(24, 0)(value) && below(60, 2)(value), 'there is no such time', '时间不存在'),
  hh: unless(below(24, 0), 'there is no such hour', '小时不存在'),
  mi: unless(below(60, 0), 'there is no such minute', '分钟不存在'),
  ss: unless(below(60, 0), 'there is no such second', '秒不存在'),
  nonzero: unless((value) => !/^0+$/.test(value), 'it must not be zero', '不得为零'),
  zero: unless((value) => /^0+$/.test(value), 'it must be zero', '必须为零'),
  nozeroprefix: unless((value) => value === '0' || !value.startsWith('0'), 'it must not begin with 0', '不得以 0 开头'),
  yesno: unless((value) => value === '0' || value === '1', 'it must be 0 or 1', '必须为 0 或 1'),
  winding: unless((value) => /^[019]$/.test(value), 'it must be 0, 1 or 9', '必须为 0、1 或 9'),
  iso5218: unless((value) => /^[0129]$/.test(value), 'it must be 0, 1, 2 or 9', '必须为 0、1、2 或 9'),
  hyphen: unless((value) => value === '-', 'only a hyphen may stand here', '此处只能为连字符'),
  hasnondigit: unless((value) => /\D/.test(value), 'it must hold something else than digits', '须含数字以外的字符'),
  pieceoftotal: unless(
    (value) => at(value, 0) > 0 && at(value, 2) > 0 && at(value, 0) <= at(value, 2),
    'its piece is none of its total',
    '分件号超出总件数',
  ),
  latitude: unless((value) => Number(value) <= 1_800_000_000, 'there is no such latitude', '纬度不存在'),
  longitude: unless((value) => Number(value) <= 3_600_000_000, 'there is no such longitude', '经度不存在'),
  pcenc: unless((value) => !/%(?![0-9A-Fa-f]{2})/.test(value), 'a % is not followed by two hexadecimal digits', '% 之后不是两位十六进制数'),
  iban: unless(isIban, 'it is no IBAN', '不是有效的 IBAN'),
};

/** ISO 13616: letters as numbers from 10, the first four at the end, remainder 1 by 97. */
function isIban(value: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return false;
  let rest = 0;
  for (const character of value.slice(4) + value.slice(0, 4)) {
    const number = Number.parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}
