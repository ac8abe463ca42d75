import type { Connection } from '@yunfab/core/database';
import type { Front } from '../front.js';
import { listenTo } from '../listening.js';
import type { GatewayLog } from '../log.js';

export interface DispatcherOptions {
  readonly ingest: Connection;
  readonly listener: Connection;
  readonly front: () => Front;
  readonly log: GatewayLog;
}

interface Claimed {
  readonly id: string;
  readonly device: string;
  readonly payload: string;
  readonly expires_at: Date;
  readonly claim: string;
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
  let came = new Set<string>();
  let stopped = false;
  let listening: ReturnType<typeof listenTo> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;

  async function tellReturns(): Promise<void> {
    if (came.size === 0) return;
    const devices = came;
    came = new Set();
    try {
      await ingest.pool.query('select telemetry.commands_due_again($1)', [[...devices].sort()]);
    } catch (error) {
      for (const device of devices) came.add(device);
      throw error;
    }
  }

  async function dispatch(): Promise<void> {
    await tellReturns();
    for (let found = atOnce; found === atOnce && !stopped; ) found = await giveSome();
  }

  async function giveSome(): Promise<number> {
    const readers = front().readers('command');
    if (readers?.length === 0) return 0;
    const { rows } = await ingest.pool.query<Claimed>(
      'select id, device, payload, expires_at, claim from telemetry.claim_commands($1, $2)',
      [readers, atOnce],
    );
    const sent = (await Promise.all(byDevice(rows).map(giveInOrder))).flat();
    if (sent.length > 0)
      await ingest.pool.query('select telemetry.commands_sent($1, $2)', [sent.map(({ id }) => id), sent.map(({ claim }) => claim)]);
    return rows.length;
  }

  /** Those of one device; the first that is not given holds up the rest. */
  async function giveInOrder(rows: readonly Claimed[]): Promise<Claimed[]> {
    const sent: Claimed[] = [];
    for (const row of rows) {
      if (!(await give(row))) break;
      sent.push(row);
    }
    return sent;
  }

  async function give({ device, payload, expires_at }: Claimed): Promise<boolean> {
    const late = new Promise<false>((resolve) => setTimeout(resolve, patienceMs, false).unref());
    const sending = front().send({ device, channel: 'command', payload, expiresAt: expires_at.getTime() });
    return Promise.race([sending, late]).catch((error: unknown) => {
      log.warn({ error, device }, 'a command could not be given to its device and is tried again');
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
    await dispatch().catch((error: unknown) => log.warn({ error }, 'commands cannot be given to devices and are tried again'));
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
    came(device: string): void {
      came.add(device);
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
