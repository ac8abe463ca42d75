import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { CalendarDate, Moment } from '../design/time.js';
import { TermsLinks } from '../duties/terms-links.js';
import { useWords } from '../words/words.js';
import { AskedLines } from './asked-lines.js';
import { ConfidentialityGate } from './confidentiality-gate.js';
import { toneOfInvitation } from './invitation-board.js';
import { InvitationMoves } from './invitation-moves.js';
import { SupplierQuestions } from './questions-panel.js';
import { QuotePanel } from './quote-panel.js';
import { RfqTimeline } from './rfq-timeline.js';

export type Invitation = Awaited<ReturnType<Client['orders']['rfq']['invitations']['get']>>;

/** What a move on an invitation puts out of date. */
export const touchedByInvitations = [
  'orders.rfq.invitations.get',
  'orders.rfq.invitations.list',
  'orders.rfq.invitations.timeline',
  'orders.rfq.quotes.get',
] as const;

/** One invitation: the terms first where there are any, then what is asked, questions and the own quote. */
export function InvitationPage({ invitation: id }: { readonly invitation: string }) {
  const asked = useAsk(['orders.rfq.invitations.get', { invitation: id }], (yunfab, options) =>
    yunfab.orders.rfq.invitations.get({ invitation: id }, options),
  );
  return (
    <Screen asked={asked}>
      {(invitation) => (
        <>
          <InvitationHead invitation={invitation} />
          <div className="stack">
            <InvitationFacts invitation={invitation} />
            {invitation.content === null ? (
              <ConfidentialityGate invitation={invitation} />
            ) : (
              <AskedLines record={invitation.id} lines={invitation.content.lines} />
            )}
            {invitation.quote ? <QuotePanel quote={invitation.quote} lines={invitation.content?.lines ?? []} /> : null}
            <SupplierQuestions questions={invitation.questions} answers={invitation.answers} />
            <RfqTimeline of={{ invitation: id }} />
          </div>
        </>
      )}
    </Screen>
  );
}

function InvitationHead({ invitation }: { readonly invitation: Invitation }) {
  const { t, say } = useWords();
  const { side, number, title, buyer, supplier } = invitation;
  return (
    <PageHead
      title={`${number} · ${title}`}
      badge={<Badge state={invitation.state} words={invitation.stateWords} tone={toneOfInvitation(invitation)} />}
      crumbs={
        <>
          <Link href={side === 'buyer' ? '/rfqs' : '/invitations'}>{t(side === 'buyer' ? 'rfq.title' : 'rfq.invitations')}</Link>
          <span aria-hidden="true">/</span>
          <span>{say(side === 'buyer' ? supplier.name : buyer.name)}</span>
        </>
      }
    >
      <InvitationMoves invitation={invitation} />
    </PageHead>
  );
}

function InvitationFacts({ invitation }: { readonly invitation: Invitation }) {
  const { t, say } = useWords();
  const { content, standing, overdue, confidentiality } = invitation;
  return (
    <Panel title={t('rfq.head')}>
      <Facts
        facts={[
          { label: t('orders.buyer'), value: say(invitation.buyer.name) },
          { label: t('rfq.standing'), value: overdue && standing === 'open' ? t('rfq.overdue') : say(invitation.standingWords) },
          { label: t('rfq.respondBy'), value: <Moment at={invitation.respondBy} /> },
          content && { label: t('orders.currency'), value: content.currency },
          content && { label: t('rfq.incoterm'), value: content.delivery ? `${content.delivery.rule} ${content.delivery.place}` : '–' },
          content && { label: t('rfq.wantedOn'), value: content.wantedOn ? <CalendarDate on={content.wantedOn} /> : '–' },
          content?.paymentDays != null && { label: t('rfq.paymentDays'), value: t('rfq.inDays', { days: content.paymentDays }) },
          content && content.terms.length > 0 && { label: t('rfq.contractTerms'), value: <TermsLinks terms={content.terms} /> },
          content?.note ? { label: t('orders.note'), value: content.note } : null,
          confidentiality?.acceptedAt
            ? {
                label: t('rfq.confidentiality'),
                value: (
                  <>
                    {confidentiality.version} · {confidentiality.acceptedBy} · <Moment at={confidentiality.acceptedAt} />
                  </>
                ),
              }
            : null,
          invitation.reason ? { label: t('orders.reason'), value: invitation.reason } : null,
        ]}
      />
    </Panel>
  );
}
