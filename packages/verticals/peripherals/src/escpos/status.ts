import { type Issue, issue } from '../issue.js';
import { automaticStatus, type Condition, realTimeStatus, type StatusByte } from './tables.js';

/** What a printer said of itself: each condition it told, in the order of the bytes, without repetition. */
export interface PrinterStatus {
  readonly conditions: readonly Condition[];
  /** Whether it can print now: neither offline nor stopped, open, without paper or in an error. */
  readonly ready: boolean;
}

const stopping: ReadonlySet<Condition> = new Set([
  'offline',
  'cover_open',
  'stopped_by_paper_end',
  'paper_end',
  'error',
  'recoverable_error',
  'cutter_error',
  'unrecoverable_error',
  'auto_recoverable_error',
]);

/** The answers to `DLE EOT n`, by n. A byte whose fixed bits are wrong answers another question and tells nothing. */
export function decodeRealTimeStatus(answers: Readonly<Partial<Record<number, number>>>): {
  readonly status: PrinterStatus | null;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const told: Condition[] = [];
  let read = 0;
  for (const [key, byte] of Object.entries(answers)) {
    const table = realTimeStatus[Number(key) as 1 | 2 | 3 | 4] as StatusByte | undefined;
    const at = `dle_eot_${key}`;
    if (!table) issues.push(issue(at, `DLE EOT ${key} is not read; ask 1, 2, 3 or 4`, `不解析 DLE EOT ${key}；请查询 1、2、3 或 4`));
    else if (byte !== undefined && readByte(table, byte, at, issues, told)) read++;
  }
  if (Object.keys(answers).length === 0)
    issues.push(issue('', 'No answer of the printer was given; give at least one status byte', '未提供打印机应答；请至少提供一个状态字节'));
  return { status: read > 0 ? statusOf(told) : null, issues };
}

/** One Automatic Status Back message of four bytes. Any wrong byte makes the whole untrustworthy: the stream is out of step. */
export function decodeAutomaticStatus(bytes: readonly number[]): {
  readonly status: PrinterStatus | null;
  readonly issues: readonly Issue[];
} {
  if (bytes.length !== automaticStatus.length)
    return {
      status: null,
      issues: [
        issue(
          'asb',
          `Automatic Status Back has ${automaticStatus.length} bytes, not ${bytes.length}`,
          `自动状态返回应为 ${automaticStatus.length} 个字节，而不是 ${bytes.length} 个`,
        ),
      ],
    };
  const issues: Issue[] = [];
  const told: Condition[] = [];
  for (const [index, table] of automaticStatus.entries()) readByte(table, bytes[index] as number, `asb.${index}`, issues, told);
  return { status: issues.length === 0 ? statusOf(told) : null, issues };
}

/** Bytes as people write them, `0x1A 32 7e` or `1A327E`: hexadecimal, blanks and commas free. */
export function readHexBytes(text: string, at = 'bytes'): { readonly bytes: readonly number[]; readonly issues: readonly Issue[] } {
  const digits = text.replaceAll(/0x|[\s,;:-]/gi, '');
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits))
    return {
      bytes: [],
      issues: [issue(at, `"${text}" is not a row of hexadecimal bytes such as 1A 32 7E`, `“${text}”不是十六进制字节序列（例如 1A 32 7E）`)],
    };
  return { bytes: (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)), issues: [] };
}

function readByte(table: StatusByte, byte: number, at: string, issues: Issue[], told: Condition[]): boolean {
  if (!Number.isInteger(byte) || byte < 0 || byte > 0xff) {
    issues.push(issue(at, `${byte} is not a byte; give 0 to 255`, `${byte} 不是字节；取值 0–255`));
    return false;
  }
  const { mask, value } = table.fixed;
  if ((byte & mask) !== value) {
    const wrong = [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => ((byte ^ value) & mask & (1 << bit)) !== 0).join(', ');
    issues.push(
      issue(
        at,
        `${hex(byte)} is no answer to this question: fixed bit ${wrong} is wrong`,
        `${hex(byte)} 不是该查询的应答：固定位 ${wrong} 错误`,
      ),
    );
    return false;
  }
  // One bit of a sensor pair is enough: some printers set only one of them.
  for (const bit of table.bits) if ((byte & bit.mask) !== 0 && !told.includes(bit.condition)) told.push(bit.condition);
  return true;
}

const statusOf = (told: readonly Condition[]): PrinterStatus => ({
  conditions: told,
  ready: !told.some((condition) => stopping.has(condition)),
});

const hex = (byte: number): string => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
