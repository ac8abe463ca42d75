import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Rfq, touchedByRfq } from './rfq-page.js';
import { TextField } from './terms-fields.js';

type Question = Rfq['questions'][number];
type Answer = Awaited<ReturnType<Client['orders']['rfq']['invitations']['get']>>['answers'][number];

/** Every question with who asked it, which only the buyer reads. */
export function BuyerQuestions({ rfq }: { readonly rfq: Rfq }) {
  const { t, say } = useWords();
  const may = useMay();
  const [answered, setAnswered] = useState<Question | null>(null);
  const mayAnswer = may('orders.rfq.ask') && rfq.moves.some(({ move }) => move === 'answer');
  return (
    <Panel title={t('rfq.questions')}>
      <div className="stack">
        {rfq.questions.map((question) => (
          <div key={question.id} className="stack" style={{ gap: 4 }} data-question={question.id}>
            <p>
              <strong>{question.text}</strong>
            </p>
            <p className="soft small">
              {say(question.supplier.name)} · <Moment at={question.askedAt} />
            </p>
            {question.answer === null ? (
              mayAnswer ? (
                <div className="actions">
                  <Button onClick={() => setAnswered(question)}>{t('rfq.answer')}</Button>
                </div>
              ) : null
            ) : (
              <p>
                {question.answer} <span className="soft small">({t(question.toAll ? 'rfq.toAll' : 'rfq.toAsker')})</span>
              </p>
            )}
          </div>
        ))}
      </div>
      {answered ? <AnswerDialog question={answered} onDone={() => setAnswered(null)} /> : null}
    </Panel>
  );
}

function AnswerDialog({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const { t } = useWords();
  const [answer, setAnswer] = useState('');
  const [toAll, setToAll] = useState(true);
  const command = useCommand(
    (yunfab, input: { answer: string; to: 'all' | 'asker' }, options) =>
      yunfab.orders.rfq.answer({ question: question.id, ...input }, options),
    touchedByRfq,
  );
  return (
    <MoveForm
      title={t('rfq.answer')}
      effect={question.text}
      submit={t('rfq.answer')}
      ready={answer.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ answer: answer.trim(), to: toAll ? 'all' : 'asker' }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField long label={t('rfq.answerText')} value={answer} problem={fieldProblems(command.problem)['answer']} onChange={setAnswer} />
      <label className="check">
        <input type="checkbox" checked={toAll} onChange={(event) => setToAll(event.target.checked)} />
        {t('rfq.toAllWhat')}
      </label>
    </MoveForm>
  );
}

interface AnswersProps {
  readonly questions: readonly Pick<Question, 'id' | 'text' | 'askedAt' | 'answer' | 'toAll'>[];
  readonly answers: readonly Answer[];
}

/** One's own questions, and the answers that every admitted supplier reads. */
export function SupplierQuestions({ questions, answers }: AnswersProps) {
  const { t } = useWords();
  return (
    <>
      {questions.length > 0 ? (
        <Panel title={t('rfq.ownQuestions')}>
          <div className="stack">
            {questions.map((question) => (
              <div key={question.id}>
                <p>
                  <strong>{question.text}</strong>
                </p>
                <p className={question.answer === null ? 'soft' : ''}>{question.answer ?? t('rfq.noAnswerYet')}</p>
              </div>
            ))}
          </div>
        </Panel>
      ) : null}
      {answers.length > 0 ? (
        <Panel title={t('rfq.published')}>
          <ol className="stack">
            {answers.map((answer) => (
              <li key={answer.id} value={answer.number}>
                <p>
                  <strong>{answer.question}</strong>
                </p>
                <p>{answer.answer}</p>
              </li>
            ))}
          </ol>
        </Panel>
      ) : null}
    </>
  );
}
