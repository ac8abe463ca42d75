import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, type CommandHandler, carryOut } from './orders.js';
import { openSpool, type Spool } from './spool.js';

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

const command = Buffer.from(JSON.stringify({ id: 'c-1', name: 'read', parameters: {}, expiresAt: 0 }));
const answers = async () => (await spool.after(0, 100)).map(({ fields }) => fields);
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

it('a configuration in force that is too large is reported by its version', async () => {
  const given = { version: 3, configuration: {} };
  await expect(apply(spool, () => ({ text: tooLarge }), given)).rejects.toMatchObject({ code: 'device.message_too_large' });
  expect(await answers()).toEqual([{ version: 3 }]);
});
