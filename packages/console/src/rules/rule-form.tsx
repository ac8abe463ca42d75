import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { inZone, ofZone } from '../equipment/history-plan.js';
import type { Equipment } from '../equipment/signals.js';
import { MoveForm } from '../orders/move-form.js';
import { useSignalWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { draftOf, emptyDraft, type Rule, type RuleDefinition, type RuleDraft, readDraft } from './rule-draft.js';
import { SecondsField, SideFields } from './rule-fields.js';
import { RulePreview } from './rule-preview.js';
import { RuleSays } from './rule-words.js';

interface RuleFormProps {
  readonly equipment: Equipment;
  /** What it begins from: a rule in force, which ends where the new one begins, or what the model proposes. */
  readonly base: (RuleDefinition & Pick<Rule, 'code' | 'words'>) | null;
  readonly onDone: () => void;
}

interface Sent extends RuleDefinition {
  readonly code: string;
  readonly words: { readonly en: string; readonly zh: string };
  readonly since?: string;
}

/** A new rule, with what it would have made of the last hours. */
export function RuleForm({ equipment, base, onDone }: RuleFormProps) {
  const { t } = useWords();
  const { timeZone } = useFormat();
  const wordsOf = useSignalWords(equipment.model);
  const [code, setCode] = useState(base?.code ?? '');
  const [words, setWords] = useState(base?.words ?? { en: '', zh: '' });
  const [draft, setDraft] = useState<RuleDraft>(() => (base ? draftOf(base) : emptyDraft(equipment.signals)));
  const [since, setSince] = useState('');
  const [tried, setTried] = useState(false);
  const command = useCommand(
    (yunfab, { opens, closes, ...input }: Sent, options) =>
      yunfab.production.runRules.set(
        {
          ...{ equipment: equipment.id, ...input, words: { ...input.words } },
          opens: { ...opens, conditions: [...opens.conditions] },
          closes: { ...closes, conditions: [...closes.conditions] },
        },
        options,
      ),
    ['production'],
  );
  const { definition, problems } = readDraft(draft, equipment.signals);
  const sinceMs = since === '' ? null : ofZone(since, timeZone);
  const refused = fieldProblems(command.problem);
  const missing = { code: code.trim() === '', 'words.en': words.en.trim() === '', 'words.zh': words.zh.trim() === '' };
  const problemAt = (field: string): string | undefined => {
    const own = problems[field];
    if (own && (tried || own !== 'number')) return t(`rulesProblem.${own}`);
    if (tried && field in missing && missing[field as keyof typeof missing]) return t('rulesProblem.missing');
    return refused[field];
  };
  const submit = () => {
    setTried(true);
    if (!definition || Object.values(missing).includes(true)) return;
    const sent = { code: code.trim(), words: { en: words.en.trim(), zh: words.zh.trim() }, ...definition };
    void command.run({ ...sent, ...(sinceMs === null ? {} : { since: new Date(sinceMs).toISOString() }) }).then((done) => done && onDone());
  };
  return (
    <MoveForm
      wide
      title={t(base ? 'rules.change' : 'rules.new')}
      effect={t(base ? 'rules.changeEffect' : 'rules.newEffect')}
      submit={t('rules.submit')}
      command={command}
      onSubmit={submit}
      onCancel={onDone}
    >
      <div className="rule-row">
        <Field label={t('rules.nameEn')} problem={problemAt('words.en')}>
          {(input) => (
            <input
              {...input}
              className="input"
              maxLength={120}
              value={words.en}
              onChange={(event) => setWords({ ...words, en: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('rules.nameZh')} problem={problemAt('words.zh')}>
          {(input) => (
            <input
              {...input}
              className="input"
              maxLength={120}
              value={words.zh}
              onChange={(event) => setWords({ ...words, zh: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('rules.code')} hint={t('rules.codeHint')} problem={problemAt('code')}>
          {(input) => (
            <input
              {...input}
              className="input mono"
              maxLength={40}
              readOnly={base !== null}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      </div>
      {(['opens', 'closes'] as const).map((name) => (
        <SideFields
          key={name}
          name={name}
          equipment={equipment}
          side={draft[name]}
          problemAt={problemAt}
          onChange={(side) => setDraft({ ...draft, [name]: side })}
        />
      ))}
      <div className="rule-row">
        <SecondsField
          label={t('rules.minimum')}
          hint={t('rules.minimumHint')}
          value={draft.minimum}
          problem={problemAt('minimumMs')}
          onChange={(minimum) => setDraft({ ...draft, minimum })}
        />
        <SecondsField
          label={t('rules.silence')}
          hint={t('rules.silenceHint')}
          value={draft.silence}
          problem={problemAt('silenceMs')}
          onChange={(silence) => setDraft({ ...draft, silence })}
        />
        <Field label={t('rules.program')} hint={t('rules.programHint')} problem={problemAt('program')}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={draft.program}
              onChange={(event) => setDraft({ ...draft, program: event.target.value })}
            >
              <option value="">{t('rules.noProgram')}</option>
              {equipment.signals.map(({ name }) => (
                <option key={name} value={name}>
                  {wordsOf(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('rules.since')} hint={t('rules.sinceHint')} problem={problemAt('since')}>
          {(input) => (
            <input
              {...input}
              className="input"
              type="datetime-local"
              max={inZone(Date.now(), timeZone)}
              value={since}
              onChange={(event) => setSince(event.target.value)}
            />
          )}
        </Field>
      </div>
      {definition ? <RuleSays equipment={equipment} rule={definition} /> : null}
      <RulePreview equipment={equipment.id} definition={definition} />
    </MoveForm>
  );
}
