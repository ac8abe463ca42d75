import { isYunfabError } from '../errors.js';
import type { Message, Spool } from './spool.js';

type Fields = Readonly<Record<string, unknown>>;

/** What the platform wants the device to do. */
export interface DeviceCommand {
  readonly id: string;
  readonly name: string;
  readonly parameters: Fields;
  /** By the platform's clock; the handler decides whether it is too late. */
  readonly expiresAt: Date;
}

/** What the platform wants the device to run. */
export interface DeviceConfiguration {
  readonly version: number;
  readonly configuration: Fields;
}

/** What it resolves with goes into the answer; what it rejects with is why the command was not done. */
export type CommandHandler = (command: DeviceCommand) => Promise<Fields | undefined> | Fields | undefined;

/** What it resolves with is reported as in force; what it rejects with is why the version is not. */
export type ConfigurationHandler = (given: DeviceConfiguration) => Promise<Fields | undefined> | Fields | undefined;

/**
 * Has a command done, one after the other, and its answer kept on disk until the platform has it. One that was answered before,
 * also before a restart, is answered again and not done again. Where its answer might not fit, it is not done: rejects with
 * `device.spool_full`, and the command waits at the platform.
 */
export async function carryOut(spool: Spool, handler: CommandHandler, payload: Buffer): Promise<void> {
  const { expiresAt, ...given } = JSON.parse(payload.toString('utf8')) as Omit<DeviceCommand, 'expiresAt'> & { readonly expiresAt: number };
  const { id } = given;
  const before = await spool.recall(id);
  if (before === undefined) spool.ensureRoomToRemember();
  const fields =
    before === undefined
      ? await settled(async () => ({ ...(await handler({ ...given, expiresAt: new Date(expiresAt) })), id, ok: true }), { id })
      : (JSON.parse(before) as Fields);
  const keep = (said: Fields) => spool.put(answer(said), { id, value: JSON.stringify(said) });
  await keptOrShort(
    async () => keep(fields),
    (omitted) => keep({ id, ok: true, omitted }),
  );
}

/** Has a version put in force and reports what came of it. */
export async function apply(spool: Spool, handler: ConfigurationHandler, given: DeviceConfiguration): Promise<void> {
  const { version } = given;
  const fields = await settled(
    async () => {
      const inForce = await handler(given);
      return inForce === undefined ? { version } : { version, configuration: inForce };
    },
    { version },
  );
  await keptOrShort(
    async () => spool.put(report(fields)),
    () => spool.put(report({ version })),
  );
}

/** What was done is answered, also when what it answered cannot be sent; then rejects with why. */
async function keptOrShort(whole: () => Promise<void>, short: (omitted: string) => Promise<void>): Promise<void> {
  try {
    await whole();
  } catch (error) {
    if (isYunfabError(error) && error.code !== 'device.message_too_large') throw error;
    await short(reasonOf(error));
    throw error;
  }
}

export const report = (fields: Fields): Message => ({ channel: 'config/reported', ts: Date.now(), fields });
const answer = (fields: Fields): Message => ({ channel: 'command/ack', ts: Date.now(), fields });

async function settled(work: () => Promise<Fields>, about: Fields): Promise<Fields> {
  try {
    return await work();
  } catch (error) {
    return { ...about, error: reasonOf(error) };
  }
}

/** Cut where no sign is halved: half of one is no text that the platform can store. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.slice(0, 500).replaceAll(/\p{Surrogate}|\0/gu, '') || 'failed';
}
