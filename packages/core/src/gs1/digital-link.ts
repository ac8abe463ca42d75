import type { Issue } from '../errors/index.js';
import { applicationIdentifier } from './application-identifiers.js';
import { type Element, findIssues, type ParsedElements } from './element-string.js';

/**
 * GS1 Digital Link URI Syntax 1.6, uncompressed: primary key and qualifiers as path, other elements as query. The key may
 * stand behind any path: `https://example.com/some/01/09506000134352/10/ABC?17=261231`. Never throws.
 */
export function parseDigitalLink(uri: string, today: Date = new Date()): ParsedElements {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    return { elements: [], issues: [issue(`"${uri.slice(0, 40)}" is no http address`, `“${uri.slice(0, 40)}”不是 http 地址`)] };
  const parts = url.pathname.split('/').slice(1);
  const start = parts.findIndex((part, index) => keyAt(parts, index) && part !== '');
  if (start < 0) return { elements: [], issues: [issue('the path names no primary key such as /01/', '路径中没有主标识（如 /01/）')] };
  const elements: Element[] = [];
  for (let i = start; i + 1 < parts.length; i += 2) elements.push({ ai: parts[i] ?? '', value: decode(parts[i + 1] ?? '') });
  const [key, ...qualifiers] = elements;
  if (key?.ai === '01') elements[0] = { ai: '01', value: key.value.padStart(14, '0') };
  const issues: Issue[] = [];
  const ways = applicationIdentifier(key?.ai ?? '')?.qualifiers ?? [];
  const order = qualifiers.map(({ ai }) => ai);
  if (!ways.some((way) => isInOrder(order, way)))
    issues.push(issue(`/${order.join('/')} may not follow (${key?.ai}) in this order`, `(${key?.ai}) 之后不能依次为 ${order.join('、')}`));
  for (const [ai, value] of url.searchParams) {
    // Other parameters are the resolver's own business.
    if (/^\d{2,4}$/.test(ai) && applicationIdentifier(ai)) elements.push({ ai, value });
  }
  return { elements, issues: [...issues, ...elements.flatMap((element) => findIssues(element, today))] };
}

/** Writes elements as a Digital Link below `base`; throws RangeError when none of them is a primary key or one cannot be written. */
export function encodeDigitalLink(elements: readonly Element[], base = 'https://id.gs1.org'): string {
  const key = elements.find(({ ai }) => applicationIdentifier(ai)?.qualifiers != null);
  if (!key) throw new RangeError('a Digital Link begins with a primary key such as (01)');
  const rest = elements.filter((element) => element !== key);
  const ways = applicationIdentifier(key.ai)?.qualifiers ?? [];
  const covered = (way: readonly string[]) => way.filter((ai) => rest.some((element) => element.ai === ai));
  const best = ways.reduce<readonly string[]>((most, way) => (covered(way).length > most.length ? covered(way) : most), []);
  const path = [key, ...best.map((ai) => rest.find((element) => element.ai === ai) as Element)];
  const attributes = rest.filter(({ ai }) => !best.includes(ai));
  const unfit = attributes.find(({ ai }) => !applicationIdentifier(ai)?.attribute);
  if (unfit) throw new RangeError(`(${unfit.ai}) has no place in a Digital Link of (${key.ai})`);
  const query = attributes.map(({ ai, value }) => `${ai}=${encodeURIComponent(value)}`).join('&');
  return `${base.replace(/\/$/, '')}/${path.map(({ ai, value }) => `${ai}/${encodeURIComponent(value)}`).join('/')}${query ? `?${query}` : ''}`;
}

const keyAt = (parts: readonly string[], index: number): boolean =>
  (applicationIdentifier(parts[index] ?? '')?.qualifiers ?? null) !== null &&
  parts[index + 1] !== undefined &&
  (parts.length - index) % 2 === 0;

/** Whether `given` is `way` with some left out. */
function isInOrder(given: readonly string[], way: readonly string[]): boolean {
  let next = 0;
  return given.every((ai) => (next = way.indexOf(ai, next) + 1) > 0);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const issue = (en: string, zh: string): Issue => ({ at: 'uri', words: { en: `${en}.`, zh: `${zh}。` } });
