import { newId } from '@yunfab/core/database';
import type { StatementView } from '@yunfab/core/orders';
import { createSharedStatement, createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { statementPaper } from '@yunfab/papers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../platform/platform.js';
import { createTestKey } from '../testing/keys.js';
import { startTestPlatform } from '../testing/platform.js';
import { statementCsv } from './statement-csv.js';
import { paperOf } from './statement-papers.js';

let base: TestDatabase;
let platform: Platform;
let keys: Record<'buyer' | 'party' | 'unrelated', string>;
let statement: string;

beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
  const keyOf = async (code: string) => createTestKey(base, await createTestOrganization(base, code));
  keys = { buyer: await keyOf('buyer'), party: await keyOf('maker'), unrelated: await keyOf('unrelated') };
  const codes = { buyer: 'buyer', party: 'maker', unrelated: 'unrelated', granted: 'granted', revoked: 'revoked' };
  statement = (await createSharedStatement({ invoke: call, codes, mark: 'quiet' })).record;
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

type Who = keyof typeof keys;

async function call<Output>(who: Who, procedure: string, input: object): Promise<Output> {
  const query = ['orders.statements.get', 'lifecycle.lots.get'].includes(procedure);
  const reply = await fetch(
    `${platform.httpUrl}/api/trpc/${procedure}${query ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`,
    {
      method: query ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${keys[who]}`, 'content-type': 'application/json', 'idempotency-key': newId() },
      ...(query ? {} : { body: JSON.stringify(input) }),
    },
  );
  const body = (await reply.json()) as { result: { data: Output }; error?: { data: { yunfab: { code: string } } } };
  if (body.error) throw new Error(`${procedure}: ${body.error.data.yunfab.code}`);
  return body.result.data;
}

const ask = (who: Who | null, file: string) =>
  fetch(`${platform.httpUrl}/api/papers/statement/${file}`, { headers: who === null ? {} : { authorization: `Bearer ${keys[who]}` } });

/** Title and number stand uncompressed in the PDF's own description, as UTF-16 where they are not Latin. */
const describedBy = (pdf: Buffer, text: string) =>
  pdf.includes(Buffer.from(text, 'utf16le').swap16()) || pdf.includes(Buffer.from(text, 'latin1'));

describe('papers of a statement', () => {
  it('both sides get it as PDF, in the language asked for', async () => {
    for (const [who, query, title] of [
      ['buyer', '', '对账单 Statement of account ST-quiet'],
      ['party', '?language=en', 'Statement of account ST-quiet'],
    ] as const) {
      const reply = await ask(who, `${statement}.pdf${query}`);
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(reply.headers.get('content-disposition')).toBe('inline; filename="statement-ST-quiet.pdf"');
      const pdf = Buffer.from(await reply.arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(describedBy(pdf, title)).toBe(true);
    }
  });

  it('and as CSV with a byte order mark, CRLF and the total as its last record', async () => {
    const reply = await ask('buyer', `${statement}.csv?language=en`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="statement-ST-quiet.csv"');
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const records = bytes.subarray(3).toString().split('\r\n');
    expect(records[0]).toBe(
      'Line,Kind,Type,Accepted on,Order,Delivery note,Lot,Goods,Quantity,Unit,Unit price,Price reduction %,Net,Tax %,Tax,Gross,Currency,State,Reason,Due on,Ledger entries',
    );
    expect(records[1]).toMatch(
      /^1,Goods,,\d{4}-\d\d-\d\d,PO-billed-quiet,S[\w-]+,[^,]+,Billed quiet,2,H87,7,0,14,0,0,14,USD,Open,,,[0-9a-f-]{36}$/,
    );
    expect(records[2]).toBe(',,,,,,,Total,,,,,14,,0,14,USD,,,,');
    expect(records.slice(3)).toEqual(['']);
  });

  it('print credits and deductions as they are, and compute nothing that somebody typed', async () => {
    const view = await call<StatementView>('party', 'orders.statements.get', { statement });
    const [line] = view.lines;
    if (!line) throw new Error('a line');
    const usd = (amount: string) => ({ amount, currency: 'USD' as const });
    const said: StatementView = {
      ...view,
      deducted: usd('-1.5'),
      total: usd('12.5'),
      lines: [
        { ...line, description: '=HYPERLINK("http://x")', reason: '@SUM(A1)' },
        {
          ...{
            ...line,
            kind: 'deduction',
            type: 'nonconformance',
            quantity: null,
            unitPrice: null,
            net: usd('-1.5'),
            tax: usd('0'),
            gross: usd('-1.5'),
          },
          typeWords: { en: 'Nonconformance', zh: '质量不合格' },
          reason: 'scratched, twice',
        },
        { ...line, state: 'excluded', description: 'left for later' },
      ],
    };
    const [, goods, deduction] = statementCsv(said, 'zh').split('\r\n');
    expect(goods).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(goods).toContain(`'@SUM(A1)`);
    expect(deduction).toContain(',-1.5,0,0,-1.5,USD,');
    expect(deduction).toContain('"scratched, twice"');
    expect(statementCsv(said, 'zh')).not.toContain('left for later');
    const paper = statementPaper(paperOf(said, 'both'));
    expect(paper.tables).toHaveLength(2);
    expect(paper.tables[1]?.rows).toEqual([
      [`质量不合格 Nonconformance: scratched, twice`, line.lot?.code, expect.stringContaining('PO-billed-quiet'), '1.50'],
    ]);
    expect(paper.totals.map(({ value }) => value)).toEqual(['14.00 USD', '0.00 USD', '−1.50 USD', '12.50 USD']);
  });

  it('what is hidden looks like what is absent, to the byte', async () => {
    const answer = async (file: string) => {
      const reply = await ask('unrelated', file);
      return [reply.status, reply.headers.get('content-type'), (await reply.text()).replace(/"requestId":"[^"]*"/, '')];
    };
    for (const format of ['pdf', 'csv']) {
      const hidden = await answer(`${statement}.${format}`);
      expect(hidden).toEqual(await answer(`${newId()}.${format}`));
      expect(hidden[0]).toBe(404);
    }
    expect((await ask(null, `${statement}.pdf`)).status).toBe(401);
    expect((await ask('buyer', `${statement}.pdf?language=fr`)).status).toBe(400);
    expect((await ask('buyer', `${statement}.docx`)).status).toBe(400);
  });
});
