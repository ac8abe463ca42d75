import { useEffect, useState } from 'react';
import { useAsk, useFormat, usePlatform } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useSignalWords, useValueWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { type Equipment, goodQuality } from './signals.js';

type Value = number | string | boolean | null;
interface Newest {
  readonly ts: number;
  readonly value: Value;
  readonly quality: number;
}

/** The newest value of every signal, moving with the machine. */
export function LatestValues({ equipment }: { readonly equipment: Equipment }) {
  const { t } = useWords();
  const format = useFormat();
  const { yunfab } = usePlatform();
  const wordsOf = useSignalWords(equipment.model);
  const valueWords = useValueWords(equipment.model);
  const asked = useAsk(['equipment.telemetry.latest', { equipment: equipment.id }], (client, options) =>
    client.equipment.telemetry.latest({ equipment: equipment.id }, options),
  );
  const [pushed, setPushed] = useState<Readonly<Record<string, Newest>>>({});

  useEffect(() => {
    const waiting = new Map<string, Newest>();
    const off = yunfab.live.telemetry({ equipment: equipment.id, onError: () => {} }, (values) => {
      for (const [name, samples] of Object.entries(values)) {
        const last = samples.at(-1);
        if (last) waiting.set(name, { ts: last[0], value: last[1], quality: last[2] });
      }
    });
    const timer = setInterval(() => {
      if (waiting.size === 0) return;
      const now = Object.fromEntries(waiting);
      waiting.clear();
      setPushed((before) => ({ ...before, ...now }));
    }, 500);
    return () => {
      off();
      clearInterval(timer);
    };
  }, [yunfab, equipment.id]);

  const written = (signal: string, value: Value) => {
    if (typeof value === 'number') return format.number(Number(value.toPrecision(6)));
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return value === null ? '–' : valueWords(signal, value);
  };

  return (
    <Panel title={t('equipment.latest')} flush>
      {asked.problem ? <ProblemNotice problem={asked.problem} onRetry={asked.again} /> : null}
      {asked.pending ? <SkeletonRows rows={5} /> : null}
      {asked.answer ? (
        <table className="table">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t('equipment.signal')}</th>
              <th scope="col">{t('equipment.value')}</th>
            </tr>
          </thead>
          <tbody>
            {equipment.signals.map((signal) => {
              const stored = asked.answer?.signals[signal.name];
              const newest = newer(
                pushed[signal.name],
                stored && stored.ts !== null ? { ts: stored.ts, value: stored.value, quality: stored.quality ?? goodQuality } : undefined,
              );
              return (
                <tr key={signal.name} data-signal={signal.name}>
                  <td>
                    {wordsOf(signal.name)}
                    {newest ? (
                      <div className="soft small">
                        <Moment at={newest.ts} seconds />
                        {newest.quality < goodQuality ? ` · ${t('equipment.doubtful')}` : ''}
                      </div>
                    ) : null}
                  </td>
                  <td className="number">
                    {newest ? written(signal.name, newest.value) : '–'}{' '}
                    <span className="unit">{newest ? measuredUnit(signal.unit) : ''}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </Panel>
  );
}

function newer(a: Newest | undefined, b: Newest | undefined): Newest | undefined {
  if (!a || !b) return a ?? b;
  return a.ts >= b.ts ? a : b;
}
