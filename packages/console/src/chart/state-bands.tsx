import { useFormat } from '../app/platform.js';
import { useWords } from '../words/words.js';
import { seriesVariable } from './palette.js';
import type { PlotPlace } from './plot.js';
import type { Segment } from './segments.js';

export interface StateRow {
  readonly name: string;
  readonly words: string;
  readonly segments: readonly Segment[];
  readonly wordsOf: (value: Segment['value']) => string;
}

interface StateBandsProps {
  readonly rows: readonly StateRow[];
  /** Unix ms. */
  readonly window: readonly [from: number, to: number];
  /** Where the curves above are drawn, so that one instant is one place; the whole width without. */
  readonly place: PlotPlace | null;
}

/** Signals that are texts or yes and no: a band for each state over the time that it was held. */
export function StateBands({ rows, window: [from, to], place }: StateBandsProps) {
  const { t, locale } = useWords();
  const format = useFormat();
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)));
  return (
    <div className="state-bands" style={place ? { paddingInlineStart: place.left, width: place.left + place.width } : {}}>
      {rows.map(({ name, words, segments, wordsOf }) => {
        const held = new Map<Segment['value'], number>();
        for (const { value, from: begin, to: end } of segments)
          held.set(value, (held.get(value) ?? 0) + Math.max(0, Math.min(end, to) - Math.max(begin, from)));
        const states = [...held.keys()];
        const described = [...held].map(([value, ms]) => `${wordsOf(value)} ${format.duration(ms / 1000)}`);
        return (
          <div key={name} data-states={name}>
            <p className="soft small">
              {words}
              {described.length > 0 ? ` · ${new Intl.ListFormat(locale, { type: 'unit' }).format(described.slice(0, 6))}` : ''}
              {described.length > 6 ? '…' : ''}
            </p>
            <div
              className="state-band"
              role="img"
              aria-label={
                described.length > 0
                  ? t('states.described', { signal: words, states: described.join(', ') })
                  : t('states.none', { signal: words })
              }
            >
              {segments.map((segment) => (
                <span
                  key={`${segment.from} ${segment.value}`}
                  className={segment.doubtful ? 'state-held doubtful' : 'state-held'}
                  style={{
                    left: `${share(segment.from) * 100}%`,
                    width: `${(share(segment.to) - share(segment.from)) * 100}%`,
                    ['--state' as string]: seriesVariable(states.indexOf(segment.value)),
                  }}
                  title={`${wordsOf(segment.value)} · ${format.moment(segment.from)} – ${format.moment(segment.to)}${segment.doubtful ? ` · ${t('equipment.doubtful')}` : ''}`}
                  data-state-held={String(segment.value)}
                >
                  {wordsOf(segment.value)}
                </span>
              ))}
            </div>
          </div>
        );
      })}
      {place ? null : (
        <div className="actions spread soft small">
          <span>{format.moment(from)}</span>
          <span>{format.moment(to)}</span>
        </div>
      )}
    </div>
  );
}
