import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { findLedgerViolations, orderEvents } from '../index.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'import-buyer');
  supplier = await createTestOrganization(db, 'import-supplier');
  rival = await createTestOrganization(db, 'import-rival');
});
afterAll(() => db.close());

const as = (who: TestOrganization) => floor.as(who);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const head = '订单号,供应商,物料,数量,单位,单价,币种,交期,备注';
const file = (...rows: string[]) => ({ kind: 'orders' as const, content: base64([head, ...rows].join('\n')) });
const countAll = async () => Number((await db.owner.pool.query('select count(*) as n from core.shared_order')).rows[0].n);
const codes = (rows: readonly { row: number; issues: readonly { code: string; field: string | null }[] }[]) =>
  rows.flatMap(({ row, issues }) => issues.map(({ code, field }) => `${row} ${field} ${code}`));

describe('orders.imports', () => {
  it('previews without writing, imports, and changes nothing when the same file comes again', async () => {
    const rows = [
      'IMP-1,import-supplier,轮胎,"1,200",件,３１５.00,人民币,2026/12/31,急',
      'IMP-1,,轮辋,4,件,80,,,',
      'IMP-2,import-supplier 有限公司,钢丝,1.5,吨,4200,CNY,2027年1月5日,',
    ];
    const before = await countAll();
    const preview = await as(buyer).orders.imports.preview(file(...rows));
    expect(preview).toMatchObject({ format: 'csv', encoding: 'utf-8', separator: ',', issues: [], counts: { created: 3, refused: 0 } });
    expect(preview.columns[0]).toEqual({ heading: '订单号', samples: ['IMP-1', 'IMP-1', 'IMP-2'] });
    expect(await countAll()).toBe(before);

    const applied = await as(buyer).orders.imports.commit({ ...file(...rows), mode: 'all_or_nothing' });
    expect(applied).toMatchObject({ applied: true, counts: { created: 3, updated: 0, unchanged: 0, refused: 0 } });
    const [order] = (await as(supplier).orders.list({ text: 'IMP-1' })).items;
    const seen = await as(supplier).orders.get({ order: order?.id as string });
    expect(seen).toMatchObject({ state: 'proposed', note: '急', dueOn: '2026-12-31', total: { amount: '378320', currency: 'CNY' } });
    expect(seen.lines.map(({ description, quantity }) => [description, quantity])).toEqual([
      ['轮胎', { value: '1200', unit: 'H87' }],
      ['轮辋', { value: '4', unit: 'H87' }],
    ]);

    for (const mode of ['all_or_nothing', 'valid_rows'] as const) {
      const again = await as(buyer).orders.imports.commit({ ...file(...rows), mode });
      expect(again).toMatchObject({ applied: true, counts: { created: 0, updated: 0, unchanged: 3, refused: 0 } });
    }
    expect((await as(buyer).orders.get({ order: seen.id })).version).toBe(1);

    const changed = await as(buyer).orders.imports.commit({
      ...file(rows[0]?.replace('1,200', '1,100') ?? '', ...rows.slice(1)),
      mode: 'all_or_nothing',
    });
    expect(changed.counts).toEqual({ created: 0, updated: 2, unchanged: 1, refused: 0 });
    expect(await as(supplier).orders.get({ order: seen.id })).toMatchObject({ version: 2, state: 'proposed', total: { amount: '346820' } });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('reads a file in GB18030 as spreadsheets in China save it', async () => {
    // 订单号,供应商,物料,数量,单位,单价,币种,交期 / GBK-1,import-supplier,轮胎,10,件,5,CNY,2026-12-31
    const gbk = Buffer.concat([
      Buffer.from('b6a9b5a5bac52cb9a9d3a6c9cc2cceefc1cf2ccafdc1bf2cb5a5cebb2cb5a5bcdb2cb1d2d6d62cbdbbc6da0a', 'hex'),
      Buffer.from('GBK-1,import-supplier,'),
      Buffer.from('c2d6cca5', 'hex'),
      Buffer.from(',10,'),
      Buffer.from('bcfe', 'hex'),
      Buffer.from(',5,CNY,2026-12-31\n'),
    ]);
    const applied = await as(buyer).orders.imports.commit({ kind: 'orders', content: gbk.toString('base64'), mode: 'valid_rows' });
    expect(applied.counts.created).toBe(1);
    expect((await as(buyer).orders.list({ ownNumber: 'GBK-1' })).items).toMatchObject([{ description: '轮胎' }]);
  });

  it('tells each wrong cell with row, field and code, and writes all, nothing or the valid orders', async () => {
    const wrong = file(
      'BAD-1,import-supplier,Tire,"12,5",件,1,CNY,2026-12-31,',
      'BAD-2,nobody,Tire,1,box,1,CNY,31/12/2026,',
      'BAD-3,import-supplier,,1,件,1,CNY,2026-12-31,',
      'BAD-4,import-supplier,Tire,1,件,1,CNY,2026-12-31,',
      'BAD-4,import-supplier,Rim,1.5,件,1,USD,2026-12-31,',
      'BAD-5,import-supplier,Tire,1,件,-1,CNY,2026-12-31,',
      'BAD-6,import-buyer,Tire,1,件,1,CNY,2026-12-31,',
      'GOOD-1,import-supplier,Tire,1,件,1,CNY,2026-12-31,',
    );
    const expected = [
      '2 quantity imports.decimal_comma',
      '3 unit imports.unit_unknown',
      '3 dueOn imports.date_unclear',
      '3 supplier imports.supplier_unknown',
      '4 description imports.value_missing',
      '5 null imports.rest_refused',
      '6 currency imports.rows_differ',
      '7 unitPrice imports.value_invalid',
    ];
    const preview = await as(buyer).orders.imports.preview(wrong);
    expect(codes(preview.rows)).toEqual(expected);
    const before = await countAll();
    const nothing = await as(buyer).orders.imports.commit({ ...wrong, mode: 'all_or_nothing' });
    expect(nothing).toMatchObject({ applied: false, counts: { created: 0, refused: 8 } });
    expect(codes(nothing.rows)).toEqual([...expected, '8 null orders.supplier_is_self', '9 null imports.rest_refused']);
    expect(await countAll()).toBe(before);
    const valid = await as(buyer).orders.imports.commit({ ...wrong, mode: 'valid_rows' });
    expect(valid).toMatchObject({ applied: true, counts: { created: 1, refused: 7 } });
    expect(await countAll()).toBe(before + 1);
    expect(valid.report).toContain('imports.decimal_comma');
    expect(valid.rows[0]?.issues[0]?.words).toEqual({
      en: '"12,5" has a decimal comma, which elsewhere divides thousands. Write it with a point, like 12.5.',
      zh: '“12,5”使用了小数逗号，易与千位分隔符混淆。请用小数点书写，如 12.5。',
    });
  });

  it('takes a mapping and values for all rows; says what is missing before it judges rows', async () => {
    const content = base64('a;b;c;d\nMAP-1;Tire;3;7.5');
    const bare = await as(buyer).orders.imports.preview({ kind: 'orders', content });
    expect(bare.rows).toEqual([]);
    expect(bare.issues.map(({ field }) => field)).toEqual([
      'ownNumber',
      'supplier',
      'description',
      'quantity',
      'unit',
      'unitPrice',
      'currency',
      'dueOn',
    ]);
    expect(await failure(as(buyer).orders.imports.commit({ kind: 'orders', content, mode: 'valid_rows' }))).toBe('imports.column_missing');
    const mapping = { ownNumber: 0, description: 1, quantity: 2, unitPrice: 3 };
    const defaults = { supplier: 'import-supplier', currency: 'CNY' as const, dueOn: '2026-12-31', unit: 'H87' as const };
    expect(
      (await as(buyer).orders.imports.commit({ kind: 'orders', content, mapping, defaults, mode: 'all_or_nothing' })).counts.created,
    ).toBe(1);
    expect(await failure(as(buyer).orders.imports.preview({ kind: 'orders', content, mapping: { ownNumber: 9 } }))).toBe(
      'imports.column_unknown',
    );
  });

  it('gives suppliers their own numbers, once, and never another organization’s', async () => {
    await as(buyer).orders.propose(proposal('import-supplier', 'NUM-1'));
    await as(rival).orders.propose(proposal('import-supplier', 'NUM-2'));
    await as(buyer).orders.propose(proposal('import-rival', 'NUM-HIDDEN'));
    const content = base64('客户订单号,我方单号,内部备注\nNUM-1,SO-1,gold\nNUM-2,SO-2,\nNUM-HIDDEN,SO-3,\nNUM-NONE,SO-4,');
    const first = await as(supplier).orders.imports.commit({ kind: 'numbers', content, mode: 'valid_rows' });
    expect(first.counts).toEqual({ created: 0, updated: 2, unchanged: 0, refused: 2 });
    const [hidden, absent] = first.rows.slice(2).map(({ issues }) => JSON.stringify(issues));
    expect(hidden?.replaceAll('NUM-HIDDEN', 'X')).toBe(absent?.replaceAll('NUM-NONE', 'X'));
    expect((await as(supplier).orders.imports.commit({ kind: 'numbers', content, mode: 'valid_rows' })).counts.unchanged).toBe(2);
    expect((await as(supplier).orders.list({ ownNumber: 'SO-1' })).items).toMatchObject([{ number: 'NUM-1' }]);
    expect(JSON.stringify(await as(buyer).orders.list({ text: 'NUM-1' }))).not.toMatch(/SO-1|gold/);
    const taken = base64('order,own number\nNUM-1,SO-2');
    expect(codes((await as(supplier).orders.imports.preview({ kind: 'numbers', content: taken })).rows)).toEqual([
      '2 ownNumber imports.number_taken',
    ]);
  });
});

describe('orders.put', () => {
  it('proposes, revises while proposed, and refuses afterwards with the way to go', async () => {
    const input = proposal('import-supplier', 'PUT-1');
    const created = await as(buyer).orders.put(input);
    expect(created).toMatchObject({ outcome: 'created', order: { version: 1, state: 'proposed' } });
    expect(await as(buyer).orders.put(input)).toMatchObject({ outcome: 'unchanged', order: { id: created.order.id, version: 1 } });

    const line = (description: string, value: string, unit: 'H87' | 'KGM' = 'H87') => ({
      description,
      quantity: { value, unit },
      unitPrice: '2',
    });
    const revisions = [
      { ...input, dueOn: '2027-01-01' },
      { ...input, lines: [line('Part', '4'), line('Other', '6')] },
      { ...input, lines: [line('Part', '9')] },
      { ...input, lines: [line('Wire', '2.5', 'KGM'), line('Part', '9')] },
      { ...input, note: 'soon', lines: [line('Part', '9'), line('Wire', '2.5', 'KGM')] },
    ];
    for (const [index, revision] of revisions.entries()) {
      const revised = await as(buyer).orders.put(revision);
      expect(revised).toMatchObject({ outcome: 'updated', order: { version: index + 2, state: 'proposed' } });
      const standing = revised.order.lines.filter(({ progress }) => progress.ordered !== '0');
      expect(standing.map(({ description, progress, quantity }) => [description, progress.ordered, quantity.unit])).toEqual(
        revision.lines.map(({ description, quantity }) => [description, quantity.value, quantity.unit]),
      );
      expect(await as(buyer).orders.put(revision)).toMatchObject({ outcome: 'unchanged' });
      expect(await findLedgerViolations(db.owner)).toEqual([]);
    }
    const { items } = await as(supplier).orders.timeline({ order: created.order.id });
    expect(items.map(({ type }) => type)).toEqual([...revisions.map(() => 'orders.revised'), 'orders.proposed']);
    for (const { type, body } of items) expect(orderEvents[type as 'orders.revised'].safeParse(body).success).toBe(true);

    const last = revisions[4] as (typeof revisions)[number];
    await as(supplier).orders.accept({ order: created.order.id, version: 6 });
    expect(await as(buyer).orders.put(last)).toMatchObject({ outcome: 'unchanged', order: { state: 'confirmed' } });
    expect(await as(buyer).orders.put({ ...last, privateNote: 'mine' })).toMatchObject({
      outcome: 'updated',
      order: { version: 7, privateNote: 'mine' },
    });
    expect(await failure(as(buyer).orders.put({ ...last, dueOn: '2027-05-05' }))).toBe('imports.agreed');
  });

  it('keeps supplier and currency, and the numbers of orders that one supplies', async () => {
    const input = proposal('import-supplier', 'PUT-2');
    await as(buyer).orders.put(input);
    expect(await failure(as(buyer).orders.put({ ...input, supplier: 'import-rival' }))).toBe('imports.fixed');
    expect(await failure(as(buyer).orders.put({ ...input, currency: 'USD' }))).toBe('imports.fixed');
    const { id } = await as(rival).orders.propose(proposal('import-buyer', 'R-1'));
    await as(buyer).orders.annotate({ order: id, ownNumber: 'MINE-1' });
    expect(await failure(as(buyer).orders.put({ ...input, ownNumber: 'MINE-1' }))).toBe('imports.not_yours');
    // Another organization's numbers are its own: the same one is simply free here.
    expect(await as(rival).orders.put({ ...input, ownNumber: 'PUT-2' })).toMatchObject({ outcome: 'created' });
  });

  it('makes one order of ten that come at once', async () => {
    const input = proposal('import-supplier', 'PUT-RACE');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        as(buyer)
          .orders.put(input)
          .then(
            ({ outcome }) => outcome,
            () => 'refused',
          ),
      ),
    );
    expect(answers.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await as(buyer).orders.put(input)).toMatchObject({ outcome: 'unchanged' });
  });
});
