import { type Selectable, sql, type Updateable } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Connection, OrganizationId, Scope } from '../../database/index.js';
import { openStates } from './states.js';
import type { DeviceCommandStep, DeviceCommandTables } from './tables.js';

export type CommandRow = Selectable<DeviceCommandTables['device_command']>;
export type StepRow = Selectable<DeviceCommandTables['device_command_step']>;

const tables = (scope: Scope) => scope.tx.withTables<DeviceCommandTables>();

/** How many of a device's commands have no end yet. */
export async function countOpenCommands(scope: Scope, device: string): Promise<number> {
  const { count } = await tables(scope)
    .selectFrom('device_command')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('organization', '=', scope.organization)
    .where('device', '=', device)
    .where('state', 'in', openStates)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Due at once, by the clock of the database: it is the gateways' too. */
export async function insertCommand(
  scope: Scope,
  command: Pick<CommandRow, 'id' | 'device' | 'device_id' | 'equipment_id' | 'name' | 'parameters' | 'expires_at'>,
): Promise<void> {
  await tables(scope)
    .insertInto('device_command')
    .values({
      ...command,
      parameters: sql`${JSON.stringify(command.parameters)}::jsonb`,
      organization: scope.organization,
      state: 'queued',
      created_at: scope.now,
      created_by: scope.actor.label,
      due_at: sql`clock_timestamp()`,
    })
    .execute();
}

export async function findCommand(scope: Scope, id: string): Promise<CommandRow | undefined> {
  return commands(scope).where('id', '=', id).executeTakeFirst();
}

export async function lockCommand(scope: Scope, id: string): Promise<CommandRow | undefined> {
  return commands(scope).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Those that expired without an end; whatever another process is busy with is its. */
export async function lockExpiredCommands(scope: Scope, limit: number): Promise<CommandRow[]> {
  return commands(scope)
    .where('state', 'in', openStates)
    .where('expires_at', '<=', scope.now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export interface CommandFilter {
  readonly device: string | undefined;
  readonly state: CommandRow['state'] | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** The newest first; one more than `limit` when there are more. */
export async function pageOfCommands(scope: Scope, { device, state, after, limit }: CommandFilter): Promise<CommandRow[]> {
  let rows = commands(scope);
  if (device !== undefined) rows = rows.where('device', '=', device);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (after) rows = rows.where(sql<boolean>`(created_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

function commands(scope: Scope) {
  return tables(scope).selectFrom('device_command').selectAll().where('organization', '=', scope.organization);
}

export async function updateCommand(scope: Scope, id: string, change: Updateable<DeviceCommandTables['device_command']>): Promise<void> {
  const { answer, ...columns } = change;
  await tables(scope)
    .updateTable('device_command')
    .set({ ...columns, ...(answer === undefined ? {} : { answer: sql`${JSON.stringify(answer)}::jsonb` }) })
    .where('organization', '=', scope.organization)
    .where('id', '=', id)
    .execute();
}

export async function addStep(
  scope: Scope,
  command: string,
  what: DeviceCommandStep,
  { by = null, at = scope.now, answer = null }: Partial<Pick<StepRow, 'by' | 'at' | 'answer'>> = {},
): Promise<void> {
  await tables(scope)
    .insertInto('device_command_step')
    .values({
      organization: scope.organization,
      command,
      what,
      at,
      by,
      answer: answer === null ? null : sql`${JSON.stringify(answer)}::jsonb`,
    })
    .execute();
}

export async function stepsOf(scope: Scope, command: string): Promise<StepRow[]> {
  return tables(scope)
    .selectFrom('device_command_step')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('command', '=', command)
    .orderBy('at')
    .orderBy('position')
    .execute();
}

export async function organizationsWithExpired(system: Connection, now: Date): Promise<OrganizationId[]> {
  const { rows } = await sql<{
    organization: OrganizationId;
  }>`select organization from telemetry.organizations_with_expired_commands(${now}) as organization`.execute(system.handle);
  return rows.map(({ organization }) => organization);
}
