import { type OrganizationRef, organizationNames } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { OrganizationId, RecordId, Scope } from '../../database/index.js';
import { canonical, Decimal, money, quantity, subtract } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import { termsById } from '../terms/repository.js';
import { summarizeTerms } from '../terms/view.js';
import { awardsOf } from './award-repository.js';
import {
  type AnswerRow,
  answersOf,
  assessmentsOf,
  type InvitationRow,
  invitationsOf,
  type QuestionRow,
  questionsOf,
} from './invitation-repository.js';
import { invitationFacts } from './moves.js';
import {
  findQuoteRevision,
  type QuoteRevisionRow,
  type QuoteRow,
  quoteLines,
  quoteOfInvitation,
  quotesOf,
  revisionsOfQuote,
} from './quote-repository.js';
import { balancesOf, type ContentRow, findContent, type RfqLineRow, type RfqRow, rfqFiles, rfqLines, termsOfRfq } from './repository.js';
import { hasExpired, invitationMovesOf, judgeInvitation, judgeQuote, judgeRfq, quoteStateAt, rfqMovesOf } from './states.js';
import type { InvitationSummary, InvitationView, QuoteView, RfqView } from './view-schema.js';
import {
  invitationMoveWords,
  invitationObstacleWords,
  invitationStateWords,
  quoteStateWords,
  rfqMoveWords,
  rfqObstacleWords,
  rfqStateWords,
  standingWords,
} from './words.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

export async function viewRfq(scope: Scope, rfq: RfqRow): Promise<RfqView> {
  const own = rfq.buyer === scope.organization;
  const [invitations, quotes, awards] = own
    ? [await invitationsOf(scope, rfq.id), await quotesOf(scope, rfq.id), await awardsOf(scope, rfq.id)]
    : [[], [], []];
  const questions = own ? await questionsOf(scope, { rfq: rfq.id }) : [];
  const duties = await assessmentsOf(scope, rfq.id);
  const balances = await balancesOf(scope, rfq.id);
  const lines = await rfqLines(scope, rfq.id);
  const names = await organizationNames(scope, [rfq.buyer, ...invitations.map(({ supplier }) => supplier)]);
  const supplierOf = new Map(quotes.map((quote) => [quote.id, quote.supplier]));
  const currencies = new Map<string, QuoteRevisionRow>();
  for (const quote of quotes) {
    const revision = await findQuoteRevision(scope, quote.id, quote.revision);
    if (revision) currencies.set(quote.id, revision);
  }
  const units = new Map(lines.map((line) => [line.id, line.unit]));
  return {
    id: rfq.id,
    version: rfq.version,
    state: rfq.state,
    stateWords: rfqStateWords[rfq.state],
    side: own ? 'buyer' : 'reader',
    number: rfq.number,
    title: rfq.title,
    respondBy: rfq.respond_by.toISOString(),
    ...(await termsOf(scope, rfq.id, await findContent(scope, rfq.id))),
    confidentiality: confidentialityOf(rfq),
    reason: rfq.reason,
    createdAt: rfq.created_at.toISOString(),
    openedAt: rfq.opened_at?.toISOString() ?? null,
    changedAt: rfq.changed_at.toISOString(),
    lines: (await withFiles(scope, rfq, lines)).map((line) => {
      const awarded = balances.get(line.id)?.awarded ?? '0';
      return { ...line, awarded: canonical(awarded), left: subtract(line.quantity.value, awarded) };
    }),
    invitations: invitations.map((invitation) => {
      const quote = quotes.find(({ invitation_id }) => invitation_id === invitation.id);
      const revision = quote && currencies.get(quote.id);
      const duty = duties.get(invitation.id);
      return {
        id: invitation.id,
        supplier: referenceOf(names, invitation.supplier),
        state: invitation.state,
        stateWords: invitationStateWords[invitation.state],
        respondBy: invitation.respond_by.toISOString(),
        invitedAt: invitation.invited_at.toISOString(),
        confidentialityAcceptedAt: invitation.accepted_at?.toISOString() ?? null,
        confidentialityAcceptedBy: invitation.accepted_by,
        reason: invitation.reason,
        dutyRate: duty === undefined ? null : canonical(duty),
        quote: quote && revision ? quoteHeadOf(scope, quote, revision) : null,
      };
    }),
    questions: questions.map((question) => ({
      ...questionOf(question),
      invitation: question.invitation_id,
      supplier: referenceOf(names, question.supplier),
    })),
    answers: (await answersOf(scope, rfq.id)).map(answerOf),
    awards: awards.map((award) => ({
      id: award.id,
      line: award.line_id,
      quote: award.quote_id,
      revision: award.revision,
      supplier: referenceOf(names, supplierOf.get(award.quote_id)),
      order: award.order_id,
      orderLine: award.order_line_id,
      quantity: quantity(award.quantity, units.get(award.line_id) ?? 'H87'),
      reason: award.reason,
      at: award.entered_at.toISOString(),
      by: award.entered_by,
    })),
    moves: own ? movesOfRfq(rfq, [...balances.values()]) : [],
  };
}

function movesOfRfq(rfq: RfqRow, balances: readonly { asked: string; awarded: string }[]): RfqView['moves'] {
  const facts = {
    awarded: balances.some(({ awarded }) => new Decimal(awarded).gt(0)),
    left: balances.some(({ asked, awarded }) => new Decimal(asked).gt(awarded)),
  };
  return rfqMovesOf(rfq.state).map((move) => {
    const judged = judgeRfq(rfq.state, move, 'buyer', facts);
    const obstacle = judged.allowed || judged.because === 'wrong_side' || judged.because === 'wrong_state' ? null : judged.because;
    const reason = obstacle ? { code: `rfq.${obstacle}`, words: rfqObstacleWords[obstacle] } : null;
    return { move, words: rfqMoveWords[move], allowed: judged.allowed, reason };
  });
}

export function summarizeInvitation(scope: Scope, invitation: InvitationRow, names: Names): InvitationSummary {
  return {
    id: invitation.id,
    version: invitation.version,
    state: invitation.state,
    stateWords: invitationStateWords[invitation.state],
    standing: invitation.standing,
    standingWords: standingWords[invitation.standing],
    buyer: referenceOf(names, invitation.buyer),
    supplier: referenceOf(names, invitation.supplier),
    number: invitation.number,
    title: invitation.title,
    respondBy: invitation.respond_by.toISOString(),
    overdue: scope.now.getTime() > invitation.respond_by.getTime(),
    invitedAt: invitation.invited_at.toISOString(),
    changedAt: invitation.changed_at.toISOString(),
  };
}

/** What the supplier reads of the request stands here, and nothing of any other invitation. */
export async function viewInvitation(scope: Scope, invitation: InvitationRow): Promise<InvitationView> {
  const names = await organizationNames(scope, [invitation.buyer, invitation.supplier]);
  const side = scope.organization === invitation.supplier ? 'supplier' : scope.organization === invitation.buyer ? 'buyer' : 'reader';
  const content = await findContent(scope, invitation.rfq_id);
  const terms = confidentialityOf(invitation);
  const quote = await quoteOfInvitation(scope, invitation.id);
  return {
    ...summarizeInvitation(scope, invitation, names),
    side,
    confidentiality: terms && {
      ...terms,
      acceptedAt: invitation.accepted_at?.toISOString() ?? null,
      acceptedBy: invitation.accepted_by,
    },
    content: content
      ? {
          ...(await termsOf(scope, invitation.rfq_id, content)),
          lines: await withFiles(scope, { id: invitation.rfq_id }, await rfqLines(scope, invitation.rfq_id)),
        }
      : null,
    questions: (await questionsOf(scope, { invitation: invitation.id })).map(questionOf),
    answers: (await answersOf(scope, invitation.rfq_id)).map(answerOf),
    quote: quote ? await viewQuote(scope, quote) : null,
    reason: invitation.reason,
    moves: side === 'supplier' ? movesOfInvitation(scope, invitation, quote) : [],
  };
}

function movesOfInvitation(scope: Scope, invitation: InvitationRow, quote: QuoteRow | undefined): InvitationView['moves'] {
  const facts = invitationFacts(scope, invitation);
  return invitationMovesOf(invitation.state).flatMap((move) => {
    if (quote && (move === 'revise' || move === 'withdraw')) {
      const state = quoteStateAt(quote.state, quote.valid_until, scope.now);
      if (!judgeQuote(state, move, 'supplier').allowed) return [];
    }
    const judged = judgeInvitation(invitation.state, move, 'supplier', facts);
    const obstacle = judged.allowed || judged.because === 'wrong_side' || judged.because === 'wrong_state' ? null : judged.because;
    const reason = obstacle ? { code: `rfq.${obstacle}`, words: invitationObstacleWords[obstacle] } : null;
    return [{ move, words: invitationMoveWords[move], allowed: judged.allowed, reason }];
  });
}

/** Throws `request.not_found` for a revision that there is not. */
export async function viewQuote(scope: Scope, quote: QuoteRow, asked?: number): Promise<QuoteView> {
  const revisions = await revisionsOfQuote(scope, quote.id);
  const shown = revisions.find(({ revision }) => revision === (asked ?? quote.revision));
  if (!shown) throw requestErrors.not_found({ kind: 'quote' });
  const lines = await quoteLines(scope, quote.id, shown.revision);
  const asks = new Map((await rfqLines(scope, quote.rfq_id)).map((line) => [line.id, line]));
  const names = await organizationNames(scope, [quote.buyer, quote.supplier]);
  return {
    ...quoteHeadOf(scope, quote, shown),
    buyer: referenceOf(names, quote.buyer),
    supplier: referenceOf(names, quote.supplier),
    delivery: { rule: shown.incoterms, place: shown.incoterms_place },
    paymentDays: shown.payment_days,
    taxRate: canonical(shown.tax_rate),
    freight: money(shown.freight, shown.currency),
    note: shown.note,
    submittedAt: shown.submitted_at.toISOString(),
    submittedBy: shown.submitted_by,
    lines: lines
      .map((line) => ({
        line: line.line_id,
        position: asks.get(line.line_id)?.position ?? null,
        description: asks.get(line.line_id)?.description ?? null,
        prices: line.prices.map(({ from, unitPrice }) => ({ from, unitPrice: money(unitPrice, shown.currency) })),
        tooling: money(line.tooling, shown.currency),
        minimumLot: line.minimum_lot === null ? null : canonical(line.minimum_lot),
        leadDays: line.lead_days,
        note: line.note,
      }))
      .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    revisions: revisions.map(({ revision, valid_until, submitted_at }) => ({
      revision,
      validUntil: valid_until.toISOString(),
      submittedAt: submitted_at.toISOString(),
    })),
  };
}

export function quoteHeadOf(scope: Scope, quote: QuoteRow, { revision, currency, valid_until }: QuoteRevisionRow) {
  const state = quoteStateAt(quote.state, quote.valid_until, scope.now);
  return {
    id: quote.id,
    version: quote.version,
    invitation: quote.invitation_id,
    number: quote.number,
    state,
    stateWords: quoteStateWords[state],
    revision,
    currency,
    validUntil: valid_until.toISOString(),
    expired: hasExpired(valid_until, scope.now),
  };
}

export function referenceOf(names: Names, id: OrganizationId | undefined) {
  const organization = id && names.get(id);
  return { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } };
}

async function termsOf(scope: Scope, rfq: RecordId, content: ContentRow | undefined) {
  const ids = await termsOfRfq(scope, rfq);
  const versions = await termsById(scope, ids);
  const summarize = await summarizeTerms(scope, [...versions.values()]);
  return {
    currency: content?.currency ?? 'CNY',
    delivery: content?.incoterms && content.incoterms_place !== null ? { rule: content.incoterms, place: content.incoterms_place } : null,
    wantedOn: content?.wanted_on ?? null,
    paymentDays: content?.payment_days ?? null,
    note: content?.note ?? null,
    terms: ids.flatMap((id) => versions.get(id) ?? []).map(summarize),
  };
}

const confidentialityOf = ({
  confidentiality_version: version,
  confidentiality_text: text,
}: Pick<RfqRow, 'confidentiality_version' | 'confidentiality_text'>) => (version === null || text === null ? null : { version, text });

async function withFiles(scope: Scope, { id }: Pick<RfqRow, 'id'>, lines: readonly RfqLineRow[]) {
  const files = await rfqFiles(scope, id);
  return lines.map((line) => ({
    id: line.id,
    position: line.position,
    description: line.description,
    specification: line.specification as Specification | null,
    quantity: quantity(line.quantity, line.unit),
    breaks: line.breaks,
    note: line.note,
    files: files.filter(({ line_id }) => line_id === line.id).map(({ name, sha256, revision }) => ({ name, sha256, revision })),
  }));
}

const questionOf = ({ id, text, asked_at, answer, answered_at, to_all }: QuestionRow) => ({
  id,
  text,
  askedAt: asked_at.toISOString(),
  answer,
  answeredAt: answered_at?.toISOString() ?? null,
  toAll: to_all,
});

const answerOf = ({ id, number, question, answer, answered_at }: AnswerRow) => ({
  id,
  number,
  question,
  answer,
  answeredAt: answered_at.toISOString(),
});
