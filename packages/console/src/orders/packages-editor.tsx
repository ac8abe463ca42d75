import { useState } from 'react';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { QuantityInput } from './quantity-input.js';

const types = ['CT', 'BX', 'CR', 'PX', 'BG', 'DR', 'RO', 'BE'] as const;
type Type = (typeof types)[number];

/** A package as it is typed in; quantities by the lot they are from. */
export interface PackageDraft {
  readonly type: Type;
  readonly inside: number | null;
  readonly grossKg: string;
  readonly netKg: string;
  readonly quantities: Readonly<Record<string, string>>;
}

interface Goods {
  readonly lot: string;
  readonly code: string;
  readonly unit: string;
  readonly quantity: string;
}

interface PackagesEditorProps {
  readonly goods: readonly Goods[];
  readonly packages: readonly PackageDraft[];
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (packages: readonly PackageDraft[]) => void;
}

const none: PackageDraft = { type: 'CT', inside: null, grossKg: '', netKg: '', quantities: {} };

/** In what the goods are packed: cartons of equal size at once, or one package after the other. */
export function PackagesEditor({ goods, packages, problems, onChange }: PackagesEditorProps) {
  const { t } = useWords();
  const [each, setEach] = useState('');
  const units = new Set(goods.map(({ unit }) => unit));
  const oneUnit = units.size === 1 ? goods[0]?.unit : undefined;
  const change = (at: number, part: Partial<PackageDraft>) =>
    onChange(packages.map((old, index) => (index === at ? { ...old, ...part } : old)));
  return (
    <fieldset className="form" style={{ gap: 8 }}>
      <legend>
        <strong>{t('form.optional', { field: t('delivery.packages') })}</strong>
      </legend>
      <p className="soft small">{t('delivery.packagesWhat')}</p>
      <div className="form-row" style={{ alignItems: 'end' }}>
        <QuantityInput label={t('delivery.perPackage')} {...(oneUnit ? { unit: oneUnit } : {})} value={each} onChange={setEach} />
        <Button disabled={!(Number(each) > 0)} onClick={() => onChange(evenly(goods, each.trim()))}>
          {t('delivery.packEvenly')}
        </Button>
        <Button onClick={() => onChange([...packages, none])}>{t('delivery.addPackage')}</Button>
      </div>
      {problems['packages'] ? <p className="field-problem">{problems['packages']}</p> : null}
      {packages.map((draft, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a package is known by its place
        <div key={at} className="package-draft" data-package={at}>
          <div className="head">
            <strong>{`${at + 1} · ${t(`delivery.type.${draft.type}`)}`}</strong>
            <Button
              look="quiet"
              icon="close"
              aria-label={t('delivery.removeNamed', { package: `${at + 1} · ${t(`delivery.type.${draft.type}`)}` })}
              onClick={() => onChange(without(packages, at))}
            />
          </div>
          <div className="form-row">
            <Field label={t('delivery.packageType')} problem={problems[`packages.${at}.type`]}>
              {(input) => (
                <select
                  {...input}
                  className="input"
                  value={draft.type}
                  onChange={(event) => change(at, { type: event.target.value as Type })}
                >
                  {types.map((type) => (
                    <option key={type} value={type}>
                      {t(`delivery.type.${type}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={t('delivery.inside')} problem={problems[`packages.${at}.inside`]}>
              {(input) => (
                <select
                  {...input}
                  className="input"
                  value={draft.inside ?? ''}
                  onChange={(event) => change(at, { inside: event.target.value === '' ? null : Number(event.target.value) })}
                >
                  <option value="">{t('delivery.outermost')}</option>
                  {packages.slice(0, at).map((holder, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a package is known by its place
                    <option key={index} value={index}>{`${index + 1} · ${t(`delivery.type.${holder.type}`)}`}</option>
                  ))}
                </select>
              )}
            </Field>
            <QuantityInput
              label={t('delivery.grossKg')}
              value={draft.grossKg}
              problem={problems[`packages.${at}.grossKg`]}
              onChange={(grossKg) => change(at, { grossKg })}
            />
            <QuantityInput
              label={t('delivery.netKg')}
              value={draft.netKg}
              problem={problems[`packages.${at}.netKg`]}
              onChange={(netKg) => change(at, { netKg })}
            />
          </div>
          <div className="form-row">
            {goods.map(({ lot, code, unit }) => (
              <QuantityInput
                key={lot}
                label={t('delivery.contents', { lot: code })}
                unit={unit}
                value={draft.quantities[lot] ?? ''}
                problem={problems[`packages.${at}.contents`]}
                onChange={(value) => change(at, { quantities: { ...draft.quantities, [lot]: value } })}
              />
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

/** Packages as the platform takes them; `lots` in the order of the shipment's lines. */
export function packagesOf(drafts: readonly PackageDraft[], lots: readonly string[]) {
  return drafts.map(({ type, inside, grossKg, netKg, quantities }) => ({
    type,
    ...(inside === null ? {} : { inside }),
    ...(grossKg.trim() ? { grossKg: grossKg.trim() } : {}),
    ...(netKg.trim() ? { netKg: netKg.trim() } : {}),
    contents: lots.flatMap((lot, line) => {
      const quantity = (quantities[lot] ?? '').trim();
      return quantity === '' || Number(quantity) === 0 ? [] : [{ line, quantity }];
    }),
  }));
}

const mostPackages = 1000;

/** Cartons of equal size lot by lot, the last of each with what is left. */
function evenly(goods: readonly Goods[], each: string): PackageDraft[] {
  const packages: PackageDraft[] = [];
  for (const { lot, quantity } of goods) {
    let left = quantity;
    while (Number(left) > 0 && packages.length < mostPackages) {
      const packed = Number(left) < Number(each) ? left : each;
      packages.push({ ...none, quantities: { [lot]: packed } });
      left = minus(left, packed);
    }
  }
  return packages;
}

/** Those inside the removed one are outermost; those behind it move up. */
function without(packages: readonly PackageDraft[], at: number): PackageDraft[] {
  return packages
    .filter((_, index) => index !== at)
    .map((draft) => {
      const { inside } = draft;
      if (inside === null || inside < at) return draft;
      return { ...draft, inside: inside === at ? null : inside - 1 };
    });
}
