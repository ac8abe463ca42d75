import { Link } from 'wouter';
import { useFormat } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Moment } from '../design/time.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { PageColumn } from './pages.js';
import { asRecordKind, placeOf } from './record-field.js';

/** The value at a dotted path; undefined where there is none. */
export function valueAt(row: unknown, path: string): unknown {
  let found: unknown = row;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** A value of a reply, written as its column says. */
export function PageValue({ column, row }: { readonly column: PageColumn; readonly row: unknown }) {
  const { t, say } = useWords();
  const format = useFormat();
  const value = valueAt(row, column.field);
  if (value === undefined || value === null || value === '') return <span className="soft">–</span>;
  const record = asRecordKind(column.format);
  if (record) return <Link href={placeOf(record, String(value))}>{t(`record.${record}`)}</Link>;
  const unit = column.unit ? <span className="unit"> {measuredUnit(column.unit)}</span> : null;
  switch (column.format) {
    case 'instant':
      return <Moment at={String(value)} />;
    case 'duration_s':
      return <span className="nowrap">{format.duration(Number(value))}</span>;
    case 'boolean':
      return t(value ? 'yes' : 'no');
    case 'verdict':
      return (
        <Badge state={String(value)} words={verdict(String(value)) ? t(`verdict.${verdict(String(value)) ?? 'pass'}`) : String(value)} />
      );
    case 'number':
      return (
        <span className="nowrap">
          {Number.isFinite(Number(value)) ? format.number(value as string | number) : String(value)}
          {unit}
        </span>
      );
    default:
      return (
        <>
          {isWords(value) ? say(value) : typeof value === 'object' ? JSON.stringify(value) : String(value)}
          {unit}
        </>
      );
  }
}

const verdicts = ['pass', 'fail', 'inconclusive'] as const;
const verdict = (value: string) => verdicts.find((each) => each === value);

function isWords(value: unknown): value is { readonly en: string; readonly zh: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { en?: unknown }).en === 'string' &&
    typeof (value as { zh?: unknown }).zh === 'string'
  );
}
