import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findDownload } from '../../files/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { rfqEvents } from './events.js';
import { drawing, offer, openRequest, request, uploadDrawing } from './rfq.fixture.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;
let stranger: TestOrganization;
/** What the server's clock says. */
let now: Date;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
  stranger = await createTestOrganization(db, 'stranger');
  now = new Date('2026-12-01T08:00:00.000Z');
  for (const who of [buyer, supplier]) await uploadDrawing(db, who);
});
afterEach(async () => {
  now = new Date('2026-12-01T08:00:00.000Z');
  vi.useRealTimers();
  expect(await findLedgerViolations(db.owner)).toEqual([]);
});
afterAll(() => db.close());

const rfqs = (who: TestOrganization) => floor.as(who).orders.rfq;

describe('the request', () => {
  it('is drafted, revised, opened to suppliers, extended and canceled, each move once and in its state', async () => {
    const draft = await rfqs(buyer).create(request('RFQ-1'));
    expect(draft).toMatchObject({
      state: 'draft',
      version: 1,
      side: 'buyer',
      invitations: [],
      lines: [{ awarded: '0', left: '1000' }, {}],
    });
    expect(await failure(rfqs(buyer).create(request('RFQ-1')))).toBe('rfq.number_taken');
    expect((await rfqs(supplier).create(request('RFQ-1'))).number).toBe('RFQ-1');
    expect(await failure(rfqs(buyer).create(request('RFQ-x', { respondBy: '2026-12-01T08:00:00.000Z' })))).toBe('rfq.respond_by_past');
    const twice = [
      {
        description: 'x',
        quantity: { value: '1', unit: 'H87' as const },
        files: [
          { name: 'a', sha256: drawing },
          { name: 'a', sha256: drawing },
        ],
      },
    ];
    expect(await failure(rfqs(buyer).create(request('RFQ-x', { lines: twice })))).toBe('request.invalid');
    const unknown = [{ description: 'x', quantity: { value: '1', unit: 'H87' as const }, files: [{ name: 'a', sha256: 'b'.repeat(64) }] }];
    expect(await failure(rfqs(buyer).create(request('RFQ-x', { lines: unknown })))).toBe('rfq.file_unknown');
    expect(await failure(rfqs(buyer).revise({ rfq: draft.id, version: 9, ...content('RFQ-1') }))).toBe('rfq.version_stale');
    const revised = await rfqs(buyer).revise({ rfq: draft.id, version: 1, ...content('RFQ-1'), lines: request('x').lines.slice(0, 1) });
    expect(revised.lines).toHaveLength(1);

    const open = (suppliers: string[]) => rfqs(buyer).open({ rfq: draft.id, version: 2, suppliers });
    expect(await failure(open(['nobody-knows']))).toBe('rfq.supplier_unknown');
    expect(await failure(open(['buyer']))).toBe('rfq.supplier_is_self');
    expect(await failure(open(['supplier', 'supplier']))).toBe('rfq.already_invited');
    await db.owner.pool.query(`update core.organization_registry set state = 'suspended' where code = 'rival'`);
    expect(await failure(open(['rival']))).toBe('rfq.supplier_suspended');
    await db.owner.pool.query(`update core.organization_registry set state = 'active' where code = 'rival'`);
    // Nothing of the refused ones is half done.
    expect(await rfqs(buyer).get({ rfq: draft.id })).toMatchObject({ state: 'draft', version: 2, invitations: [] });
    const { rfq, invitations } = await open(['supplier']);
    expect(rfq).toMatchObject({ state: 'open', version: 3, invitations: [{ supplier: { code: 'supplier' }, state: 'invited' }] });
    expect(invitations).toHaveLength(1);
    expect(await failure(rfqs(buyer).revise({ rfq: draft.id, version: 3, ...content('RFQ-1') }))).toBe('rfq.wrong_state');
    expect(await failure(rfqs(buyer).invite({ rfq: draft.id, version: 3, suppliers: ['supplier'] }))).toBe('rfq.already_invited');
    await rfqs(buyer).invite({ rfq: draft.id, version: 3, suppliers: ['rival'] });

    const extend = (version: number, respondBy: string, suppliers?: string[]) =>
      rfqs(buyer).extend({ rfq: draft.id, version, respondBy, ...(suppliers ? { suppliers } : {}) });
    expect(await failure(extend(4, '2026-12-10T08:00:00.000Z'))).toBe('rfq.respond_by_earlier');
    expect(await failure(extend(4, '2026-12-20T08:00:00.000Z', ['stranger']))).toBe('rfq.not_invited');
    const extended = await extend(4, '2026-12-20T08:00:00.000Z', ['rival']);
    expect(extended.respondBy).toBe('2026-12-10T08:00:00.000Z');
    expect(extended.invitations.map(({ supplier: { code }, respondBy }) => [code, respondBy])).toEqual([
      ['supplier', '2026-12-10T08:00:00.000Z'],
      ['rival', '2026-12-20T08:00:00.000Z'],
    ]);
    expect(await failure(rfqs(buyer).conclude({ rfq: draft.id, version: 5 }))).toBe('rfq.nothing_awarded');
    expect(await rfqs(buyer).cancel({ rfq: draft.id, version: 5, reason: 'project stopped' })).toMatchObject({ state: 'canceled' });
    const invitation = await rfqs(supplier).invitations.get({ invitation: invitations[0] as string });
    expect(invitation).toMatchObject({ standing: 'canceled', state: 'invited' });
    expect(
      await failure(
        rfqs(supplier).quotes.submit({ invitation: invitation.id, version: invitation.version, number: 'Q', ...offer([draft.id], '1') }),
      ),
    ).toBe('rfq.rfq_canceled');
    expect((await rfqs(buyer).list({ state: 'canceled' })).items.map(({ number, invited, quoted }) => [number, invited, quoted])).toEqual([
      ['RFQ-1', 2, 0],
    ]);
    for (const { type, body } of (await rfqs(buyer).timeline({ rfq: draft.id })).items.filter((item) => item.type.startsWith('rfq.')))
      expect(rfqEvents[type as keyof typeof rfqEvents].safeParse(body).error).toBeUndefined();
  });
});

const content = (number: string) => {
  const { number: _number, ...rest } = request(number);
  return rest;
};

describe('confidentiality', () => {
  it('opens lines, drawings, terms and answers only when the terms are accepted, and keeps who accepted which', async () => {
    const terms = { version: 'NDA-2026-1', text: 'Keep it to yourselves.' };
    const { id, lines, invitations } = await openRequest(floor, buyer, [supplier, rival], request('RFQ-nda', { confidentiality: terms }));
    const [invitation, ofRival] = invitations as [string, string];
    const closed = await rfqs(supplier).invitations.get({ invitation });
    expect(closed).toMatchObject({ number: 'RFQ-nda', title: 'Housing RFQ-nda', respondBy: '2026-12-10T08:00:00.000Z', content: null });
    expect(closed.confidentiality).toEqual({ ...terms, acceptedAt: null, acceptedBy: null });
    for (const hidden of ['Suzhou', drawing, 'housing.step', 'Cover', ...lines]) expect(JSON.stringify(closed)).not.toContain(hidden);
    // Nor does the database give them, whatever the service forgets.
    for (const table of [
      'rfq',
      'rfq_content',
      'rfq_line',
      'rfq_line_file',
      'rfq_terms',
      'rfq_answer',
      'rfq_balance',
      'rfq_award',
      'rfq_assessment',
    ]) {
      const seen = await asOrganization(db, supplier, (scope) =>
        sql`select count(*)::integer as n from ${sql.table(`core.${table}`)} where ${sql.ref(table === 'rfq' ? 'id' : 'rfq_id')} = ${id}`.execute(
          scope.tx,
        ),
      );
      expect([table, (seen.rows[0] as { n: number }).n]).toEqual([table, 0]);
    }
    const download = (who: TestOrganization, record: string) =>
      failure(asOrganization(db, who, (scope) => findDownload(scope, { sha256: drawing, record })));
    expect(await download(buyer, id)).toBe('nothing failed');
    expect(await download(supplier, invitation)).toBe('request.not_found');
    expect(await download(supplier, id)).toBe('request.not_found');
    const quote = { invitation, version: 1, number: 'Q-nda', ...offer(lines, '1') };
    expect(await failure(rfqs(supplier).quotes.submit(quote))).toBe('rfq.confidentiality_first');
    expect(await failure(rfqs(supplier).invitations.ask({ invitation, version: 1, text: '?' }))).toBe('rfq.confidentiality_first');
    expect(await failure(rfqs(supplier).invitations.acceptConfidentiality({ invitation, version: 1, terms: 'NDA-2025' }))).toBe(
      'rfq.terms_other',
    );
    expect(await failure(rfqs(buyer).invitations.acceptConfidentiality({ invitation, version: 1, terms: 'NDA-2026-1' }))).toBe(
      'rfq.not_your_move',
    );
    const opened = await rfqs(supplier).invitations.acceptConfidentiality({ invitation, version: 1, terms: 'NDA-2026-1' });
    expect(opened.confidentiality).toEqual({ ...terms, acceptedAt: '2026-12-01T08:00:00.000Z', acceptedBy: 'Tester of supplier' });
    expect(opened.content).toMatchObject({
      delivery: { rule: 'DAP', place: 'Suzhou' },
      lines: [
        { description: 'Housing', breaks: ['500', '2000'], files: [{ name: 'housing.step', sha256: drawing }] },
        { description: 'Cover' },
      ],
    });
    expect(await failure(rfqs(supplier).invitations.acceptConfidentiality({ invitation, version: 2, terms: 'NDA-2026-1' }))).toBe(
      'rfq.confidentiality_accepted',
    );
    expect(await download(supplier, invitation)).toBe('nothing failed');
    expect(await download(rival, ofRival)).toBe('request.not_found');
    expect(await download(rival, invitation)).toBe('request.not_found');
    expect((await rfqs(rival).invitations.get({ invitation: ofRival })).content).toBeNull();
    expect((await rfqs(buyer).get({ rfq: id })).invitations[0]).toMatchObject({ confidentialityAcceptedBy: 'Tester of supplier' });
  });
});

describe('questions', () => {
  it('are answered to the asker alone, or to all without saying who asked', async () => {
    const { id, invitations } = await openRequest(floor, buyer, [supplier, rival], request('RFQ-qa'));
    const [ofSupplier, ofRival] = invitations as [string, string];
    await rfqs(supplier).invitations.ask({ invitation: ofSupplier, version: 1, text: 'May we use our own alloy?' });
    await rfqs(supplier).invitations.ask({ invitation: ofSupplier, version: 2, text: 'Which surface?' });
    await rfqs(rival).invitations.ask({ invitation: ofRival, version: 1, text: 'Which tolerance?' });
    const questions = (await rfqs(buyer).get({ rfq: id })).questions;
    expect(questions.map(({ text, supplier: { code } }) => [code, text])).toEqual([
      ['supplier', 'May we use our own alloy?'],
      ['supplier', 'Which surface?'],
      ['rival', 'Which tolerance?'],
    ]);
    const [alloy, surface, tolerance] = questions.map((question) => question.id) as [string, string, string];
    await rfqs(buyer).answer({ question: alloy, answer: 'You may.', to: 'asker' });
    expect(await failure(rfqs(supplier).answer({ question: tolerance, answer: 'x', to: 'all' }))).toBe('rfq.question_unknown');
    expect(await failure(rfqs(supplier).answer({ question: surface, answer: 'x', to: 'all' }))).toBe('rfq.question_unknown');
    await rfqs(buyer).answer({ question: surface, answer: 'Anodised.', to: 'all' });
    await rfqs(buyer).answer({ question: tolerance, answer: '±0.05', to: 'all' });
    expect(await failure(rfqs(buyer).answer({ question: surface, answer: 'No.', to: 'all' }))).toBe('rfq.question_answered');

    const read = await rfqs(rival).invitations.get({ invitation: ofRival });
    // Numbers count what all may read: the private question before them leaves no gap.
    expect(read.answers.map(({ number, question, answer }) => [number, question, answer])).toEqual([
      [1, 'Which surface?', 'Anodised.'],
      [2, 'Which tolerance?', '±0.05'],
    ]);
    expect(read.questions.map(({ text, answer, toAll }) => [text, answer, toAll])).toEqual([['Which tolerance?', '±0.05', true]]);
    expect(JSON.stringify(read)).not.toContain('alloy');
    expect(JSON.stringify(read)).not.toContain('supplier Ltd');
    expect(read.answers.map((answer) => answer.id)).not.toContain(surface);
    expect((await rfqs(supplier).invitations.get({ invitation: ofSupplier })).questions.map(({ answer }) => answer)).toEqual([
      'You may.',
      'Anodised.',
    ]);
  });
});

describe('the quote', () => {
  it('keeps its revisions, names only lines and prices, and is priced by the platform', async () => {
    const { lines, invitations } = await openRequest(floor, buyer, [supplier, rival], request('RFQ-quote'));
    const [invitation] = invitations;
    const [housing, cover] = lines as [string, string];
    const prices = [
      { from: '1', unitPrice: '12.345' },
      { from: '500', unitPrice: '11.1' },
    ];
    const quoted = {
      ...offer([], '1', { freight: '450.505' }),
      lines: [{ line: housing, prices, tooling: '3000', minimumLot: '100', leadDays: 35 }],
    };
    const submit = (more: object) => rfqs(supplier).quotes.submit({ invitation, version: 1, number: 'Q-1', ...quoted, ...more });
    expect(await failure(submit({ validUntil: '2026-12-01T08:00:00.000Z' }))).toBe('rfq.validity_past');
    expect(await failure(submit({ lines: [{ ...quoted.lines[0], line: invitation }] }))).toBe('rfq.line_unknown');
    expect(await failure(submit({ lines: [quoted.lines[0], quoted.lines[0]] }))).toBe('rfq.line_twice');
    expect(await failure(submit({ lines: [{ ...quoted.lines[0], prices: [{ from: '1.5', unitPrice: '1' }] }] }))).toBe('rfq.not_whole');
    expect(await failure(submit({ lines: [{ ...quoted.lines[0], prices: prices.toReversed() }] }))).toBe('request.invalid');
    expect(await failure(submit({ lines: [{ ...quoted.lines[0], prices: [{ from: '1', unitPrice: '999999999999' }] }] }))).toBe(
      'rfq.amount_too_large',
    );
    // There is no field for a total: what a client reckons is not read.
    const first = await submit({ total: { amount: '1', currency: 'CNY' }, lines: [{ ...quoted.lines[0], amount: '1' }] });
    expect(first).toMatchObject({ state: 'submitted', revision: 1, number: 'Q-1', freight: { amount: '450.5' } });
    expect(JSON.stringify(first)).not.toContain('total');
    expect(await failure(rfqs(supplier).quotes.submit({ invitation, version: 2, number: 'Q-2', ...quoted }))).toBe('rfq.wrong_state');

    // 499 × 12.345 = 6160.155 → 6160.16 (half even); base 6160.16 + 3000 + 450.50 = 9610.66; 13 % = 1249.3858 → 1249.39
    expect(await rfqs(buyer).quotes.price({ quote: first.id, lines: [{ line: housing, quantity: '499' }] })).toMatchObject({
      lines: [{ from: '1', unitPrice: { amount: '12.345' }, amount: { amount: '6160.16' }, belowMinimumLot: false, leadDays: 35 }],
      goods: { amount: '6160.16' },
      tooling: { amount: '3000' },
      tax: { amount: '1249.39' },
      total: { amount: '10860.05' },
    });
    const at = (quantity: string, line = housing) => rfqs(supplier).quotes.price({ quote: first.id, lines: [{ line, quantity }] });
    expect((await at('500')).lines[0]).toMatchObject({ from: '500', amount: { amount: '5550' } });
    expect((await at('99')).lines[0]).toMatchObject({ belowMinimumLot: true });
    expect(await failure(at('1', cover))).toBe('rfq.line_not_quoted');
    expect(await failure(at('1', invitation))).toBe('rfq.line_unknown');
    expect(await failure(at('1.5'))).toBe('rfq.not_whole');

    const revised = await rfqs(supplier).quotes.revise({ quote: first.id, version: 1, ...offer(lines, '10') });
    expect(revised).toMatchObject({ revision: 2, version: 2, revisions: [{ revision: 2 }, { revision: 1 }] });
    expect((await rfqs(buyer).quotes.get({ quote: first.id, revision: 1 })).lines[0]?.prices[1]).toEqual({
      from: '500',
      unitPrice: { amount: '11.1', currency: 'CNY' },
    });
    expect(await failure(rfqs(buyer).quotes.get({ quote: first.id, revision: 3 }))).toBe('request.not_found');
    expect(await failure(rfqs(supplier).quotes.withdraw({ quote: first.id, version: 1 }))).toBe('rfq.version_stale');
    expect(await failure(rfqs(buyer).quotes.withdraw({ quote: first.id, version: 2 }))).toBe('rfq.not_your_move');
    expect(await rfqs(supplier).quotes.withdraw({ quote: first.id, version: 2 })).toMatchObject({ state: 'withdrawn' });
    expect(await failure(rfqs(supplier).quotes.withdraw({ quote: first.id, version: 3 }))).toBe('rfq.wrong_state');
    expect((await rfqs(buyer).compare({ rfq: (await rfqs(buyer).list({})).items[0]?.id as string })).offers[0]?.offer).toBeNull();
    expect(await rfqs(supplier).quotes.revise({ quote: first.id, version: 3, ...offer(lines, '9') })).toMatchObject({
      state: 'submitted',
      revision: 3,
    });

    const declined = await rfqs(rival).invitations.decline({ invitation: invitations[1] as string, version: 1, reason: 'no capacity' });
    expect(declined).toMatchObject({ state: 'declined', reason: 'no capacity', moves: [] });
    const late = await openRequest(floor, buyer, [supplier], request('RFQ-late'));
    const reply = { invitation: late.invitations[0], version: 1, number: 'Q-late', ...offer(late.lines, '1') };
    now = new Date('2026-12-10T08:00:00.001Z');
    expect(await failure(rfqs(supplier).quotes.submit(reply))).toBe('rfq.response_overdue');
    now = new Date('2026-12-10T08:00:00.000Z');
    expect(await failure(rfqs(supplier).quotes.submit({ ...reply, number: 'Q-1' }))).toBe('rfq.quote_number_taken');
    expect(await rfqs(supplier).quotes.submit(reply)).toMatchObject({ state: 'submitted' });
  });

  it('is valid by the clock of the server, whatever the clock of the caller says', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [supplier], request('RFQ-clock'));
    const validUntil = '2026-12-05T08:00:00.000Z';
    const quote = await rfqs(supplier).quotes.submit({
      invitation: invitations[0],
      version: 1,
      number: 'Q-clock',
      ...offer(lines, '10', { validUntil }),
    });
    const award = (ownNumber: string) =>
      rfqs(buyer).award({
        rfq: id,
        orders: [{ quote: quote.id, revision: 1, ownNumber, lines: [{ line: lines[1] as string, quantity: '1' }] }],
      });
    for (const dayOff of [-86_400_000, 86_400_000]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(validUntil) + dayOff });
      now = new Date('2026-12-05T08:00:00.001Z');
      expect(await failure(award(`PO-clock${dayOff}`))).toBe('rfq.quote_expired');
      expect(await rfqs(supplier).quotes.get({ quote: quote.id })).toMatchObject({ expired: true });
      now = new Date(validUntil);
      expect((await award(`PO-clock${dayOff}`)).orders).toHaveLength(1);
      expect(await rfqs(supplier).quotes.get({ quote: quote.id })).toMatchObject({ expired: false });
    }
  });
});

describe('whoever is not the buyer', () => {
  it('learns nothing of rivals: rows, lists, cursors, errors, events, times and versions', async () => {
    now = new Date('2026-12-11T08:00:00.000Z');
    const { id, lines, invitations } = await openRequest(
      floor,
      buyer,
      [supplier, rival],
      request('RFQ-blind', { respondBy: '2026-12-20T08:00:00.000Z' }),
    );
    const [ofSupplier, ofRival] = invitations as [string, string];
    const before = await rfqs(supplier).invitations.get({ invitation: ofSupplier });
    const theirs = await rfqs(rival).quotes.submit({ invitation: ofRival, version: 1, number: 'SECRET-Q', ...offer(lines, '7.77') });
    await rfqs(rival).invitations.ask({ invitation: ofRival, version: 2, text: 'SECRET-QUESTION' });
    await rfqs(buyer).answer({
      question: (await rfqs(buyer).get({ rfq: id })).questions[0]?.id as string,
      answer: 'SECRET-ANSWER',
      to: 'asker',
    });
    await rfqs(buyer).invite({ rfq: id, version: 3, suppliers: ['stranger'] });
    // Whatever the rival did and whoever was invited since, the supplier reads the same, to the last field.
    expect(await rfqs(supplier).invitations.get({ invitation: ofSupplier })).toEqual(before);
    expect(JSON.stringify(before)).not.toContain(id);

    for (const who of [supplier, stranger]) {
      const hidden: [string, () => Promise<unknown>][] = [
        ['request.not_found', () => rfqs(who).get({ rfq: id })],
        ['request.not_found', () => rfqs(who).compare({ rfq: id })],
        ['request.not_found', () => rfqs(who).timeline({ rfq: id })],
        ['request.not_found', () => rfqs(who).close({ rfq: id, version: 1 })],
        ['request.not_found', () => rfqs(who).award({ rfq: id, orders: [{ quote: theirs.id, revision: 1, ownNumber: 'x' }] })],
        ['request.not_found', () => rfqs(who).invitations.get({ invitation: ofRival })],
        ['request.not_found', () => rfqs(who).invitations.timeline({ invitation: ofRival })],
        ['request.not_found', () => rfqs(who).invitations.decline({ invitation: ofRival, version: 2, reason: 'x' })],
        ['request.not_found', () => rfqs(who).quotes.get({ quote: theirs.id })],
        ['request.not_found', () => rfqs(who).quotes.price({ quote: theirs.id, lines: [{ line: lines[0] as string, quantity: '1' }] })],
        ['request.not_found', () => rfqs(who).quotes.withdraw({ quote: theirs.id, version: 1 })],
      ];
      for (const [code, call] of hidden) expect(await failure(call())).toBe(code);
    }
    // The number of a rival's quote is nobody else's: no unique key tells that it is taken.
    expect(
      await rfqs(supplier).quotes.submit({ invitation: ofSupplier, version: 1, number: 'SECRET-Q', ...offer(lines, '8') }),
    ).toMatchObject({ revision: 1 });
    const listed = await rfqs(supplier).invitations.list({ limit: 1 });
    expect(listed.items.map((item) => item.id)).toEqual([ofSupplier]);
    const cursor = Buffer.from(JSON.stringify([now.toISOString(), ofRival])).toString('base64url');
    const everything = [
      ...(await rfqs(supplier).invitations.list({ limit: 100 })).items,
      ...(await rfqs(supplier).invitations.list({ limit: 100, cursor })).items,
      ...(await rfqs(supplier).invitations.timeline({ invitation: ofSupplier })).items,
      ...(await rfqs(supplier).list({})).items,
    ];
    for (const secret of [id, ofRival, theirs.id, 'SECRET-QUESTION', 'SECRET-ANSWER', '7.77', 'rival', 'stranger'])
      expect(JSON.stringify(everything)).not.toContain(secret);

    await db.database.system.pool.query('select core.sequence_events(1000)');
    const read = async (who: TestOrganization) => {
      const { rows } = await asOrganization(db, who, (scope) =>
        sql<{ text: string }>`select coalesce(e.record_id::text, '') || e.type || e.body::text as text from core.event e`.execute(scope.tx),
      );
      return rows.map(({ text }) => text).join('\n');
    };
    const feed = await read(supplier);
    expect(feed).toContain(ofSupplier);
    for (const secret of [id, ofRival, theirs.id, 'rival', 'SECRET-QUESTION', '7.77']) expect(feed).not.toContain(secret);
    expect(await read(buyer)).toContain(theirs.id);

    // In the database itself: only the own invitation, quote and question, and no record of a rival.
    const counted = async (table: string, column: string, value: string) => {
      const { rows } = await asOrganization(db, supplier, (scope) =>
        sql<{ n: number }>`select count(*)::integer as n from ${sql.table(`core.${table}`)} where ${sql.ref(column)} = ${value}`.execute(
          scope.tx,
        ),
      );
      return rows[0]?.n;
    };
    expect(await counted('rfq_invitation', 'rfq_id', id)).toBe(1);
    expect(await counted('rfq_quote', 'rfq_id', id)).toBe(1);
    expect(await counted('rfq_question', 'rfq_id', id)).toBe(0);
    expect(await counted('record', 'id', ofRival)).toBe(0);
    expect(await counted('rfq_quote_price', 'quote_id', theirs.id)).toBe(0);
    const steal = asOrganization(db, supplier, (scope) =>
      sql`update core.rfq_invitation set state = 'declined' where id = ${ofRival} returning 1`.execute(scope.tx),
    );
    expect((await steal).rows).toEqual([]);
  });
});
