import { weekHolding } from './week.js';

/** The 13 symbols of a new tire, or with no manufacturer's code the 7 of a retread, made on a day (49 CFR 574.5). */
export function makeTin({
  plant,
  manufacturerCode,
  madeOn,
}: {
  readonly plant: string;
  readonly manufacturerCode: string | null;
  readonly madeOn: Date;
}): string {
  const { week, year } = weekHolding(madeOn);
  const digits = [week, year % 100].map((number) => String(number).padStart(2, '0')).join('');
  return `${plant}${manufacturerCode ?? ''}${digits}`.toUpperCase();
}
