import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceEventBody } from '../events.js';
import { leadMoveWords, leadSourceWords, leadStateWords } from '../words.js';
import {
  type CampaignRow,
  campaignsById,
  campaignsByToken,
  countFunnel,
  findLead,
  insertCampaign,
  insertLead,
  insertLeadMove,
  type LeadRow,
  leadOfKey,
  lockLead,
  movesOfLead,
  pageOfCampaigns,
  pageOfLeads,
  updateLead,
} from './repository.js';
import type * as schema from './schema.js';
import { type LeadMove, leadMovesOf, leadTransitions } from './states.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Out<Schema extends z.ZodType> = z.infer<Schema>;

export interface LeadService {
  openCampaign(scope: Scope, input: In<typeof schema.openCampaignInput>): Promise<schema.CampaignView>;
  listCampaigns(scope: Scope, input: In<typeof schema.campaignListInput>): Promise<Out<typeof schema.campaignPageSchema>>;
  captureLeads(scope: Scope, input: In<typeof schema.captureInput>): Promise<Out<typeof schema.capturedSchema>>;
  getLead(scope: Scope, lead: string): Promise<Out<typeof schema.leadDetailSchema>>;
  listLeads(scope: Scope, input: In<typeof schema.leadListInput>): Promise<Out<typeof schema.leadPageSchema>>;
  moveLead(scope: Scope, input: In<typeof schema.moveLeadInput>): Promise<schema.LeadView>;
  followLead(scope: Scope, input: In<typeof schema.followLeadInput>): Promise<schema.LeadView>;
  withdrawLeadConsent(scope: Scope, input: In<typeof schema.withdrawLeadConsentInput>): Promise<schema.LeadView>;
  leadFunnel(scope: Scope, input: In<typeof schema.funnelInput>): Promise<Out<typeof schema.funnelSchema>>;
}

export const leadService: LeadService = {
  async openCampaign(scope, { code, name, source, edition, booth, startsOn, endsOn }) {
    const campaign: CampaignRow = {
      id: newId(),
      organization: scope.organization,
      code,
      name,
      source,
      edition: edition ?? null,
      booth: booth ?? null,
      starts_on: startsOn,
      ends_on: endsOn,
      token: randomBytes(16).toString('base64url'),
      created_at: scope.now,
    };
    await insertCampaign(scope, campaign);
    const body: CommerceEventBody<'commerce.campaign_opened'> = { campaign: campaign.id, code };
    await appendEvent(scope, { type: 'commerce.campaign_opened', record: null, body });
    return viewCampaign(campaign);
  },

  async listCampaigns(scope, { limit, cursor }) {
    const rows = await pageOfCampaigns(scope, { after: decodeCursor(cursor), limit });
    return page(rows, limit, (row) => ({ key: row.created_at.toISOString(), id: row.id }), viewCampaign);
  },

  async captureLeads(scope, { leads }) {
    const campaigns = await campaignsByToken(scope, [...new Set(leads.flatMap(({ campaign }) => campaign ?? []))]);
    const unknown = leads.find(({ campaign }) => campaign !== undefined && !campaigns.has(campaign));
    if (unknown) throw commerceErrors.campaign_unknown({ token: unknown.campaign });
    const taken: Out<typeof schema.capturedSchema>['leads'] = [];
    for (const lead of leads) {
      const campaign = lead.campaign === undefined ? undefined : campaigns.get(lead.campaign);
      const id = await insertLead(scope, rowOf(scope, lead, campaign));
      if (id !== null) {
        const source = lead.source ?? campaign?.source ?? 'other';
        const body: CommerceEventBody<'commerce.lead_captured'> = { lead: id, source, campaign: campaign?.code ?? null };
        await appendEvent(scope, { type: 'commerce.lead_captured', record: null, body });
      }
      taken.push({ key: lead.key, lead: id ?? (await leadOfKey(scope, lead.key)), created: id !== null });
    }
    return { leads: taken };
  },

  async getLead(scope, id) {
    const lead = await findLead(scope, id);
    if (!lead) throw requestErrors.not_found({ kind: 'lead' });
    const history = (await movesOfLead(scope, id)).map(({ move, from_state, to_state, reason, moved_by, moved_at }) => ({
      move,
      words: leadMoveWords[move],
      from: from_state,
      to: to_state,
      reason,
      by: moved_by,
      at: moved_at.toISOString(),
    }));
    return { ...(await viewLead(scope, lead)), history };
  },

  async listLeads(scope, { limit, cursor, ...filter }) {
    const rows = await pageOfLeads(scope, { ...filter, after: decodeCursor(cursor), limit });
    const campaigns = await campaignsOf(scope, rows);
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      (row) => view(row, campaigns),
    );
  },

  async moveLead(scope, { lead: id, version, move, reason }) {
    const lead = await lockedLead(scope, id, version);
    return viewLead(scope, await applyLeadMove(scope, lead, move, reason ?? null));
  },

  async followLead(scope, { lead: id, version, owner, followUpOn, note }) {
    const lead = await lockedLead(scope, id, version);
    const followed = await updateLead(scope, lead, {
      ...(owner === undefined ? {} : { owner }),
      ...(followUpOn === undefined ? {} : { follow_up_on: followUpOn }),
      ...(note === undefined ? {} : { note: note || null }),
    });
    return viewLead(scope, followed);
  },

  async withdrawLeadConsent(scope, { lead: id, version }) {
    const lead = await lockedLead(scope, id, version);
    const erased = await updateLead(scope, lead, {
      contact_name: null,
      email: null,
      phone: null,
      note: null,
      consented_at: null,
      consent_withdrawn_at: scope.now,
    });
    await appendEvent(scope, { type: 'commerce.lead_consent_withdrawn', record: null, body: { lead: id } });
    return viewLead(scope, erased);
  },

  async leadFunnel(scope, { campaign }) {
    const counted = await countFunnel(scope, campaign);
    return Object.fromEntries(Object.entries(counted).map(([state, count]) => [state, Number(count)])) as Out<typeof schema.funnelSchema>;
  },
};

/** Moves a locked lead; throws `commerce.wrong_state`. */
export async function applyLeadMove(scope: Scope, lead: LeadRow, move: LeadMove, reason: string | null): Promise<LeadRow> {
  const next = leadTransitions[move][lead.state];
  if (next === undefined) {
    const possible = leadMovesOf(lead.state);
    throw commerceErrors.wrong_state({
      move,
      state: lead.state,
      moveEn: leadMoveWords[move].en,
      moveZh: leadMoveWords[move].zh,
      whatEn: 'lead',
      whatZh: '线索',
      stateEn: leadStateWords[lead.state].en.toLowerCase(),
      stateZh: leadStateWords[lead.state].zh,
      possibleEn: possible.map((name) => leadMoveWords[name].en).join(', ') || 'none',
      possibleZh: possible.map((name) => leadMoveWords[name].zh).join('、') || '无',
    });
  }
  // When it first came there; `new` has no such instant but its capture.
  const reached = next === 'new' || lead[`${next}_at`] !== null ? {} : { [`${next}_at`]: scope.now };
  const moved = await updateLead(scope, lead, { state: next, reason: next === 'lost' ? reason : null, ...reached });
  await insertLeadMove(scope, { lead: lead.id, move, from: lead.state, to: next, reason });
  const body: CommerceEventBody<'commerce.lead_moved'> = { lead: lead.id, move, state: next };
  await appendEvent(scope, { type: 'commerce.lead_moved', record: null, body });
  return moved;
}

async function lockedLead(scope: Scope, id: string, version: number): Promise<LeadRow> {
  const lead = await lockLead(scope, id);
  if (!lead) throw requestErrors.not_found({ kind: 'lead' });
  if (lead.version !== version)
    throw commerceErrors.version_stale({ whatEn: 'lead', whatZh: '线索', current: lead.version, sent: version });
  return lead;
}

function rowOf(scope: Scope, lead: schema.CapturedLead, campaign: CampaignRow | undefined): Omit<LeadRow, 'id' | 'version'> {
  return {
    organization: scope.organization,
    campaign_id: campaign?.id ?? null,
    capture_key: lead.key,
    source: lead.source ?? campaign?.source ?? 'other',
    state: 'new',
    company: lead.company ?? null,
    country: lead.country ?? null,
    interest: lead.interest,
    contact_name: lead.contactName ?? null,
    email: lead.email ?? null,
    phone: lead.phone ?? null,
    consented_at: lead.consent ? new Date(lead.capturedAt) : null,
    consent_withdrawn_at: null,
    owner: scope.actor.label,
    follow_up_on: lead.followUpOn ?? null,
    note: lead.note || null,
    reason: null,
    captured_at: new Date(lead.capturedAt),
    created_at: scope.now,
    changed_at: scope.now,
    contacted_at: null,
    sampled_at: null,
    quoted_at: null,
    won_at: null,
    lost_at: null,
  };
}

function viewCampaign(row: CampaignRow): schema.CampaignView {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    source: row.source,
    sourceWords: leadSourceWords[row.source],
    edition: row.edition,
    booth: row.booth,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    token: row.token,
    createdAt: row.created_at.toISOString(),
  };
}

const campaignsOf = (scope: Scope, rows: readonly LeadRow[]) =>
  campaignsById(scope, [...new Set(rows.flatMap(({ campaign_id }) => campaign_id ?? []))]);

const viewLead = async (scope: Scope, row: LeadRow): Promise<schema.LeadView> => view(row, await campaignsOf(scope, [row]));

function view(row: LeadRow, campaigns: ReadonlyMap<string, CampaignRow>): schema.LeadView {
  const campaign = row.campaign_id === null ? undefined : campaigns.get(row.campaign_id);
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    stateWords: leadStateWords[row.state],
    source: row.source,
    sourceWords: leadSourceWords[row.source],
    campaign: campaign ? { id: campaign.id, code: campaign.code, name: campaign.name } : null,
    company: row.company,
    country: row.country,
    interest: row.interest,
    contact: row.consented_at === null ? null : { name: row.contact_name, email: row.email, phone: row.phone },
    consentedAt: row.consented_at?.toISOString() ?? null,
    consentWithdrawnAt: row.consent_withdrawn_at?.toISOString() ?? null,
    owner: row.owner,
    followUpOn: row.follow_up_on,
    note: row.note,
    reason: row.reason,
    capturedAt: row.captured_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    moves: leadMovesOf(row.state).map((move) => ({ move, words: leadMoveWords[move] })),
  };
}
