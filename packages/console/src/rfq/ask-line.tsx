import type { Client } from '../app/client.js';
import { UnitField } from '../design/unit-field.js';
import { ChosenSpecification, type DraftSpecification, SpecificationChoice } from '../orders/specification-field.js';
import { useWords } from '../words/words.js';
import { type Drawing, DrawingsField } from './drawings-field.js';
import type { Rfq } from './rfq-page.js';
import { TextField } from './terms-fields.js';

type LineInput = Parameters<Client['orders']['rfq']['create']>[0]['lines'][number];

/** A line asked for, while it is typed. */
export interface AskLine {
  readonly key: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  /** Further quantities, separated by blanks or commas. */
  readonly breaks: string;
  readonly note: string;
  readonly drawings: readonly Drawing[];
  readonly uploading: boolean;
  readonly specification: DraftSpecification | null;
}

let drafted = 0;

export function askLine(): AskLine {
  drafted += 1;
  return {
    ...{ key: String(drafted), description: '', quantity: '', unit: 'H87', breaks: '', note: '' },
    ...{ drawings: [], uploading: false, specification: null },
  };
}

/** A line of a draft, to be typed on. */
export function askLineOf({ description, quantity, breaks, note, files, specification }: Rfq['lines'][number]): AskLine {
  return {
    ...askLine(),
    description,
    quantity: quantity.value,
    unit: quantity.unit,
    breaks: breaks.join(', '),
    note: note ?? '',
    drawings: files.map(({ revision, ...file }) => ({ ...file, revision: revision ?? '' })),
    specification: specification as AskLine['specification'],
  };
}

/** As the platform takes it; what is wrong with it the platform says, field by field. */
export function askLineInput({ description, quantity, unit, breaks, note, drawings, specification }: AskLine): LineInput {
  return {
    description: description.trim(),
    quantity: { value: quantity.trim(), unit: unit as LineInput['quantity']['unit'] },
    breaks: breaks.split(/[\s,，、]+/).filter((each) => each !== ''),
    ...(note.trim() ? { note: note.trim() } : {}),
    files: drawings.map(({ revision, ...file }) => ({ ...file, ...(revision.trim() ? { revision: revision.trim() } : {}) })),
    ...(specification
      ? { specification: { schema: specification.schema, value: specification.value as NonNullable<LineInput['specification']>['value'] } }
      : {}),
  };
}

interface AskLineFormProps {
  readonly line: AskLine;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (part: Partial<AskLine> | ((line: AskLine) => Partial<AskLine>)) => void;
}

export function AskLineForm({ line, wrong, onChange }: AskLineFormProps) {
  const { t } = useWords();
  const specification = {
    specification: line.specification,
    wrong,
    onChange: (chosen: DraftSpecification | null) => onChange({ specification: chosen }),
  };
  return (
    <div className="form">
      <div className="form-row">
        <TextField
          label={t('propose.description')}
          value={line.description}
          problem={wrong('description')}
          onChange={(description) => onChange({ description })}
        />
        <SpecificationChoice {...specification} />
      </div>
      <ChosenSpecification {...specification} />
      <div className="form-row">
        <TextField
          label={t('orders.quantity')}
          unit=""
          value={line.quantity}
          problem={wrong('quantity.value') ?? wrong('quantity')}
          onChange={(quantity) => onChange({ quantity })}
        />
        <UnitField label={t('propose.unit')} value={line.unit} problem={wrong('quantity.unit')} onChange={(unit) => onChange({ unit })} />
        <TextField
          label={t('form.optional', { field: t('rfq.breaks') })}
          hint={t('rfq.breaksHint')}
          value={line.breaks}
          problem={wrong('breaks')}
          onChange={(breaks) => onChange({ breaks })}
        />
      </div>
      <TextField
        long
        label={t('form.optional', { field: t('orders.note') })}
        value={line.note}
        problem={wrong('note')}
        onChange={(note) => onChange({ note })}
      />
      <DrawingsField
        drawings={line.drawings}
        problem={wrong('files') ?? line.drawings.map((_, at) => wrong(`files.${at}.revision`) ?? wrong(`files.${at}.name`)).find(Boolean)}
        onChange={(next) => onChange(({ drawings }) => ({ drawings: next(drawings) }))}
        onUploading={(uploading) => onChange({ uploading })}
      />
    </div>
  );
}
