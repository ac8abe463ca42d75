import { type FormEvent, useEffect, useState } from 'react';
import { procedureAt } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Facts, Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import { initialValues, inputOf, PageFields, type Typed } from './page-fields.js';
import type { BlockOf } from './pages.js';
import { Pictures } from './pictures.js';
import { PageValue } from './values.js';

export function FormBlock({
  vertical,
  block,
  onChanged,
}: {
  readonly vertical: string;
  readonly block: BlockOf<'form'>;
  readonly onChanged: () => void;
}) {
  const { t, say } = useWords();
  const [typed, setTyped] = useState<Typed>(() => initialValues(block.fields));
  const [done, setDone] = useState(false);
  const command = useCommand((yunfab, input: unknown, options) => procedureAt(yunfab, `${vertical}.${block.command}`)(input, options));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    if ((await command.run(inputOf(block.fields, typed))) === null) return;
    setDone(true);
    setTyped(initialValues(block.fields));
    onChanged();
  };
  return (
    <Panel title={say(block.words)}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <PageFields fields={block.fields} typed={typed} onChange={setTyped} wrong={fieldProblems(command.problem)} />
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions">
          <Button type="submit" look="primary" busy={command.busy}>
            {say(block.submit)}
          </Button>
          <span role="status" className="soft">
            {done ? t('form.done') : ''}
          </span>
        </div>
      </form>
    </Panel>
  );
}

/** A question with its answer below. */
export function LookupBlock({ vertical, block }: { readonly vertical: string; readonly block: BlockOf<'lookup'> }) {
  const { say } = useWords();
  const [typed, setTyped] = useState<Typed>(() => initialValues(block.fields));
  const [reply, setReply] = useState<unknown>(null);
  const command = useCommand((yunfab, input: unknown) => procedureAt(yunfab, `${vertical}.${block.query}`)(input));
  const ask = async () => setReply(await command.run(inputOf(block.fields, typed)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void ask();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once with the initial values, and then when the person asks
  useEffect(() => {
    if (block.immediate) void ask();
  }, []);
  return (
    <Panel title={say(block.words)}>
      <form className="form" onSubmit={submit} noValidate>
        <PageFields fields={block.fields} typed={typed} onChange={setTyped} wrong={fieldProblems(command.problem)} />
        {command.problem ? <ProblemNotice problem={command.problem} /> : null}
        <div className="actions">
          <Button type="submit" look="primary" busy={command.busy}>
            {say(block.submit)}
          </Button>
        </div>
        <div aria-live="polite">
          {reply === null ? null : (
            <Facts
              facts={block.columns.map((column) => ({ label: say(column.words), value: <PageValue column={column} row={reply} /> }))}
            />
          )}
        </div>
      </form>
      {reply === null ? null : <Pictures pictures={block.pictures ?? []} reply={reply} />}
    </Panel>
  );
}
