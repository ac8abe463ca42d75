import { type OrganizationRef, organizationNames } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import { money, quantity } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import type { OutsideContact } from '../tables.js';
import { quotationMoveWords, quotationStateWords } from '../words.js';
import {
  costOfRevision,
  findQuotation,
  findQuotationSide,
  linesOfRevision,
  type pageOfQuotations,
  type QuotationRow,
  type RevisionRow,
  revisionsOf,
} from './repository.js';
import type { QuotationSummary, QuotationView } from './schema.js';
import { type QuotationSide, quotationMovesOf, stateAt } from './states.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

/** The quotation as the asking side sees it; throws `request.not_found` when it, or the revision asked for, is hidden or absent. */
export async function quotationView(scope: Scope, id: string, revision?: number): Promise<QuotationView> {
  const quotation = await findQuotation(scope, id);
  if (!quotation) throw requestErrors.not_found({ kind: 'quotation' });
  return viewQuotation(scope, quotation, revision);
}

export async function viewQuotation(scope: Scope, quotation: QuotationRow, asked?: number): Promise<QuotationView> {
  const side = await findQuotationSide(scope, quotation.id);
  const revisions = await revisionsOf(scope, [quotation.id]);
  const shown = asked === undefined ? revisions[0] : revisions.find(({ revision }) => revision === asked);
  if (!shown) throw requestErrors.not_found({ kind: 'quotation' });
  const names = await organizationNames(scope, partiesOf(quotation));
  const lines = await linesOfRevision(scope, quotation.id, shown.revision);
  const state = stateAt(quotation.state, quotation.valid_until, scope.now);
  const own = side?.role;
  return {
    ...headOf(scope, quotation, shown, names, { role: own, contact: side?.contact ?? null }),
    note: shown.note,
    lines: lines.map((line) => ({
      position: line.position,
      description: line.description,
      specification: line.specification as Specification | null,
      quantity: quantity(line.quantity, line.unit),
      unitPrice: money(line.unit_price, shown.currency),
      amount: money(line.amount, shown.currency),
    })),
    cost: own === 'supplier' ? ((await costOfRevision(scope, quotation.id, shown.revision)) as QuotationView['cost']) : null,
    lead: side?.lead_id ?? null,
    revisions: revisions.map(({ revision, total, currency, valid_until, created_at, sent_at }) => ({
      revision,
      total: money(total, currency),
      validUntil: valid_until.toISOString(),
      createdAt: created_at.toISOString(),
      sentAt: sent_at?.toISOString() ?? null,
    })),
    order: quotation.order_id,
    reason: quotation.reason,
    createdAt: quotation.created_at.toISOString(),
    moves: own
      ? quotationMovesOf(state, own, { outside: quotation.buyer === null }).map((move) => ({ move, words: quotationMoveWords[move] }))
      : [],
  };
}

type Listed = Awaited<ReturnType<typeof pageOfQuotations>>[number];

export async function summarizeQuotations(scope: Scope, quotations: readonly Listed[]): Promise<ReadonlyMap<string, QuotationSummary>> {
  const names = await organizationNames(scope, quotations.flatMap(partiesOf));
  const newest = new Map<string, RevisionRow>();
  const ids = quotations.map(({ id }) => id);
  for (const revision of await revisionsOf(scope, ids)) if (!newest.has(revision.quotation_id)) newest.set(revision.quotation_id, revision);
  return new Map(
    quotations.flatMap((quotation) => {
      const revision = newest.get(quotation.id);
      return revision ? [[quotation.id, headOf(scope, quotation, revision, names, quotation)] as const] : [];
    }),
  );
}

function headOf(
  scope: Scope,
  quotation: QuotationRow,
  shown: RevisionRow,
  names: Names,
  { role, contact }: { readonly role: QuotationSide | undefined; readonly contact: OutsideContact | string | null },
): QuotationSummary {
  const state = stateAt(quotation.state, quotation.valid_until, scope.now);
  return {
    id: quotation.id,
    version: quotation.version,
    state,
    stateWords: quotationStateWords[state],
    side: role ?? 'reader',
    number: quotation.number,
    supplier: referenceOf(names, quotation.supplier),
    buyer: quotation.buyer === null ? null : referenceOf(names, quotation.buyer),
    contact: contact as OutsideContact | null,
    revision: shown.revision,
    total: money(shown.total, shown.currency),
    delivery: shown.incoterm === null || shown.place === null ? null : { incoterm: shown.incoterm, place: shown.place },
    validUntil: shown.valid_until.toISOString(),
    changedAt: quotation.changed_at.toISOString(),
  };
}

const partiesOf = ({ supplier, buyer }: QuotationRow): OrganizationId[] => (buyer === null ? [supplier] : [supplier, buyer]);

function referenceOf(names: Names, id: OrganizationId): QuotationSummary['supplier'] {
  const organization = names.get(id);
  return { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } };
}
