import { useState } from 'react';
import { useMay } from '../app/permissions.js';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Rfq, touchedByRfq } from './rfq-page.js';
import { TextField } from './terms-fields.js';

type Invited = Rfq['invitations'][number];

/** Who was invited and how far each has come; only the buyer reads this. */
export function SuppliersPanel({ rfq }: { readonly rfq: Rfq }) {
  const { t, say } = useWords();
  const format = useFormat();
  const may = useMay();
  const [assessed, setAssessed] = useState<Invited | null>(null);
  const assessable = may('orders.rfq.ask') && rfq.moves.some(({ move }) => move === 'assess');
  return (
    <Panel title={t('rfq.suppliers')} aside={<span className="soft small">{t('rfq.suppliersWhat')}</span>} flush>
      <RecordTable
        label={t('rfq.suppliers')}
        rows={rfq.invitations}
        keyOf={({ id }) => id}
        open={({ id }) => `/invitations/${id}`}
        columns={[
          { name: 'supplier', words: t('orders.supplier'), cell: ({ supplier }) => say(supplier.name) },
          {
            name: 'state',
            words: t('orders.state'),
            cell: ({ state, stateWords, reason }) => (
              <>
                <Badge state={state} words={stateWords} tone={state === 'quoted' ? 'good' : state === 'invited' ? 'open' : 'quiet'} />
                {reason ? <span className="soft small"> {reason}</span> : null}
              </>
            ),
          },
          {
            name: 'quote',
            words: t('rfq.quote'),
            cell: ({ quote }) =>
              quote ? (
                <>
                  {quote.number} / {quote.revision} <Badge state={quote.state} words={quote.stateWords} tone={toneOfQuote(quote.state)} />
                </>
              ) : (
                '–'
              ),
          },
          {
            name: 'terms',
            words: t('rfq.confidentiality'),
            wide: true,
            cell: ({ confidentialityAcceptedAt: at, confidentialityAcceptedBy: by }) =>
              rfq.confidentiality === null ? (
                '–'
              ) : at ? (
                <>
                  <Moment at={at} /> · {by}
                </>
              ) : (
                t('rfq.notAccepted')
              ),
          },
          { name: 'respond', words: t('rfq.respondBy'), wide: true, cell: ({ respondBy }) => <Moment at={respondBy} /> },
          {
            name: 'duty',
            words: t('rfq.duty'),
            number: true,
            wide: true,
            cell: (invited) => {
              const duty = invited.dutyRate === null ? '–' : `${format.number(invited.dutyRate)} %`;
              return assessable ? (
                <button type="button" className="link-button" onClick={() => setAssessed(invited)}>
                  {duty}
                  <span className="visually-hidden">: {t('rfq.assess')}</span>
                </button>
              ) : (
                duty
              );
            },
          },
        ]}
      />
      {assessed ? <AssessDialog rfq={rfq} invited={assessed} onDone={() => setAssessed(null)} /> : null}
    </Panel>
  );
}

function AssessDialog({ rfq, invited, onDone }: { readonly rfq: Rfq; readonly invited: Invited; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const [dutyRate, setDutyRate] = useState(invited.dutyRate ?? '0');
  const command = useCommand(
    (yunfab, input: { dutyRate: string }, options) =>
      yunfab.orders.rfq.assess({ rfq: rfq.id, version: rfq.version, invitation: invited.id, ...input }, options),
    touchedByRfq,
  );
  return (
    <MoveForm
      title={t('rfq.assess')}
      effect={t('rfq.assessEffect', { supplier: say(invited.supplier.name) })}
      submit={t('rfq.save')}
      command={command}
      onSubmit={() => void command.run({ dutyRate: dutyRate.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField
        label={t('rfq.duty')}
        unit="%"
        value={dutyRate}
        problem={fieldProblems(command.problem)['dutyRate']}
        onChange={setDutyRate}
      />
    </MoveForm>
  );
}

export function toneOfQuote(state: NonNullable<Invited['quote']>['state']): 'note' | 'good' | 'warn' | 'quiet' {
  return ({ submitted: 'note', withdrawn: 'quiet', expired: 'warn', awarded: 'good', lost: 'quiet' } as const)[state];
}
