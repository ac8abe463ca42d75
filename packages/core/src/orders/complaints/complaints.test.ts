import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setOperator } from '../../access/index.js';
import { attachFile, findDownload, listFiles } from '../../files/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { uploadDrawing } from '../rfq/rfq.fixture.js';
import { createTrade } from '../statements/statements.fixture.js';
import { workingDayAfter } from './deadlines.js';
import {
  type ComplaintMove,
  type ComplaintSide,
  type ComplaintState,
  complaintMoves,
  complaintSides,
  complaintStates,
  judgeComplaint,
} from './states.js';

let db: TestDatabase;
let floor: Floor;
let as: Floor['as'];
let buyer: TestOrganization;
let maker: TestOrganization;
let stranger: TestOrganization;
let operator: TestOrganization;

/** Friday afternoon in Shanghai, where every test organization is. */
const friday = new Date('2026-11-27T07:00:00Z');
let now = friday;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  ({ as } = floor);
  const made = await Promise.all(['buyer', 'maker', 'stranger', 'operator'].map((code) => createTestOrganization(db, code)));
  [buyer, maker, stranger, operator] = made as [TestOrganization, TestOrganization, TestOrganization, TestOrganization];
});
afterAll(() => db.close());

let numbers = 0;
const proposed = () => as(buyer).orders.propose(proposal('maker', `C-${++numbers}`));
const filed = async (order?: string) =>
  as(buyer).orders.complaints.file({ order: order ?? (await proposed()).id, category: 'quality', text: 'The third crate is scratched.' });

describe('a deadline', () => {
  it.each([
    ['2026-11-27', 1, '2026-11-30'], // Friday → Monday
    ['2026-11-27', 2, '2026-12-01'],
    ['2026-11-28', 2, '2026-12-01'], // Saturday, Sunday: the first day counted is Monday
    ['2026-11-29', 2, '2026-12-01'],
    ['2026-11-30', 2, '2026-12-02'],
    ['2026-11-27', 10, '2026-12-11'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-11-27', 0, '2026-11-27'],
  ])('民法典 201: %s and %d working days is %s', (on, days, due) => {
    expect(workingDayAfter(on, days)).toBe(due);
  });

  it('民法典 203: ends with the last day, where the respondent is, over a weekend', async () => {
    now = friday;
    // Tuesday 1 December and Friday 11 December end at 24:00 in Shanghai, which is 16:00 UTC.
    expect(await filed()).toMatchObject({
      answerDueAt: '2026-12-01T16:00:00.000Z',
      resolutionDueAt: '2026-12-11T16:00:00.000Z',
      dueAt: '2026-12-01T16:00:00.000Z',
      overdue: false,
    });
    // Friday 17:00 UTC is Saturday in Shanghai already.
    now = new Date('2026-11-27T17:00:00Z');
    expect(await filed()).toMatchObject({ answerDueAt: '2026-12-01T16:00:00.000Z' });
  });

  it('is missed at its very instant and not before, by the server’s clock', async () => {
    now = friday;
    const { id: complaint } = await filed();
    now = new Date('2026-12-01T15:59:59.999Z');
    expect(await as(maker).orders.complaints.get({ complaint })).toMatchObject({ overdue: false });
    now = new Date('2026-12-01T16:00:00Z');
    expect(await as(maker).orders.complaints.get({ complaint })).toMatchObject({ overdue: true });
  });
});

describe('a complaint', () => {
  it('is acknowledged by a named person, answered, accepted and closed, each said once and by its side', async () => {
    now = friday;
    const { id: order, lines } = await proposed();
    const line = lines[0]?.id as string;
    const c = await as(buyer).orders.complaints.file({
      order,
      category: 'quality',
      subject: { kind: 'line', id: line },
      text: 'Scratched.',
    });
    expect(c).toMatchObject({ state: 'filed', side: 'complainant', waitingFor: 'respondent', subject: { label: '1 · Part' }, owner: null });
    const on = (version: number) => ({ complaint: c.id, version });
    expect(await failure(as(buyer).orders.complaints.acknowledge(on(1)))).toBe('complaints.not_your_move');
    expect(await as(maker).orders.complaints.acknowledge({ ...on(1), owner: '王芳' })).toMatchObject({
      owner: '王芳',
      state: 'acknowledged',
    });
    expect(await failure(as(maker).orders.complaints.answer({ ...on(1), text: 'x' }))).toBe('complaints.version_stale');
    expect(await failure(as(buyer).orders.complaints.accept(on(2)))).toBe('complaints.wrong_state');
    const answered = await as(maker).orders.complaints.answer({ ...on(2), text: 'We replace the crate.' });
    expect(answered).toMatchObject({
      state: 'answered',
      waitingFor: 'complainant',
      dueAt: answered.resolutionDueAt,
      answeredAt: now.toISOString(),
    });
    await as(buyer).orders.complaints.remark({ ...on(3), text: 'By Monday please.' });
    expect(await as(buyer).orders.complaints.accept(on(4))).toMatchObject({ state: 'accepted', dueAt: null });
    const closed = await as(buyer).orders.complaints.close(on(5));
    expect(closed).toMatchObject({ state: 'closed', waitingFor: null, moves: [] });
    expect(closed.history.map(({ move, side, text }) => [move, side, text])).toEqual([
      ['file', 'complainant', null],
      ['acknowledge', 'respondent', null],
      ['answer', 'respondent', 'We replace the crate.'],
      ['remark', 'complainant', 'By Monday please.'],
      ['accept', 'complainant', null],
      ['close', 'complainant', null],
    ]);
  });

  it('is about something of its order', async () => {
    const { id: order } = await proposed();
    const other = await proposed();
    const subject = { kind: 'line' as const, id: other.lines[0]?.id as string };
    for (const each of [subject, { ...subject, kind: 'shipment' as const }, { ...subject, kind: 'statement_line' as const }]) {
      const wrong = as(buyer).orders.complaints.file({ order, category: 'other', subject: each, text: 'x' });
      expect(await failure(wrong)).toBe('complaints.subject_unknown');
    }
    expect(await failure(as(stranger).orders.complaints.file({ order, category: 'other', text: 'x' }))).toBe('request.not_found');
  });

  it('may be about a line of a statement that bills the order', async () => {
    now = new Date('2026-11-20T02:00:00Z');
    const trade = createTrade(floor, { buyer, supplier: maker });
    const goods = await trade.made({ number: 'C-billed' });
    await trade.inspected(goods.order, await trade.delivered(goods, '10'), { accepted: '10' });
    const november = { buyer: 'buyer', from: '2026-11-01', to: '2026-11-30', currency: 'CNY' as const, number: 'ST-7' };
    const { id: statement, lines } = await as(maker).orders.statements.draft(november);
    await as(maker).orders.statements.send({ statement, version: 1 });
    const about = { order: goods.order, category: 'payment' as const, text: 'Billed twice.' };
    const subject = { kind: 'statement_line' as const, id: lines[0]?.id as string };
    const filedOnIt = await as(buyer).orders.complaints.file({ ...about, subject });
    expect(filedOnIt.subject).toMatchObject({ kind: 'statement_line', label: 'ST-7 · 1' });
    const { id: order } = await proposed();
    expect(await failure(as(buyer).orders.complaints.file({ ...about, order, subject }))).toBe('complaints.subject_unknown');
  });

  it('goes to the operator only when unanswered past its deadline or badly answered, and only when there is one', async () => {
    now = friday;
    const { id: complaint, order } = await filed();
    const escalate = (version: number) => as(buyer).orders.complaints.escalate({ complaint, version, text: 'No answer.' });
    expect(await failure(escalate(1))).toBe('complaints.not_overdue');
    now = new Date('2026-12-02T01:00:00Z');
    expect(await failure(escalate(1))).toBe('complaints.no_operator');
    await setOperator(db.owner, 'maker', now);
    expect(await failure(escalate(1))).toBe('complaints.operator_is_party');
    await setOperator(db.owner, 'operator', now);
    expect(await failure(as(operator).orders.complaints.get({ complaint }))).toBe('request.not_found');
    const escalated = await escalate(1);
    // Ten working days from Wednesday 2 December.
    expect(escalated).toMatchObject({
      state: 'escalated',
      operator: { code: 'operator' },
      dueAt: '2026-12-16T16:00:00.000Z',
      overdue: false,
    });
    const seen = await as(operator).orders.complaints.get({ complaint });
    expect(seen).toMatchObject({ side: 'operator', moves: [{ move: 'decide' }, { move: 'remark' }] });
    expect(await failure(as(operator).orders.get({ order: order.id }))).toBe('request.not_found');
    expect(await failure(as(maker).orders.complaints.decide({ complaint, version: 2, outcome: 'dismissed', text: 'x' }))).toBe(
      'complaints.not_your_move',
    );
    await as(operator).orders.complaints.decide({
      complaint,
      version: 2,
      outcome: 'partly_upheld',
      text: 'Half of the price is credited.',
    });
    expect(await as(maker).orders.complaints.get({ complaint })).toMatchObject({ state: 'decided', outcome: { is: 'partly_upheld' } });
    expect(await as(operator).orders.complaints.close({ complaint, version: 3 })).toMatchObject({ state: 'closed' });
  });

  it('is listed with the most overdue first, then what is due, then what waits without a deadline, then what is finished', async () => {
    const someone = await createTestOrganization(db, 'lister');
    const own = async (days: number) => {
      now = new Date(friday.getTime() + days * 86_400_000);
      const order = await as(someone).orders.propose(proposal('maker', `L-${days}`));
      return as(someone).orders.complaints.file({ order: order.id, category: 'delivery', text: 'Late.' });
    };
    const ids = [(await own(3)).id, (await own(0)).id, (await own(5)).id, (await own(4)).id] as const;
    await as(someone).orders.complaints.withdraw({ complaint: ids[2], version: 1 });
    await as(maker).orders.complaints.answer({ complaint: ids[3], version: 1, text: 'Sorry.' });
    await as(someone).orders.complaints.accept({ complaint: ids[3], version: 2 });
    now = new Date('2026-12-02T01:00:00Z');
    const first = await as(someone).orders.complaints.list({ limit: 2 });
    const rest = await as(someone).orders.complaints.list({ limit: 2, cursor: first.next as string });
    const all = [...first.items, ...rest.items];
    expect(all.map(({ id }) => id)).toEqual([ids[1], ids[0], ids[3], ids[2]]);
    expect(all.map(({ overdue }) => overdue)).toEqual([true, false, false, false]);
    expect((await as(someone).orders.complaints.list({ side: 'respondent' })).items).toEqual([]);
    expect((await as(someone).orders.complaints.list({ state: 'withdrawn' })).items.map(({ id }) => id)).toEqual([ids[2]]);
    const of = all[0]?.order.id as string;
    expect((await as(maker).orders.complaints.list({ order: of })).items.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('is nothing to a stranger, and its history cannot be rewritten', async () => {
    const { id: complaint } = await filed();
    expect(await failure(as(stranger).orders.complaints.get({ complaint }))).toBe('request.not_found');
    expect(await failure(as(stranger).orders.complaints.answer({ complaint, version: 9, text: 'x' }))).toBe('request.not_found');
    expect((await as(stranger).orders.complaints.list({})).items).toEqual([]);
    const { runtime } = db.database;
    for (const statement of [
      `update core.complaint_move set text = 'other'`,
      `delete from core.complaint_move`,
      `update core.complaint set text = 'other'`,
      `update core.complaint set answer_due_at = now()`,
    ])
      await expect(runtime.pool.query(statement)).rejects.toThrow(/permission denied/);
  });
});

describe('the files of a complaint', () => {
  const photo = 'c'.repeat(64);
  const report = 'd'.repeat(64);
  const attach = (who: TestOrganization, record: string, sha256: string, role: 'photo' | 'report') =>
    asOrganization(db, who, (scope) => attachFile(scope, { record, sha256, role }));
  const seen = (who: TestOrganization, record: string) =>
    asOrganization(db, who, (scope) => listFiles(scope, { record, history: false, limit: 10 })).then(({ items }) =>
      items.map(({ sha256, role, own }) => [sha256, role, own]),
    );
  const download = (who: TestOrganization, sha256: string, record: string) =>
    asOrganization(db, who, (scope) => findDownload(scope, { sha256, record }));

  it('are attached and read by both sides, and once it is escalated by the operator', async () => {
    now = friday;
    const { id: complaint, order } = await filed();
    await uploadDrawing(db, buyer, photo);
    await uploadDrawing(db, maker, report);
    await attach(buyer, complaint, photo, 'photo');
    await attach(maker, complaint, report, 'report');
    expect(await seen(maker, complaint)).toEqual([
      [report, 'report', true],
      [photo, 'photo', false],
    ]);
    expect(await download(maker, photo, complaint)).toMatchObject({ size: 7 });
    expect(await seen(buyer, order.id)).toEqual([]);
    await setOperator(db.owner, 'operator', now);
    expect(await failure(seen(operator, complaint))).toBe('request.not_found');
    now = new Date('2026-12-02T01:00:00Z');
    await as(buyer).orders.complaints.escalate({ complaint, version: 1, text: 'No answer.' });
    expect(await seen(operator, complaint)).toHaveLength(2);
    expect(await download(operator, photo, complaint)).toMatchObject({ size: 7 });
  });

  it('are nothing to a stranger, who cannot attach one either', async () => {
    now = friday;
    const { id: complaint } = await filed();
    await uploadDrawing(db, buyer, photo);
    await uploadDrawing(db, stranger, report);
    await attach(buyer, complaint, photo, 'photo');
    expect(await failure(seen(stranger, complaint))).toBe('request.not_found');
    expect(await failure(download(stranger, photo, complaint))).toBe('request.not_found');
    expect(await failure(attach(stranger, complaint, report, 'report'))).toBe('request.not_found');
  });
});

describe('the table', () => {
  type Row = readonly [ComplaintMove, ComplaintSide, Partial<Record<ComplaintState, ComplaintState>>];
  const everyOpen: Row[2] = {
    filed: 'filed',
    acknowledged: 'acknowledged',
    answered: 'answered',
    accepted: 'accepted',
    escalated: 'escalated',
    decided: 'decided',
  };
  const settled: Row[2] = { accepted: 'closed', decided: 'closed' };
  const rows: readonly Row[] = [
    ['acknowledge', 'respondent', { filed: 'acknowledged' }],
    ['assign', 'respondent', { acknowledged: 'acknowledged', answered: 'answered', escalated: 'escalated' }],
    ['answer', 'respondent', { filed: 'answered', acknowledged: 'answered' }],
    ['accept', 'complainant', { answered: 'accepted' }],
    ['escalate', 'complainant', { filed: 'escalated', acknowledged: 'escalated', answered: 'escalated' }],
    ['decide', 'operator', { escalated: 'decided' }],
    ['close', 'complainant', settled],
    ['close', 'operator', settled],
    ['withdraw', 'complainant', { filed: 'withdrawn', acknowledged: 'withdrawn', answered: 'withdrawn', escalated: 'withdrawn' }],
    ...complaintSides.map((side) => ['remark', side, everyOpen] as const),
  ];
  const every = complaintMoves.flatMap((move) =>
    complaintSides.flatMap((side) => complaintStates.map((state) => [move, side, state] as const)),
  );
  it.each(every)('%s by the %s when %s', (move, side, state) => {
    const ofSide = rows.find(([name, of]) => name === move && of === side);
    const next = ofSide?.[2][state];
    const early = move === 'escalate' && (state === 'filed' || state === 'acknowledged');
    const refused = ofSide ? 'wrong_state' : 'wrong_side';
    const overdue = judgeComplaint(state, move, side, true);
    expect(overdue).toEqual(next ? { allowed: true, next } : { allowed: false, because: refused });
    expect(judgeComplaint(state, move, side, false)).toEqual(next && early ? { allowed: false, because: 'not_overdue' } : overdue);
  });
});
