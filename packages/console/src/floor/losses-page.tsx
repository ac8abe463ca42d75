import { useMemo } from 'react';
import { useAddressPart, useAddressParts } from '../app/address.js';
import { useMay } from '../app/permissions.js';
import { useAsk } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { LossPareto } from './loss-pareto.js';
import { ReasonsPanel } from './reasons-panel.js';

const periods = ['7', '30', '90', '365'] as const;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** What was lost and why, the biggest first, and the list of reasons that people choose from. */
export function LossesPage() {
  const { t } = useWords();
  const may = useMay();
  const [chosen, choose] = useAddressPart('days', periods);
  const [{ center }, setPlace] = useAddressParts(['center']);
  const days = chosen ?? '30';
  const period = useMemo(() => {
    const to = Math.ceil(Date.now() / hourMs) * hourMs;
    return { from: new Date(to - Number(days) * dayMs).toISOString(), to: new Date(to).toISOString() };
  }, [days]);
  const asked = { ...period, ...(center ? { workCenter: center } : {}) };
  const { answer, problem, pending, again } = useAsk(['production.floor.losses', asked], (yunfab, options) =>
    yunfab.production.floor.losses(asked, options),
  );
  const centers = [...new Set([...(answer?.workCenters ?? []), ...(center ? [center] : [])])].sort();
  const units = [...new Set(answer?.items.map(({ unit }) => unit))];
  return (
    <>
      <PageHead title={t('losses.title')} below={<p className="soft">{t('losses.what')}</p>} />
      <div className="stack">
        <div className="actions spread">
          <Chips
            label={t('losses.period')}
            value={days}
            onChoose={(value) => choose(value === '30' ? null : value)}
            choices={periods.map((each) => ({ value: each, words: t('losses.days', { days: each }) }))}
          />
          <Field label={t('floor.center')}>
            {(input) => (
              <select {...input} className="input" value={center} onChange={(event) => setPlace({ center: event.target.value })}>
                <option value="">{t('floor.centerAll')}</option>
                {centers.map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {problem ? <ProblemNotice problem={problem} onRetry={again} /> : null}
        {pending ? <SkeletonRows rows={6} /> : null}
        {answer?.items.length === 0 ? (
          <Empty title={t('losses.none')} what={t('losses.noneWhat')} sdk="await yunfab.production.floor.losses({ from, to })" />
        ) : null}
        {units.map((unit) => (
          <LossPareto key={unit} unit={unit} losses={answer?.items.filter((each) => each.unit === unit) ?? []} />
        ))}
        {may('production.floor.view') ? <ReasonsPanel /> : null}
      </div>
    </>
  );
}
