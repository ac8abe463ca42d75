import type { Given } from './machine.js';

/** Why a machine does not do what it is told, in both languages: the platform keeps a device's reason as it is. */
export function refusal(en: string, zh: string): Error {
  return new Error(`${en} / ${zh}`);
}

/** A text among what was sent; throws a {@link refusal} where there is none. */
export function textIn(given: Given, name: string): string {
  const value = given[name];
  if (typeof value !== 'string') throw refusal(`"${name}" must be a text`, `“${name}”必须是文本`);
  return value;
}

/** A number among what was sent, from `low` to `high`; throws a {@link refusal} where there is none. */
export function numberIn(given: Given, name: string, { low, high }: { readonly low: number; readonly high: number }): number {
  const value = given[name];
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw refusal(`"${name}" must be a number from ${low} to ${high}`, `“${name}”必须是 ${low} 至 ${high} 的数`);
  return value;
}
