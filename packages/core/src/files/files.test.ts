import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerFactory, toWireError } from '../commands/index.js';
import { createCore } from '../core.js';
import { newId, type RecordId } from '../database/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  recordUpload,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../testing/index.js';
import { attachFile, filesOf, findDownload, storedBytes } from './index.js';

const createCaller = createCallerFactory(createCore({ verticals: [] }).router);
let db: TestDatabase;
let buyer: TestOrganization;
let maker: TestOrganization;
let auditor: TestOrganization;
let rival: TestOrganization;
let order: string;

const at = (who: TestOrganization) => createCaller(testContext(db, who));

beforeAll(async () => {
  db = await createTestDatabase();
  buyer = await createTestOrganization(db, 'buyer');
  maker = await createTestOrganization(db, 'maker');
  auditor = await createTestOrganization(db, 'auditor');
  rival = await createTestOrganization(db, 'rival');
  order = await newOrder();
});
afterAll(() => db.close());

let numbers = 0;
async function newOrder(): Promise<string> {
  const proposed = await at(buyer).orders.propose({
    supplier: 'maker',
    ownNumber: `PO-${++numbers}`,
    currency: 'CNY',
    dueOn: '2099-12-24',
    lines: [{ description: 'Part', quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' }],
  });
  return proposed.id;
}

const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');

async function uploaded(who: TestOrganization, content: string, name = `${content}.pdf`): Promise<string> {
  const sha256 = hashOf(content);
  await recordUpload(db, who, { sha256, size: content.length, mediaType: 'application/pdf', name });
  return sha256;
}

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => toWireError(error, '').body.error.code,
  );
const download = (who: TestOrganization, sha256: string, record: string | null) =>
  asOrganization(db, who, (scope) => findDownload(scope, { sha256, record }));
const named = async (who: TestOrganization, record = order) => (await at(who).files.list({ record })).items.map(({ name }) => name);

describe('a file at a record', () => {
  it('is named by a party and read by both sides, under its role and revision', async () => {
    const sha256 = await uploaded(buyer, 'flange', '法兰 图纸.pdf');
    const attached = await at(buyer).files.attach({ record: order, sha256, role: 'drawing', revision: 'B' });
    expect(attached).toMatchObject({ name: '法兰 图纸.pdf', size: 6, mediaType: 'application/pdf', own: true, revision: 'B' });
    const { items } = await at(maker).files.list({ record: order });
    expect(items).toEqual([{ ...attached, own: false }]);
    expect(await download(maker, sha256, order)).toMatchObject({ name: '法兰 图纸.pdf', size: 6 });
    expect(await asOrganization(db, maker, (scope) => filesOf(scope, order))).toEqual(items);
  });

  it('stands in the timeline of the order in both languages', async () => {
    const record = await newOrder();
    const sha256 = await uploaded(buyer, 'timeline');
    const { id } = await at(buyer).files.attach({ record, sha256, role: 'contract' });
    await at(buyer).files.detach({ attachment: id, reason: 'signed anew' });
    const { items } = await at(maker).orders.timeline({ order: record });
    expect(items.slice(0, 2).map(({ type, words }) => [type, words.zh])).toEqual([
      ['files.detached', '撤下附件'],
      ['files.attached', '添加附件'],
    ]);
    expect(items[0]?.body).toMatchObject({ attachment: id, sha256, reason: 'signed anew' });
  });

  it('attached again is the same attachment, and tells nobody twice', async () => {
    const record = await newOrder();
    const sha256 = await uploaded(buyer, 'once');
    const first = await at(buyer).files.attach({ record, sha256, role: 'photo' });
    expect(await at(buyer).files.attach({ record, sha256, role: 'photo' })).toEqual(first);
    const events = (await at(buyer).orders.timeline({ order: record })).items.filter(({ type }) => type === 'files.attached');
    expect(events).toHaveLength(1);
  });

  it('is replaced by a newer one and stays in the history', async () => {
    const record = await newOrder();
    const old = await at(buyer).files.attach({ record, sha256: await uploaded(buyer, 'rev A'), role: 'drawing', revision: 'A' });
    const sha256 = await uploaded(buyer, 'rev B');
    const next = await at(buyer).files.attach({ record, sha256, role: 'drawing', revision: 'B', replaces: old.id });
    expect(await named(maker, record)).toEqual(['rev B.pdf']);
    const { items } = await at(maker).files.list({ record, history: true });
    expect(items.map(({ revision, replacedBy }) => [revision, replacedBy])).toEqual([
      ['B', null],
      ['A', next.id],
    ]);
    expect(await download(maker, old.sha256, record)).toMatchObject({ name: 'rev A.pdf' });
    expect(await refusal(at(buyer).files.attach({ record, sha256, role: 'report', replaces: old.id }))).toBe('files.superseded');
    expect(await refusal(at(buyer).files.detach({ attachment: old.id }))).toBe('files.superseded');
  });

  it('is withdrawn only by the organization that attached it', async () => {
    const record = await newOrder();
    const { id } = await at(buyer).files.attach({ record, sha256: await uploaded(buyer, 'mine'), role: 'other' });
    expect(await refusal(at(maker).files.detach({ attachment: id }))).toBe('files.not_yours');
    const sha256 = await uploaded(maker, 'yours');
    expect(await refusal(at(maker).files.attach({ record, sha256, replaces: id }))).toBe('files.not_yours');
    expect(await refusal(at(rival).files.detach({ attachment: id }))).toBe('request.not_found');
  });

  it('is listed in pages', async () => {
    const record = await newOrder();
    for (const n of ['1', '2', '3']) await at(buyer).files.attach({ record, sha256: await uploaded(buyer, `page ${n}`), role: 'photo' });
    const first = await at(maker).files.list({ record, limit: 2 });
    const rest = await at(maker).files.list({ record, limit: 2, cursor: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['page 3.pdf', 'page 2.pdf', 'page 1.pdf']);
    expect(rest.next).toBeNull();
  });
});

describe('a hash alone', () => {
  it('opens nothing to an organization that has not brought the content and sees no record that names it', async () => {
    const record = await newOrder();
    const sha256 = await uploaded(buyer, 'a secret drawing');
    await at(buyer).files.attach({ record, sha256, role: 'drawing' });
    const absent = hashOf('nobody has this');
    const own = await at(buyer).orders.propose({
      supplier: 'rival',
      ownNumber: 'PO-rival',
      currency: 'CNY',
      dueOn: '2099-12-24',
      lines: [{ description: 'Part', quantity: { value: '1', unit: 'H87' }, unitPrice: '1' }],
    });
    for (const hash of [sha256, absent]) {
      expect(await refusal(download(rival, hash, null))).toBe('request.not_found');
      expect(await refusal(download(rival, hash, record))).toBe('request.not_found');
      expect(await refusal(download(rival, hash, own.id))).toBe('request.not_found');
      expect(await refusal(at(rival).files.attach({ record: own.id, sha256: hash }))).toBe('request.not_found');
      expect(await refusal(at(rival).files.attach({ record, sha256: hash }))).toBe('request.not_found');
    }
    expect(await refusal(at(rival).files.list({ record }))).toBe('request.not_found');
  });

  it('is the same wall below the service: the database refuses the row', async () => {
    const record = (await newOrder()) as RecordId;
    const sha256 = await uploaded(maker, 'only the maker has it');
    const insert = (who: TestOrganization) =>
      asOrganization(db, who, ({ tx, organization, now }) =>
        sql`insert into core.record_file (id, record_id, sha256, organization, name, role, size, media_type, attached_by, attached_at)
          values (${newId()}, ${record}, ${sha256}, ${organization}, 'x', 'other', 1, 'x', 'x', ${now})`.execute(tx),
      );
    await expect(insert(buyer)).rejects.toThrow(/row-level security/);
    await expect(insert(rival)).rejects.toThrow(/row-level security/);
    await insert(maker);
    // The server alone says that a content is here: whoever named any hash would read what others have.
    const named = asOrganization(db, maker, ({ tx, now }) => sql`select * from core.keep_upload(${sha256}, 'x', 'x', ${now})`.execute(tx));
    await expect(named).rejects.toMatchObject({ code: '42501' });
    const blobs = asOrganization(db, maker, ({ tx }) => sql`select 1 from core.file_blob`.execute(tx));
    await expect(blobs).rejects.toThrow(/permission denied/);
    const taken = asOrganization(db, buyer, ({ tx, organization, now }) =>
      sql`insert into core.file_upload values (${organization}, ${sha256}, 'x', 1, 'x', 'x', ${now})`.execute(tx),
    );
    await expect(taken).rejects.toThrow(/permission denied/);
  });

  it('lets whoever sees one record name the file at another', async () => {
    const record = await newOrder();
    const sha256 = await uploaded(buyer, 'passed on');
    await at(buyer).files.attach({ record, sha256, role: 'drawing' });
    const other = await newOrder();
    const again = await asOrganization(db, maker, (scope) => attachFile(scope, { record: other, sha256, role: 'drawing' }));
    expect(again).toMatchObject({ name: 'passed on.pdf', organization: { code: 'maker' } });
  });
});

it('is read, not attached, by whoever a party let see the record, for as long as that lasts', async () => {
  const record = await newOrder();
  const sha256 = await uploaded(buyer, 'audited');
  await at(buyer).files.attach({ record, sha256, role: 'report' });
  const expiresAt = '2099-01-01T00:00:00Z';
  const { id: grant } = await at(buyer).access.grants.give({ record, organization: 'auditor', reason: 'audit', expiresAt });
  expect(await named(auditor, record)).toEqual(['audited.pdf']);
  expect(await download(auditor, sha256, record)).toMatchObject({ name: 'audited.pdf' });
  expect(await refusal(at(auditor).files.attach({ record, sha256 }))).toBe('files.only_parties_attach');
  await at(buyer).access.grants.revoke({ grant });
  expect(await refusal(at(auditor).files.list({ record }))).toBe('request.not_found');
  expect(await refusal(download(auditor, sha256, record))).toBe('request.not_found');
});

it('needs the permission of the person', async () => {
  const viewer = await createTestOrganization(db, 'viewer-only', ['files.view']);
  expect(await refusal(at(viewer).files.attach({ record: order, sha256: hashOf('x') }))).toBe('access.forbidden');
  const none = await createTestOrganization(db, 'no-files', ['orders.view']);
  expect(await refusal(at(none).files.list({ record: order }))).toBe('access.forbidden');
});

it('counts each content once for the organization that brought it', async () => {
  const keeper = await createTestOrganization(db, 'keeper');
  expect(await at(keeper).files.usage({})).toEqual({ files: 0, bytes: 0 });
  for (const content of ['12345', '12345', '1234567']) await uploaded(keeper, content);
  expect(await at(keeper).files.usage({})).toEqual({ files: 2, bytes: 12 });
  expect(await asOrganization(db, keeper, storedBytes)).toBe(12);
});
