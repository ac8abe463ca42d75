import { useState } from 'react';
import { useAsk, useFormat } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { StateBands } from '../chart/state-bands.js';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import type { RuleDefinition } from './rule-draft.js';

const hour = 3_600_000;
const spans = { '1': hour, '6': 6 * hour, '24': 24 * hour, '168': 168 * hour } as const;
type Span = keyof typeof spans;

interface Asked {
  readonly definition: RuleDefinition;
  readonly from: number;
  readonly to: number;
}

interface RulePreviewProps {
  readonly equipment: string;
  /** Null while something is wrong. */
  readonly definition: RuleDefinition | null;
}

/** Which runs the rule would have made of what the machine measured; nothing is stored. */
export function RulePreview({ equipment, definition }: RulePreviewProps) {
  const { t } = useWords();
  const format = useFormat();
  const [span, setSpan] = useState<Span>('24');
  const [asked, setAsked] = useState<Asked | null>(null);
  const preview = useAsk(
    ['production.runRules.preview', { equipment, asked }],
    (yunfab, options) =>
      asked === null
        ? Promise.resolve(null)
        : yunfab.production.runRules.preview(
            { equipment, ...asked.definition, from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString() },
            options,
          ),
    { enabled: asked !== null },
  );
  const answer = asked ? (preview.answer ?? null) : null;
  const changed = asked !== null && JSON.stringify(asked.definition) !== JSON.stringify(definition);
  const lengths =
    answer?.runs.map(({ startedAt, endedAt }) => (endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0)).filter(Boolean) ?? [];
  const time = (ms: number) => format.duration(ms / 1000);
  return (
    <div className="stack rule-preview" data-rule-preview={answer ? answer.runs.length : ''}>
      <div className="actions">
        <label className="actions">
          <span className="soft">{t('rules.previewOver')}</span>
          <select
            className="input"
            style={{ width: 'auto' }}
            value={span}
            onChange={(event) => setSpan((Object.keys(spans) as Span[]).find((each) => each === event.target.value) ?? '24')}
          >
            {(Object.keys(spans) as Span[]).map((each) => (
              <option key={each} value={each}>
                {t(`rulesSpan.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <Button
          busy={preview.pending}
          disabled={definition === null}
          onClick={() => definition && setAsked({ definition, from: Date.now() - spans[span], to: Date.now() })}
        >
          {t('rules.preview')}
        </Button>
      </div>
      {preview.problem ? <ProblemNotice problem={preview.problem} /> : null}
      <div role="status">
        {answer && asked ? (
          <p className={changed ? 'soft' : ''}>
            {[
              answer.samples === 0
                ? t('rules.previewNothing')
                : t('rules.previewFound', { runs: format.number(answer.runs.length), samples: format.number(answer.samples) }),
              lengths.length > 0 ? t('rules.previewLengths', { least: time(Math.min(...lengths)), most: time(Math.max(...lengths)) }) : '',
              changed ? t('rules.previewChanged') : '',
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
        ) : null}
      </div>
      {answer && asked && answer.runs.length > 0 ? (
        <StateBands
          place={null}
          window={[asked.from, asked.to]}
          rows={[
            {
              name: 'preview',
              words: t('run.title'),
              segments: answer.runs.map(({ startedAt, endedAt, program }) => ({
                ...{ from: Date.parse(startedAt), to: endedAt ? Date.parse(endedAt) : asked.to },
                ...{ value: program ?? '', doubtful: false },
              })),
              wordsOf: (program) => String(program) || t('run.run'),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
