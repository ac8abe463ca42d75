import type { Yunfab } from '@yunfab/sdk';

export interface Factory {
  /** Code of its organization. */
  readonly code: string;
  readonly yunfab: Yunfab;
}

export interface Cast {
  readonly buyer: Yunfab;
  readonly factories: readonly [Factory, Factory, Factory];
  readonly say: (sentence: string) => void;
}

/** The calendar day so many days from now, in China. */
export function inDays(days: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + days * 86_400_000));
}

/** What must be there by the way the story is told. */
export function found<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new Error(`${what} is not there`);
  return value;
}
