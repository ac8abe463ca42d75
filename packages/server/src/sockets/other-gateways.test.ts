import type { Actor } from '@yunfab/core/access';
import { expect, it } from 'vitest';
import { createLog } from '../operations/log.js';
import { createLiveHub, type LivePoint } from './live-hub.js';
import { followOtherGateways } from './other-gateways.js';

const actor = { organization: 'maker' } as unknown as Actor;
const log = createLog('silent');

async function until(what: string, probe: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !probe(); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() > end) throw new Error(`did not happen: ${what}`);
}

it('what another gateway committed reaches those who watch, and nothing comes twice', async () => {
  const hub = createLiveHub({ visible: async (_actor, equipment) => new Set(equipment), log });
  const stored = new Map([['temperature', { signal: 'temperature', ts: 1, value: 10, quality: 192 }]]);
  let asked = 0;
  const others = followOtherGateways({
    hub,
    latest: async () => {
      asked += 1;
      return [...stored.values()];
    },
    log,
  });
  const heard: LivePoint[] = [];
  const reader = {
    actor,
    isReady: () => true,
    unsubscribed() {},
    send: ({ values }: { values: object }) => heard.push(...Object.values(values).flat()),
  };
  try {
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked).toBe(0);
    const leave = await hub.subscribe(reader, 'oven', null);
    await until('it is looked at', () => asked > 0);
    const own = { equipment: 'oven', signal: 'temperature', ts: 2, value: 20, quality: 192 };
    stored.set('temperature', own);
    hub.committed({ samples: [own] });
    others.committed({ samples: [own] });
    stored.set('pressure', { signal: 'pressure', ts: 2, value: 5, quality: 192 });
    await until('the value of the other arrives', () => heard.some(([, value]) => value === 5));
    stored.set('temperature', { ...own, ts: 3, value: 30 });
    await until('the next arrives', () => heard.some(([, value]) => value === 30));
    expect(heard.map(([ts, value]) => [ts, value]).sort()).toEqual([
      [2, 20],
      [2, 5],
      [3, 30],
    ]);
    leave?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(asked).toBe(before);
  } finally {
    await others.stop();
    hub.stop();
  }
});
