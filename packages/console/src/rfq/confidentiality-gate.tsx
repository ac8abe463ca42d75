import { useState } from 'react';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import { type Invitation, touchedByInvitations } from './invitation-page.js';

/** The terms that stand before lines, specifications and drawings. */
export function ConfidentialityGate({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useWords();
  const may = useMay();
  const [read, setRead] = useState(false);
  const { id, version, confidentiality, moves } = invitation;
  const command = useCommand(
    (yunfab, input: { terms: string }, options) =>
      yunfab.orders.rfq.invitations.acceptConfidentiality({ invitation: id, version, ...input }, options),
    touchedByInvitations,
  );
  if (!confidentiality) return null;
  const mayAccept = may('orders.rfq.quote') && moves.some(({ move, allowed }) => move === 'accept_confidentiality' && allowed);
  return (
    <Panel title={`${t('rfq.confidentiality')} · ${confidentiality.version}`}>
      <div className="stack" data-gate>
        <p className="soft">{t('rfq.gateWhat')}</p>
        <p style={{ whiteSpace: 'pre-wrap' }}>{confidentiality.text}</p>
        {mayAccept ? (
          <>
            <label className="check">
              <input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />
              {t('rfq.gateRead')}
            </label>
            {command.problem ? <ProblemNotice problem={command.problem} /> : null}
            <div className="actions">
              <Button
                look="primary"
                busy={command.busy}
                disabled={!read}
                data-move="accept_confidentiality"
                onClick={() => void command.run({ terms: confidentiality.version })}
              >
                {t('rfq.gateAccept')}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  );
}
