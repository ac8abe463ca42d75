import pg from 'pg';
import type { Statement } from './replay.js';

/** Loaded into the serving process before anything else: on request it tells which statements a call makes. */

const recorded: Statement[] = [];
let recording = false;

const query = pg.Client.prototype.query as (...call: unknown[]) => unknown;
pg.Client.prototype.query = function record(this: pg.Client, ...call: unknown[]): unknown {
  if (recording && this.user === 'yunfab_runtime') {
    const [first, second] = call;
    const { text, values } = typeof first === 'string' ? { text: first, values: second } : (first as { text: string; values?: unknown });
    recorded.push({ text, values: Array.isArray(values) ? values : null });
  }
  return query.apply(this, call);
} as typeof pg.Client.prototype.query;

process.on('message', (message: 'record' | 'recorded') => {
  recording = message === 'record';
  process.send?.(recording ? 'recording' : recorded.splice(0));
});
// A platform whose benchmark is gone has nobody to end it.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
