import { randomBytes } from 'node:crypto';
import { isYunfabError } from '../../errors.js';
import { openSpool } from '../spool.js';

/** A device's process: puts what it is asked to, one after the other, and says which stood on the disk and why the rest did not. */

/** Text that no compression makes smaller. */
const text = () => randomBytes(15_000).toString('base64');

const spool = await openSpool({ folder: process.env['FOLDER'] ?? '', maxBytes: 100_000_000, whenFull: 'refuse' });
process.on('message', async ({ from, to }: { from: number; to: number }) => {
  const kept: number[] = [];
  const codes: string[] = [];
  for (let ts = from; ts < to; ts += 1) {
    await spool.put({ channel: 'event', ts, fields: { type: 'note', text: text() } }).then(
      () => kept.push(ts),
      (error: unknown) => codes.push(isYunfabError(error) ? error.code : String(error)),
    );
  }
  process.send?.({ kept, codes });
});
process.send?.('open');
