import type { Issue } from '../errors/index.js';
import { type ApplicationIdentifier, applicationIdentifier, applicationIdentifierAt, type Component } from './application-identifiers.js';
import { contentTests } from './content-tests.js';

/** FNC1 as scanners transmit it behind an element without predefined length: ASCII group separator. */
export const groupSeparator = '\u001d';

export interface Element {
  readonly ai: string;
  readonly value: string;
}

export interface ParsedElements {
  /** In the order in which they stand. */
  readonly elements: readonly Element[];
  readonly issues: readonly Issue[];
}

const sets: Readonly<Record<Component['set'], RegExp>> = {
  N: /^\d*$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[A-Za-z0-9\-_=]*$/,
};

const longest = 2000;

/**
 * Reads GS1 element strings as people write them, `(01)06901234567892(10)A1`, or as scanners send them, with or without
 * the symbology identifier (`]d2`, `]C1`, `]Q3`, `]e0`, `]J1`), FNC1 as group separator or `^`-written `<GS>`. Never throws.
 */
export function parseElements(text: string, today: Date = new Date()): ParsedElements {
  const scanned = text
    .slice(0, longest)
    .trim()
    .replaceAll(/<GS>|⟨GS⟩|\{GS\}/g, groupSeparator);
  if (text.length > longest) return { elements: [], issues: [issue('', `more than ${longest} characters`, `超过 ${longest} 个字符`)] };
  const { elements, issues } = scanned.startsWith('(') ? readBracketed(scanned) : readRaw(scanned.replace(/^\](?:d2|C1|Q3|e0|J1)/, ''));
  return { elements, issues: [...issues, ...elements.flatMap((element) => findIssues(element, today)), ...findConflicts(elements)] };
}

/** Brackets inside a value are possible only where no AI follows them. */
function readBracketed(text: string): ParsedElements {
  const elements: Element[] = [];
  const issues: Issue[] = [];
  for (const [whole, ai = '', value = ''] of text.matchAll(/\((\d{2,4})\)(.*?)(?=\(\d{2,4}\)|$)/gs)) {
    if (applicationIdentifier(ai)) elements.push({ ai, value });
    else issues.push(unknown(ai, whole));
  }
  if (elements.length === 0 && issues.length === 0) issues.push(nothing(text));
  return { elements, issues };
}

function readRaw(text: string): ParsedElements {
  const elements: Element[] = [];
  let rest = text.startsWith(groupSeparator) ? text.slice(1) : text;
  if (rest === '') return { elements, issues: [nothing(text)] };
  while (rest !== '') {
    const known = applicationIdentifierAt(rest);
    // What follows an unknown AI cannot be told apart any more.
    if (!known) return { elements, issues: [unknown(rest.slice(0, 4), rest)] };
    const body = rest.slice(known.ai.length);
    const separator = body.indexOf(groupSeparator);
    const end = known.predefinedLength ? Math.min(lengthOf(known), body.length) : separator < 0 ? body.length : separator;
    elements.push({ ai: known.ai, value: body.slice(0, end) });
    rest = body.slice(end);
    // A separator that is not needed is allowed (General Specifications 7.8.3).
    if (rest.startsWith(groupSeparator)) rest = rest.slice(1);
  }
  return { elements, issues: [] };
}

const lengthOf = ({ components }: ApplicationIdentifier): number => components.reduce((sum, each) => sum + each.longest, 0);

/** Everything that speaks against the value of one element. */
export function findIssues({ ai, value }: Element, today: Date = new Date()): Issue[] {
  const known = applicationIdentifier(ai);
  const at = `(${ai})`;
  if (!known) return [unknown(ai, value)];
  const issues: Issue[] = [];
  let rest = value;
  for (const part of known.components) {
    if (part.optional && rest === '') break;
    const piece = rest.slice(0, part.longest);
    rest = rest.slice(part.longest);
    const shape = part.shortest === part.longest ? `${part.longest}` : `${part.shortest}–${part.longest}`;
    if (piece.length < part.shortest) {
      issues.push(issue(at, `"${value}" is too short: ${shape} characters are needed`, `“${value}”过短：需要 ${shape} 个字符`));
      return issues;
    }
    if (!sets[part.set].test(piece)) {
      const digits = part.set === 'N';
      issues.push(
        issue(
          at,
          `"${piece}" holds ${digits ? 'something else than digits' : 'characters that GS1 does not allow here'}`,
          `“${piece}”含有${digits ? '数字以外的字符' : 'GS1 不允许的字符'}`,
        ),
      );
      continue;
    }
    for (const name of part.tests) {
      const wrong = contentTests[name]?.(piece, today);
      if (wrong) issues.push(issue(at, `"${piece}": ${wrong.en}`, `“${piece}”：${wrong.zh}`));
    }
  }
  if (rest !== '') issues.push(issue(at, `"${value}" is ${rest.length} characters too long`, `“${value}”多出 ${rest.length} 个字符`));
  return issues;
}

/** The same AI may stand twice only with the same value (General Specifications 4.14). */
function findConflicts(elements: readonly Element[]): Issue[] {
  const seen = new Map<string, string>();
  return elements.flatMap(({ ai, value }) => {
    const before = seen.get(ai);
    seen.set(ai, value);
    return before === undefined || before === value
      ? []
      : [issue(`(${ai})`, `stands twice, as "${before}" and as "${value}"`, `出现两次，分别为“${before}”和“${value}”`)];
  });
}

/**
 * Writes elements as a symbol carries them, without the leading FNC1: those of predefined length first (General
 * Specifications 7.8.5), a group separator behind every other but the last. Elements with issues are the caller's to ask for.
 */
export function encodeElements(elements: readonly Element[]): string {
  const fixed = elements.filter(({ ai }) => applicationIdentifier(ai)?.predefinedLength);
  const variable = elements.filter(({ ai }) => !applicationIdentifier(ai)?.predefinedLength);
  return fixed.map(written).join('') + variable.map(written).join(groupSeparator);
}

/** As people read them beside a symbol: `(01)06901234567892(10)A1`. */
export const bracketElements = (elements: readonly Element[]): string => elements.map(({ ai, value }) => `(${ai})${value}`).join('');

const written = ({ ai, value }: Element): string => ai + value;
const issue = (at: string, en: string, zh: string): Issue => ({ at, words: { en: `${at ? `${at} ` : ''}${en}.`, zh: `${at}${zh}。` } });
const unknown = (ai: string, where: string): Issue =>
  issue(`(${ai})`, `is no Application Identifier (in "${where.slice(0, 20)}")`, `不是应用标识符（位于“${where.slice(0, 20)}”）`);
const nothing = (text: string): Issue =>
  issue('', `"${text.slice(0, 20)}" holds no element string`, `“${text.slice(0, 20)}”中没有 GS1 单元数据串`);
