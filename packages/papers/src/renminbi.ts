const digitWords = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const placeWords = ['', '拾', '佰', '仟'] as const;

/**
 * An amount of CNY in capital figures (中文大写), as 《支付结算办法》 附一 《正确填写票据和结算凭证的基本规定》 1 to 4 want them:
 * 整 after whole yuan, none after jiao or fen, one 零 for the zeros between figures. Throws `RangeError` for what is no decimal of at most two digits after the point.
 */
export function renminbiInWords(amount: string): string {
  const read = /^(-?)0*(\d+?)(?:\.(\d)(\d)?0*)?$/.exec(amount);
  if (!read) throw new RangeError(`"${amount}" is no amount of CNY`);
  const [, sign, whole = '0', jiao = '0', fen = '0'] = read;
  const yuan = wholeInWords(whole);
  return `人民币${sign ? '负' : ''}${yuan === '' ? '' : `${yuan}元`}${partInWords({ whole, jiao, fen })}`;
}

function partInWords({ whole, jiao, fen }: { readonly whole: string; readonly jiao: string; readonly fen: string }): string {
  if (jiao === '0' && fen === '0') return whole === '0' ? '零元整' : '整';
  const after = whole !== '0' && (jiao === '0' || whole.endsWith('0')) ? '零' : '';
  return after + figure(jiao, '角') + figure(fen, '分');
}

const figure = (digit: string, unit: string): string => (digit === '0' ? '' : `${digitWords[Number(digit)]}${unit}`);

/** Empty for zero. */
function wholeInWords(digits: string): string {
  if (digits.length > 8) return joined(digits, 8, '亿');
  if (digits.length > 4) return joined(digits, 4, '万');
  return [...digits.padStart(4, '0')]
    .map((digit, index) => (digit === '0' ? '0' : figure(digit, placeWords[3 - index] ?? '')))
    .join('')
    .replace(/^0+|0+$/g, '')
    .replace(/0+/g, '零');
}

function joined(digits: string, length: number, unit: string): string {
  const low = digits.slice(-length);
  const lowWords = wholeInWords(low.replace(/^0+/, ''));
  return `${wholeInWords(digits.slice(0, -length))}${unit}${low.startsWith('0') && lowWords !== '' ? '零' : ''}${lowWords}`;
}
