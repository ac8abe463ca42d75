import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, type CommandHandler, carryOut } from './orders.js';
import { openSpool, type Spool, type SpoolOptions } from './spool.js';

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yunfab-orders-'));
  spool = await openSpool({ folder, maxBytes: 10_000_000, whenFull: 'refuse' });
});
afterEach(async () => {
  await spool.close();
  rmSync(folder, { recursive: true, force: true });
});

const commandOf = (id: string) => Buffer.from(JSON.stringify({ id, name: 'read', parameters: {}, expiresAt: 0 }));
const answers = async () => (await spool.after(0, 100)).map(({ fields }) => fields);
const command = commandOf('c-1');
const tooLarge = 'x'.repeat(300_000);
const endless: Record<string, unknown> = {};
endless['self'] = endless;

describe('a command that was done', () => {
  it.each([
    ['is too large', { log: tooLarge }],
    ['cannot be written', endless],
  ])('is answered and not done again, although what it answered %s', async (_, given) => {
    let done = 0;
    const handler: CommandHandler = () => {
      done += 1;
      return given;
    };
    await expect(carryOut(spool, handler, command)).rejects.toThrow();
    await carryOut(spool, handler, command);
    expect(done).toBe(1);
    expect(await answers()).toEqual(Array.from({ length: 2 }, () => ({ id: 'c-1', ok: true, omitted: expect.any(String) })));
  });

  it('says why not in text that can be stored, where that is cut in the middle of a sign', async () => {
    const handler: CommandHandler = () => {
      throw new Error(`${'a'.repeat(499)}😀\0`);
    };
    await carryOut(spool, handler, command);
    expect(await answers()).toEqual([{ id: 'c-1', error: 'a'.repeat(499) }]);
  });
});

describe('a command that comes while the spool is full', () => {
  const reading = { channel: 'telemetry' as const, ts: 1, fields: { values: { temperature: 20 } } };

  async function again(whenFull: SpoolOptions['whenFull']): Promise<void> {
    await spool.close();
    spool = await openSpool({ folder, maxBytes: 200, whenFull });
  }

  async function fill(): Promise<void> {
    for (let n = 0; n < 2; n += 1) await spool.put(reading);
  }

  it.each(['refuse', 'drop_oldest'] as const)('is done once and answered, also after a restart (%s)', async (whenFull) => {
    await again(whenFull);
    await fill();
    let done = 0;
    const handler: CommandHandler = () => {
      done += 1;
      return { log: 'x'.repeat(1_000) };
    };
    await carryOut(spool, handler, command);
    const kept = { id: 'c-1', ok: true, log: 'x'.repeat(1_000) };
    expect((await answers()).at(-1)).toEqual(kept);
    await again(whenFull);
    await carryOut(spool, handler, command);
    expect(done).toBe(1);
    expect((await answers()).at(-1)).toEqual(kept);
  });

  it('is not done until there is room for its answer, when answers have taken what is left for them', async () => {
    await again('refuse');
    await fill();
    const done: string[] = [];
    const handler: CommandHandler = ({ id }) => {
      done.push(id);
      return { log: 'x'.repeat(250_000) };
    };
    for (const id of ['c-1', 'c-2', 'c-3', 'c-4']) await carryOut(spool, handler, commandOf(id));
    await expect(carryOut(spool, handler, commandOf('c-5'))).rejects.toMatchObject({ code: 'device.spool_full' });
    expect(done).toEqual(['c-1', 'c-2', 'c-3', 'c-4']);
    expect([spool.pending, spool.dropped]).toEqual([6, 0]);
    await spool.remove(await spool.after(0, 100));
    await carryOut(spool, handler, commandOf('c-5'));
    expect(done).toEqual(['c-1', 'c-2', 'c-3', 'c-4', 'c-5']);
  });
});

it('a configuration in force that is too large is reported by its version', async () => {
  const given = { version: 3, configuration: {} };
  await expect(apply(spool, () => ({ text: tooLarge }), given)).rejects.toMatchObject({ code: 'device.message_too_large' });
  expect(await answers()).toEqual([{ version: 3 }]);
});
