import { connect } from '@yunfab/core/database';
import { createClient } from '@yunfab/sdk';
import { makeBuyer } from './api/companies.js';
import { startPlatform } from './api/platform.js';

/**
 * A file of 1,000 orders of five lines and 5 MB, as a spreadsheet saves it, through the SDK: what a preview takes, the import, a preview of the
 * same file again, and the import of it again, which changes nothing. With the most memory that the server held at any time.
 */

const orders = 1000;
const linesOfOrder = 5;
const platform = await startPlatform();
const owner = connect(platform.urls.owner ?? '', { max: 1 });
const apiKey = await makeBuyer(owner);
await owner.close();
const { imports } = createClient({ url: platform.httpUrl, apiKey, timeoutMs: 600_000, maxAttempts: 1 }).orders;

const note = 'Deliver to gate 3 between 08:00 and 16:00; call ahead. '.repeat(17);
const rows = Array.from(
  { length: orders * linesOfOrder },
  (_, index) =>
    `PO-${Math.floor(index / linesOfOrder)},bench-supplier,Radial tire 205/55 R16,${index + 1},pcs,315.00,CNY,2030-12-31,${note}`,
);
const file = Buffer.from(['order number,supplier,item,quantity,unit,unit price,currency,due date,note', ...rows].join('\n'));
const input = { kind: 'orders' as const, content: file.toString('base64') };

const figures: Record<string, number> = {};
let most = 0;
const watch = setInterval(() => (most = Math.max(most, platform.residentBytes())), 50);
const idle = platform.residentBytes();
async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  most = platform.residentBytes();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  figures[`${what.replaceAll(' ', '_')}_s`] = Number(seconds.toFixed(2));
  figures[`${what.replaceAll(' ', '_')}_mb`] = Math.round(most / 1e6);
  console.log(`${what}: ${seconds.toFixed(1)} s, ${(most / 1e6).toFixed(0)} MB resident at most`);
  return result;
}
console.log(
  `${orders} orders of ${linesOfOrder} lines, ${(file.byteLength / 1e6).toFixed(2)} MB; ${(idle / 1e6).toFixed(0)} MB resident before`,
);
const { counts } = await timed('preview', () => imports.preview(input));
if (counts.created !== rows.length) throw new Error(`the preview would create ${counts.created}`);
const made = await timed('import', () => imports.commit({ ...input, mode: 'all_or_nothing' }));
if (made.counts.created !== rows.length) throw new Error(`the import created ${made.counts.created}`);
await timed('preview of the same again', () => imports.preview(input));
const again = await timed('import of the same again', () => imports.commit({ ...input, mode: 'valid_rows' }));
if (again.counts.unchanged !== rows.length) throw new Error(`the same again left ${again.counts.unchanged} unchanged`);
await timed('eight previews at once', () => Promise.all(Array.from({ length: 8 }, () => imports.preview(input))));
clearInterval(watch);
await platform.stop();
console.log(JSON.stringify({ bench: 'imports', orders, rows: rows.length, ...figures }));
