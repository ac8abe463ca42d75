import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@yunfab/core/database';
import type { Front } from '../front.js';
import { createPresence } from '../presence/presence.js';
import { type BrokerAddress, type BrokerLink, createBrokerLink, createEstate, type Estate, type LinkParts } from './broker-link.js';
import { createLeases, type Lease, NameInUse } from './leases.js';
import { isReachable } from './probe.js';
import { createWatchLink, type WatchLink } from './watch-link.js';

export interface BrokerLinkOptions extends BrokerAddress {
  /** Its own and stable, where an operator names gateways. Left out: the first of yunfab-1, yunfab-2, … that is free. */
  readonly clientId?: string | undefined;
  /** How long a gateway may be silent before another takes over what the broker holds for it. */
  readonly takeoverMs?: number | undefined;
}

interface Parts extends Omit<LinkParts, 'address'> {
  readonly options: BrokerLinkOptions;
  readonly ingest: Connection;
}

const defaultTakeoverMs = 10_000;
const beatsPerTakeover = 5;
/** The one that watches who is online; no client id may look like this. */
const watchName = '#watch';

/**
 * One of any number of gateways on a broker. They share what devices publish; a broker (Mosquitto does) goes on giving a
 * part to a gateway that is gone, so another enters its session, settles what lies there and ends it.
 */
export function createMember({ options, ingest, ...shared }: Parts): Front {
  const { clientId: configured, takeoverMs = defaultTakeoverMs, ...address } = options;
  const { log } = shared;
  const parts: LinkParts = { ...shared, address };
  const leases = createLeases({ ingest, broker: new URL(address.url).host, patienceMs: takeoverMs });
  const stopping = new AbortController();
  let name: string | undefined;
  let link: BrokerLink | undefined;
  let watch: WatchLink | undefined;
  let estate: { readonly name: string; readonly session: Estate; readonly done: Promise<void> } | undefined;
  let turning: Promise<void> = Promise.resolve();
  /** By `performance.now()`: until then it takes no name, so that another can take over what lies there. */
  let restsUntil = 0;

  /** A name that is free now; undefined when the configured one is not. */
  async function enter(): Promise<string | undefined> {
    const all = new Map((await leases.read()).map((lease) => [lease.name, lease]));
    for (let number = 1; ; number++) {
      const wanted = configured ?? `yunfab-${number}`;
      const lease = all.get(wanted);
      if ((lease === undefined || leases.isFree(lease)) && (await leases.take(wanted, lease))) return wanted;
      if (configured !== undefined) return undefined;
    }
  }

  /** One that was killed elsewhere is free only after its silence. */
  async function enterInTime(): Promise<string> {
    const until = performance.now() + takeoverMs * 2;
    for (;;) {
      const entered = await enter();
      if (entered !== undefined) return entered;
      if (performance.now() >= until) {
        const holder = (await leases.read()).find((lease) => lease.name === configured);
        throw holder ? new NameInUse(holder) : new Error(`the gateway id ${configured} cannot be taken`);
      }
      await sleep(takeoverMs / beatsPerTakeover, undefined, { signal: stopping.signal });
    }
  }

  async function turn(): Promise<void> {
    const lost = await leases.beat();
    for (const each of lost) await give(each);
    await resign();
    if (name === undefined) await comeBack();
    const all = await leases.read();
    if (!watch) await takeWatch(all.find((lease) => lease.name === watchName));
    if (!estate && name !== undefined) await inherit(all);
  }

  /** Another gateway took this process for dead, for it could not reach the database for so long. */
  async function give(lost: string): Promise<void> {
    log.error(
      { clientId: lost },
      'another gateway has taken this name over, for this one could not reach the database; it takes a new one',
    );
    if (lost === name) {
      name = undefined;
      await link?.close();
      link = undefined;
    } else if (lost === watchName) {
      await watch?.stop();
      watch = undefined;
    } else if (lost === estate?.name) {
      estate.session.stopReading();
    }
  }

  /** Cut off from the broker while it can reach the database: what the broker keeps for it should not wait for that. */
  async function resign(): Promise<void> {
    if (estate && estate.session.downForMs() >= takeoverMs) estate.session.stopReading();
    if (watch && watch.downForMs() >= takeoverMs) await leaveWatch();
    if (name === undefined || !link || link.downForMs() < takeoverMs) return;
    log.error({ clientId: name }, 'this gateway has not reached the broker for long; another may take over what lies there for it');
    await leave();
  }

  async function leaveWatch(): Promise<void> {
    await watch?.stop();
    watch = undefined;
    await leases.leave(watchName);
  }

  async function leave(): Promise<void> {
    const [left, closing] = [name, link];
    name = link = undefined;
    await closing?.close();
    if (left !== undefined) await leases.leave(left);
  }

  /** Only when the broker can be reached: a name that is taken and left again and again never falls silent. */
  async function comeBack(): Promise<void> {
    if (performance.now() < restsUntil) return;
    if (!(await isReachable(address, `${configured ?? 'yunfab'}-probe-${randomUUID()}`, takeoverMs))) return;
    const entered = await enter();
    if (entered === undefined) return;
    name = entered;
    link = createBrokerLink(parts, entered);
    await link.open().catch(async (error: unknown) => {
      restsUntil = performance.now() + takeoverMs * 2;
      await leave();
      throw error;
    });
  }

  async function takeWatch(lease: Lease | undefined): Promise<void> {
    if (link?.downForMs() !== 0 || (lease && !leases.isFree(lease))) return;
    if (!(await leases.take(watchName, lease))) return;
    const presence = createPresence({ ingest, front: new URL(address.url).host, log, now: parts.now });
    watch = createWatchLink(parts, presence, `${name}-watch`);
    watch.start();
  }

  async function inherit(all: readonly Lease[]): Promise<void> {
    const left = all.find((lease) => lease.name !== watchName && leases.isSilent(lease));
    if (!left || !(await leases.take(left.name, left))) return;
    log.warn(
      { clientId: left.name, host: left.host, pid: left.pid },
      'a gateway is gone; this one takes over what the broker holds for it',
    );
    const session = createEstate(parts, left.name);
    const done = settle(left.name, session).finally(() => {
      estate = undefined;
    });
    estate = { name: left.name, session, done };
  }

  async function settle(left: string, session: Estate): Promise<void> {
    try {
      if (await session.settle()) {
        await leases.end(left);
        log.info({ clientId: left }, 'all that the broker held for the gateway that is gone is settled');
        return;
      }
    } catch (error) {
      log.warn({ clientId: left, error }, 'what the broker holds for a gateway that is gone cannot be taken over yet; it stays there');
    }
    await session.close();
    await leases.leave(left).catch(() => {});
  }

  async function takeTurns(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(takeoverMs / beatsPerTakeover, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      await turn().catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ error }, 'the gateway cannot speak with the others through the database; it tries again');
      });
    }
  }

  return {
    readers: () => null,
    send: async (downlink) => (await link?.send(downlink)) ?? false,
    problem() {
      if (link && link.downForMs() === 0) return null;
      const since = link ? `for ${Math.round(link.downForMs() / 1000)} s` : 'and has no name there';
      return `not connected to the broker at ${new URL(address.url).host} ${since}`;
    },
    async start() {
      name = await enterInTime();
      link = createBrokerLink(parts, name);
      await link.open();
      await takeWatch((await leases.read()).find((lease) => lease.name === watchName));
      turning = takeTurns();
      log.info({ clientId: name }, 'the gateway has joined those of its broker');
      return { mqttUrl: address.url };
    },
    async stopReading() {
      stopping.abort();
      await turning;
      link?.stopReading();
      estate?.session.stopReading();
      await watch?.stop();
    },
    async stop() {
      await link?.close();
      await estate?.done;
      // The names are free at once for whoever comes; if the database is away, they become free by silence.
      for (const each of [watch && watchName, name]) if (each !== undefined) await leases.leave(each).catch(() => {});
    },
  };
}
