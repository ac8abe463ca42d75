import { sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Connection, OrganizationId, Scope } from '../../database/index.js';

export interface QuarantinedRow {
  readonly id: string;
  readonly device: string;
  /** Empty: the device itself. */
  readonly signal: string;
  readonly count: string;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly value: unknown;
  readonly sample: Buffer | null;
  readonly equipment: string | null;
}

/** As it is listed. */
export interface ListedRow extends QuarantinedRow {
  /** Network of whoever knocked first under this name; empty where that is not known. */
  readonly origin: string;
}

/** The newest first; one more than `limit` when there are more. */
export async function pageOfQuarantine(
  scope: Scope,
  { device, after, limit }: { readonly device: string | undefined; readonly after: Keyset | null; readonly limit: number },
): Promise<ListedRow[]> {
  const { rows } = await sql<ListedRow>`select * from telemetry.read_quarantine(${device ?? null},
    ${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${limit + 1})`.execute(scope.tx);
  return rows;
}

export async function lockQuarantined(scope: Scope, entry: string): Promise<QuarantinedRow | undefined> {
  return (await sql<QuarantinedRow>`select * from telemetry.lock_quarantined(${entry}::uuid)`.execute(scope.tx)).rows[0];
}

export async function endQuarantined(scope: Scope, entry: string): Promise<void> {
  await sql`select telemetry.end_quarantined(${entry}::uuid)`.execute(scope.tx);
}

/** Asks a gateway to replay the device's dead letters of this reason; gives how many. */
export async function askReplayOf(scope: Scope, device: string, reason: string): Promise<number> {
  const { rows } = await sql<{ asked: string }>`select telemetry.ask_replay_of(${device}, ${reason}) as asked`.execute(scope.tx);
  return Number(rows[0]?.asked ?? 0);
}

export interface RegistrableSignal {
  readonly id: string;
  readonly value: unknown;
  readonly equipment: string;
}

export async function registrableSignals(scope: Scope, limit: number): Promise<RegistrableSignal[]> {
  return (await sql<RegistrableSignal>`select * from telemetry.registrable_signals(${limit})`.execute(scope.tx)).rows;
}

export async function organizationsThatRegister(system: Connection): Promise<OrganizationId[]> {
  const { rows } = await sql<{
    organization: OrganizationId;
  }>`select organization from telemetry.organizations_that_register() as organization`.execute(system.handle);
  return rows.map(({ organization }) => organization);
}

type RegistrationTables = { signal_registration: { organization: OrganizationId; model: string; since: Date; by: string } };

const registrations = (scope: Scope) => scope.tx.withTables<RegistrationTables>();

/** An empty model stands for all. */
export async function switchedModels(scope: Scope): Promise<string[]> {
  const rows = await registrations(scope)
    .selectFrom('signal_registration')
    .select('model')
    .where('organization', '=', scope.organization)
    .orderBy('model')
    .execute();
  return rows.map(({ model }) => model);
}

/** False when it is so already. */
export async function switchModel(scope: Scope, model: string, on: boolean): Promise<boolean> {
  if (on) {
    const { numInsertedOrUpdatedRows } = await registrations(scope)
      .insertInto('signal_registration')
      .values({ organization: scope.organization, model, since: scope.now, by: scope.actor.label })
      .onConflict((conflict) => conflict.columns(['organization', 'model']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numDeletedRows } = await registrations(scope)
    .deleteFrom('signal_registration')
    .where('organization', '=', scope.organization)
    .where('model', '=', model)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
