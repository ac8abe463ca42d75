import { useList } from '../app/platform.js';
import type { InputProps } from '../design/field.js';
import { useWords } from '../words/words.js';

export const recordKinds = ['lot', 'unit', 'run', 'order'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Where a record of core stands in this organization's pages. */
export const placeOf = (kind: RecordKind, id: string): string =>
  `/${{ lot: 'lots', unit: 'units', run: 'runs', order: 'orders' }[kind]}/${id}`;

export const asRecordKind = (kind: string | undefined): RecordKind | undefined => recordKinds.find((each) => each === kind);

interface RecordFieldProps {
  readonly kind: RecordKind;
  readonly value: string;
  readonly optional: boolean;
  /** What ties the control to its label and its problem. */
  readonly input: InputProps;
  readonly onChange: (id: string) => void;
}

/** Picks one of the organization's newest records of a kind. */
export function RecordField({ kind, value, optional, input, onChange }: RecordFieldProps) {
  const { say } = useWords();
  const lots = useList(['lifecycle.lots.list', {}], (yunfab, page, options) => yunfab.lifecycle.lots.list(page, options), {
    enabled: kind === 'lot',
  });
  const units = useList(['lifecycle.units.list', {}], (yunfab, page, options) => yunfab.lifecycle.units.list(page, options), {
    enabled: kind === 'unit',
  });
  const runs = useList(['production.runs.list', {}], (yunfab, page, options) => yunfab.production.runs.list(page, options), {
    enabled: kind === 'run',
  });
  const orders = useList(['orders.list', {}], (yunfab, page, options) => yunfab.orders.list(page, options), { enabled: kind === 'order' });
  const choices = [
    ...lots.items.map(({ id, code, stateWords }) => ({ id, label: `${code} · ${say(stateWords)}` })),
    ...units.items.map(({ id, serial, itemCode, stateWords }) => ({
      id,
      label: [serial, itemCode, say(stateWords)].filter(Boolean).join(' · '),
    })),
    ...runs.items.map(({ id, key, equipment, verdictWords }) => ({
      id,
      label: [key, equipment.name, verdictWords ? say(verdictWords) : ''].filter(Boolean).join(' · '),
    })),
    ...orders.items.map(({ id, number, ownNumber, counterparty }) => ({ id, label: `${ownNumber ?? number} · ${say(counterparty.name)}` })),
  ];
  return (
    <select {...input} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
      {value === '' || optional ? <option value="">–</option> : null}
      {choices.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}
