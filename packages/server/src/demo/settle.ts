import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@yunfab/core/database';

const lookAgainMs = 100;

/** Until what the machines told of their past has had its effect: counts stand in lots, runs are there. */
export async function settled(owner: Connection, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { rowCount } = await owner.pool.query('select from telemetry.device_event_pending limit 1');
    if (!rowCount) return;
    await sleep(lookAgainMs, undefined, { signal }).catch(() => {});
  }
}
