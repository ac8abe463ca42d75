import type { Database } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';
import { parseUsername } from '../topics.js';
import { createEmqx, type EmqxAddress, EmqxRefusal } from './emqx.js';
import { createInStep } from './in-step.js';
import { liveCredentials } from './live-credentials.js';

export interface EmqxDevicesOptions {
  readonly database: Pick<Database, 'system'>;
  readonly address: EmqxAddress;
  readonly log: GatewayLog;
}

/**
 * Cuts devices off at EMQX as soon as their token ends or is replaced, or their organization is suspended. EMQX asks whether a
 * device may enter, and asks again only as its caches age; a connection that stands would go on meanwhile.
 */
export interface EmqxDevices {
  /** Rejects with `EmqxRefusal` when the key is refused. One that does not answer is tried again, and holds nothing up. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Two clocks are compared: a device that came so soon after its token was issued is sent to enter once more. */
const marginMs = 2_000;

export function createEmqxDevices({ database: { system }, address, log }: EmqxDevicesOptions): EmqxDevices {
  const emqx = createEmqx(address);
  const inStep = createInStep({
    ...{ system, log, what: 'devices connected to EMQX', all },
    some: (devices) => emqx.kick(devices),
  });

  async function all(): Promise<void> {
    // Kicked only when all have been read: what goes would move the pages.
    const stale: string[] = [];
    for await (const clients of emqx.connected()) {
      const devices = clients.filter(({ clientId }) => parseUsername(clientId) !== null);
      const live = await liveCredentials(
        system,
        devices.map(({ clientId }) => clientId),
      );
      for (const { clientId, connectedAt } of devices) {
        const since = live.get(clientId)?.since;
        if (since === undefined || connectedAt.getTime() < since.getTime() + marginMs) stale.push(clientId);
      }
    }
    if (stale.length === 0) return;
    await emqx.kick(stale);
    log.info({ devices: stale.length }, 'devices whose token had ended were cut off at EMQX');
  }

  return {
    async start() {
      await emqx.kick([]).catch((error: unknown) => {
        if (error instanceof EmqxRefusal) throw error;
        log.warn({ error }, 'EMQX does not answer; until it does, a device whose token ends is cut off only as EMQX asks again');
      });
      inStep.start();
    },
    stop: () => inStep.stop(),
  };
}
