import type { Connection } from '@yunfab/core/database';
import type { DownlinkChannel, Front } from '../front.js';
import { listenTo } from '../listening.js';
import type { GatewayLog } from '../log.js';
import { type Claimed, commandOutbox, configurationOutbox, type Outbox } from './outbox.js';

export interface DispatcherOptions {
  readonly ingest: Connection;
  readonly listener: Connection;
  readonly front: () => Front;
  readonly log: GatewayLog;
}

const atOnce = 100;
const pollMs = 2_000;
const gatherMs = 20;
/** Shorter than a claim: who has not heard by then says nothing, and the claim ends. */
const patienceMs = 10_000;

/**
 * Gives devices what waits for them in the database. A claim that is not followed by "sent" ends, so what a killed gateway had
 * in hand is given by the next: at least once, in the order of sending for one device unless a delivery is repeated.
 */
export function createDispatcher({ ingest, listener, front, log }: DispatcherOptions) {
  const outboxes = [commandOutbox(ingest), configurationOutbox(ingest)].map((outbox) => ({ outbox, came: new Set<string>() }));
  let stopped = false;
  let listening: ReturnType<typeof listenTo> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;

  async function tellReturns(outbox: Outbox, came: Set<string>): Promise<void> {
    if (came.size === 0) return;
    const devices = [...came].sort();
    came.clear();
    try {
      await outbox.dueAgain(devices, front().readers(outbox.channel) === null);
    } catch (error) {
      for (const device of devices) came.add(device);
      throw error;
    }
  }

  async function dispatch(): Promise<void> {
    for (const { outbox, came } of outboxes) {
      await tellReturns(outbox, came);
      for (let found = atOnce; found === atOnce && !stopped; ) found = await giveSome(outbox);
    }
  }

  async function giveSome(outbox: Outbox): Promise<number> {
    const readers = front().readers(outbox.channel);
    if (readers?.length === 0) return 0;
    const rows = await outbox.claim(readers, atOnce);
    const sent = (await Promise.all(byDevice(rows).map((own) => giveInOrder(outbox.channel, own)))).flat();
    if (sent.length > 0) await outbox.sent(sent);
    return rows.length;
  }

  /** Those of one device; the first that is not given holds up the rest. */
  async function giveInOrder(channel: DownlinkChannel, rows: readonly Claimed[]): Promise<Claimed[]> {
    const sent: Claimed[] = [];
    for (const row of rows) {
      if (!(await give(channel, row))) break;
      sent.push(row);
    }
    return sent;
  }

  async function give(channel: DownlinkChannel, { device, payload, expires_at }: Claimed): Promise<boolean> {
    const late = new Promise<false>((resolve) => setTimeout(resolve, patienceMs, false).unref());
    const sending = front().send({ device, channel, payload, expiresAt: expires_at?.getTime() ?? null });
    return Promise.race([sending, late]).catch((error: unknown) => {
      log.warn({ error, device, channel }, 'a message could not be given to its device and is tried again');
      return false;
    });
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    running ??= work().finally(() => {
      running = null;
      if (again) wake();
    });
  }

  async function work(): Promise<void> {
    again = false;
    // What is announced together is claimed together.
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    await dispatch().catch((error: unknown) => log.warn({ error }, 'devices cannot be given what waits for them; it is tried again'));
  }

  return {
    start(): void {
      listening = listenTo({
        ...{ listener, channel: 'yunfab_downlink', log, meanwhile: `it asks every ${pollMs / 1000} s what devices are to be given` },
        onListening: wake,
        onTold: wake,
      });
      timer = setInterval(wake, pollMs);
    },
    /** Say when a device has come (back) and listens. */
    came(device: string, channel: DownlinkChannel | null): void {
      for (const { outbox, came } of outboxes) if (channel === null || channel === outbox.channel) came.add(device);
      wake();
    },
    async stop(graceMs: number): Promise<void> {
      stopped = true;
      again = false;
      clearInterval(timer);
      await listening?.stop();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

/** The id of a command tells when it was sent. */
function byDevice(rows: readonly Claimed[]): Claimed[][] {
  const devices = new Map<string, Claimed[]>();
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) devices.set(row.device, [...(devices.get(row.device) ?? []), row]);
  return [...devices.values()];
}
