import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type Scope } from '../../database/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceTables } from '../tables.js';
import type { LeadMove, LeadState } from './states.js';

export type CampaignRow = Selectable<CommerceTables['campaign']>;
export type LeadRow = Selectable<CommerceTables['lead']>;

const tables = (scope: Scope) => scope.tx.withTables<CommerceTables>();

export async function insertCampaign(scope: Scope, campaign: CampaignRow): Promise<void> {
  try {
    await tables(scope).insertInto('campaign').values(campaign).execute();
  } catch (error) {
    if (isUniqueViolation(error, 'campaign_code')) throw commerceErrors.campaign_code_taken({ code: campaign.code }, error);
    throw error;
  }
}

export async function campaignsByToken(scope: Scope, tokens: readonly string[]): Promise<ReadonlyMap<string, CampaignRow>> {
  if (tokens.length === 0) return new Map();
  const rows = await tables(scope).selectFrom('campaign').selectAll().where('token', 'in', tokens).execute();
  return new Map(rows.map((row) => [row.token, row]));
}

export async function campaignsById(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables(scope).selectFrom('campaign').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function pageOfCampaigns(scope: Scope, { after, limit }: { after: Keyset | null; limit: number }): Promise<CampaignRow[]> {
  let found = tables(scope).selectFrom('campaign').selectAll().where('organization', '=', scope.organization);
  if (after) found = found.where(sql<boolean>`(created_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return found
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** Null when the device's key was taken before. */
export async function insertLead(scope: Scope, lead: Omit<LeadRow, 'id' | 'version'>): Promise<string | null> {
  const made = await tables(scope)
    .insertInto('lead')
    .values({ ...lead, id: newId() })
    .onConflict((conflict) => conflict.columns(['organization', 'capture_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? null;
}

export async function leadOfKey(scope: Scope, key: string): Promise<string> {
  const row = await tables(scope)
    .selectFrom('lead')
    .select('id')
    .where('organization', '=', scope.organization)
    .where('capture_key', '=', key)
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findLead(scope: Scope, id: string): Promise<LeadRow | undefined> {
  return tables(scope).selectFrom('lead').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockLead(scope: Scope, id: string): Promise<LeadRow | undefined> {
  return tables(scope).selectFrom('lead').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

export async function updateLead(
  scope: Scope,
  lead: LeadRow,
  change: Partial<Omit<LeadRow, 'id' | 'organization' | 'version' | 'campaign_id' | 'capture_key'>>,
): Promise<LeadRow> {
  return tables(scope)
    .updateTable('lead')
    .set({ ...change, version: lead.version + 1, changed_at: scope.now })
    .where('id', '=', lead.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertLeadMove(
  scope: Scope,
  { lead, move, from, to, reason }: { lead: string; move: LeadMove; from: LeadState; to: LeadState; reason: string | null },
): Promise<void> {
  await tables(scope)
    .insertInto('lead_move')
    .values({
      id: newId(),
      organization: scope.organization,
      lead_id: lead,
      move,
      from_state: from,
      to_state: to,
      reason,
      moved_by: scope.actor.label,
      moved_at: scope.now,
    })
    .execute();
}

export async function movesOfLead(scope: Scope, lead: string) {
  return tables(scope).selectFrom('lead_move').selectAll().where('lead_id', '=', lead).orderBy('moved_at').orderBy('id').execute();
}

export interface LeadFilter {
  readonly state?: LeadState | undefined;
  readonly campaign?: string | undefined;
  readonly dueBy?: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

export async function pageOfLeads(scope: Scope, { state, campaign, dueBy, after, limit }: LeadFilter): Promise<LeadRow[]> {
  let found = tables(scope).selectFrom('lead').selectAll().where('organization', '=', scope.organization);
  if (state) found = found.where('state', '=', state);
  if (campaign) found = found.where('campaign_id', '=', campaign);
  if (dueBy) found = found.where('follow_up_on', '<=', dueBy).where('state', 'not in', ['won', 'lost']);
  if (after) found = found.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return found
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function countFunnel(scope: Scope, campaign: string | undefined) {
  let found = tables(scope).selectFrom('lead').where('organization', '=', scope.organization);
  if (campaign) found = found.where('campaign_id', '=', campaign);
  return found
    .select(({ fn }) => [
      fn.countAll<string>().as('captured'),
      fn.count<string>('contacted_at').as('contacted'),
      fn.count<string>('sampled_at').as('sampled'),
      fn.count<string>('quoted_at').as('quoted'),
      fn.count<string>('won_at').as('won'),
      fn.count<string>('lost_at').as('lost'),
    ])
    .executeTakeFirstOrThrow();
}
