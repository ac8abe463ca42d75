import { useFormat } from '../app/platform.js';

/** An instant in the organization's zone; the exact one on hover. */
export function Moment({ at, seconds = false }: { readonly at: string | number; readonly seconds?: boolean }) {
  const format = useFormat();
  return (
    <time className="nowrap" dateTime={new Date(at).toISOString()} title={format.exactly(at)}>
      {seconds ? format.clock(at) : format.moment(at)}
    </time>
  );
}

/** A calendar date, which is the same everywhere. */
export function CalendarDate({ on }: { readonly on: string }) {
  const format = useFormat();
  return (
    <time className="nowrap" dateTime={on}>
      {format.date(on)}
    </time>
  );
}

export function Amount({ value, unit }: { readonly value: string | number; readonly unit: string }) {
  const format = useFormat();
  return (
    <span className="nowrap">
      {format.number(value)} <span className="unit">{format.unit(unit)}</span>
    </span>
  );
}

export function Money({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const format = useFormat();
  return <span className="nowrap">{format.money(amount, currency)}</span>;
}
