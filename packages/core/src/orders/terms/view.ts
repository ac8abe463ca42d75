import { type OrganizationRef, organizationNames } from '../../access/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import type { OrderRow } from '../order/repository.js';
import type { OrderSide } from '../order/states.js';
import { type AcceptanceRow, type AttachmentRow, acceptancesOf, attachmentsOf, type TermsRow, termsById } from './repository.js';
import type { OrderTermsView, TermsSummary, TermsView } from './schema.js';
import { type AttachedTerms, mayDoTerms, termsAccepted } from './states.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

export async function summarizeTerms(scope: Scope, rows: readonly TermsRow[]): Promise<(row: TermsRow) => TermsSummary> {
  const names = await organizationNames(
    scope,
    rows.map(({ organization }) => organization),
  );
  return (row) => summary(row, names);
}

export async function viewTerms(scope: Scope, row: TermsRow): Promise<TermsView> {
  return { ...(await summarizeTerms(scope, [row]))(row), text: { en: row.text_en, zh: row.text_zh } };
}

function summary(row: TermsRow, names: Names): TermsSummary {
  const publisher = names.get(row.organization);
  return {
    id: row.id,
    code: row.code,
    number: row.number,
    revision: row.revision,
    state: row.retired_at ? 'retired' : row.published_at ? 'published' : 'draft',
    publisher: { code: publisher?.code ?? '', name: publisher?.name ?? { en: '', zh: '' } },
    platform: row.platform,
    title: { en: row.title_en, zh: row.title_zh },
    sha256: row.sha256,
    changedAt: row.changed_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by,
    retiredAt: row.retired_at?.toISOString() ?? null,
  };
}

const sideOf = (order: Pick<OrderRow, 'buyer'>, organization: OrganizationId): OrderSide =>
  organization === order.buyer ? 'buyer' : 'supplier';

const attached = (order: OrderRow, row: AttachmentRow, acceptances: readonly AcceptanceRow[]): AttachedTerms => ({
  detached: row.detached_at !== null,
  acceptedBy: acceptances.filter((each) => each.order_terms_id === row.id).map((each) => sideOf(order, each.organization)),
});

export async function viewOrderTerms(scope: Scope, order: OrderRow): Promise<OrderTermsView> {
  const attachments = await attachmentsOf(scope, order.id);
  const acceptances = await acceptancesOf(scope, order.id);
  const versions = await termsById(
    scope,
    attachments.map(({ terms_id }) => terms_id),
  );
  const summarize = await summarizeTerms(scope, [...versions.values()]);
  const own = scope.organization === order.buyer || scope.organization === order.supplier ? sideOf(order, scope.organization) : null;
  return {
    order: order.id,
    version: order.version,
    agreed: termsAccepted(attachments.map((row) => attached(order, row, acceptances))),
    mayAttach: own !== null && mayDoTerms('attach', order.state),
    items: attachments.flatMap((row) => {
      const version = versions.get(row.terms_id);
      if (!version) return [];
      const accepted = acceptances.filter((each) => each.order_terms_id === row.id);
      const live = own !== null && row.detached_at === null;
      const ownAccepted = accepted.some(({ organization }) => organization === scope.organization);
      return {
        attachment: row.id,
        terms: summarize(version),
        attachedBy: { side: sideOf(order, row.organization), label: row.attached_by, at: row.attached_at.toISOString() },
        detachedAt: row.detached_at?.toISOString() ?? null,
        accepted: accepted.map((each) => ({
          side: sideOf(order, each.organization),
          by: each.accepted_by,
          at: each.accepted_at.toISOString(),
          sha256: each.sha256,
        })),
        mayAccept: live && !ownAccepted && mayDoTerms('accept', order.state),
        mayDetach: live && row.organization === scope.organization && accepted.length < 2 && mayDoTerms('detach', order.state),
      };
    }),
  };
}
