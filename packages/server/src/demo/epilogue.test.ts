import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../operations/log.js';
import { playEpilogue } from './epilogue.js';
import { readRecord, writeRecord } from './record.js';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-epilogue-'));
  writeRecord(dataDir, { seeded: true, tokens: {}, answers: { 'PO-1': { id: 'order-1' } } });
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('tries each call until it is possible, reads a list again that was empty too early, and goes on where it stopped', async () => {
  const calls = [
    { organization: 'maker', procedure: 'runs.list', input: { order: '$PO-1.id' }, as: 'runs' },
    { organization: 'maker', procedure: 'lots.release', input: { run: '$runs.items.0.id' }, as: 'released' },
    { organization: 'buyer', procedure: 'orders.accept', input: { lot: '$released.lot' } },
  ];
  const played: string[] = [];
  let runs = 0;
  let refusals = 1;
  const play = async (organization: string, procedure: string, input: unknown) => {
    played.push(`${organization} ${procedure} ${JSON.stringify(input)}`);
    if (procedure === 'runs.list') return { items: runs++ === 0 ? [] : [{ id: 'run-1' }] };
    if (procedure === 'lots.release' && refusals-- > 0) throw new Error('not judged yet');
    return { lot: 'lot-1' };
  };
  const options = { vertical: 'kiln', dataDir, play, log: createLog('silent'), signal: new AbortController().signal };
  await playEpilogue({ ...options, calls: calls.slice(0, 2) });
  await playEpilogue({ ...options, calls });
  await playEpilogue({ ...options, calls });
  expect(played).toEqual([
    'maker runs.list {"order":"order-1"}',
    'maker runs.list {"order":"order-1"}',
    'maker lots.release {"run":"run-1"}',
    'maker lots.release {"run":"run-1"}',
    'buyer orders.accept {"lot":"lot-1"}',
  ]);
  expect(readRecord(dataDir).told).toEqual({ kiln: 3 });
});
