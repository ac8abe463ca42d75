import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWireError } from '../commands/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { type Bench, createBench } from './bench.fixture.js';
import { contentHash } from './content.js';
import { engineeringEvents, engineeringEventWords } from './index.js';
import { findRevisions } from './repository.js';

let db: TestDatabase;
let bench: Bench;
let maker: TestOrganization;
let partner: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  bench = createBench(db, {
    itemKinds: (kind) =>
      ({
        part: { words: { en: 'Part', zh: '零件' }, unit: null, specification: null },
        'kiln/tile': { words: { en: 'Tile', zh: '瓷砖' }, unit: 'MTK' as const, specification: 'kiln/tile@1' },
      })[kind],
  });
  maker = await createTestOrganization(db, 'maker');
  partner = await createTestOrganization(db, 'partner');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const as = (who: TestOrganization, key?: string) => bench.as(who, key);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'nothing failed', message: '' }),
    (error: unknown) => toWireError(error, '').body.error,
  );
const code = async (promise: Promise<unknown>) => (await failure(promise)).code;
const name = { en: 'Bracket', zh: '支架' };
const pieces = (value: string) => ({ value, unit: 'H87' as const });

async function grant(record: string, to: TestOrganization): Promise<void> {
  await db.owner.pool.query(
    `insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values (gen_random_uuid(), $1, $2, $3, 'test', now())`,
    [record, to.id, maker.id],
  );
}

describe('an item', () => {
  it('has a number of its own within its organization, a kind and a unit', async () => {
    const made = await as(maker).items.create({ number: 'B-1', kind: 'part', name, unit: 'H87' });
    expect(made).toMatchObject({ number: 'B-1', own: true, ownNumber: null, owner: { code: 'maker' }, kindWords: { zh: '零件' } });
    expect(await code(as(maker).items.create({ number: 'B-1', kind: 'part', name, unit: 'H87' }))).toBe('engineering.number_taken');
    expect((await as(rival).items.create({ number: 'B-1', kind: 'part', name, unit: 'H87' })).number).toBe('B-1');
    expect(await code(as(maker).items.create({ number: 'B-2', kind: 'widget', name, unit: 'H87' }))).toBe('engineering.kind_unknown');
    expect(await code(as(maker).items.create({ number: 'T-1', kind: 'kiln/tile', name, unit: 'H87' }))).toBe('engineering.kind_unit');
    const tile = await as(maker).items.create({ number: 'T-1', kind: 'kiln/tile', name, unit: 'MTK' });
    const draft = (schema: string) => as(maker).revisions.create({ item: tile.id, label: 'A', specification: { schema, value: {} } });
    expect(await code(draft('kiln/brick@1'))).toBe('engineering.kind_specification');
    expect((await draft('kiln/tile@1')).specification).toEqual({ schema: 'kiln/tile@1', value: {} });
  });

  it('is found by part of its number or name, within one’s own', async () => {
    await as(maker).items.create({ number: 'SEARCH-77', kind: 'part', name: { en: 'Hinge left', zh: '左铰链' }, unit: 'H87' });
    for (const search of ['arch-7', 'hinge L', '铰链']) {
      expect((await as(maker).items.list({ search })).items.map((item) => item.number)).toEqual(['SEARCH-77']);
      expect((await as(rival).items.list({ search })).items).toEqual([]);
    }
    const first = await as(maker).items.list({ limit: 1 });
    const second = await as(maker).items.list({ limit: 1, cursor: first.next ?? '' });
    expect(second.items[0]?.number).not.toBe(first.items[0]?.number);
  });

  it('is called by every party what that party calls it, and none reads the other’s', async () => {
    const item = await bench.item(maker, 'N-1');
    const revision = await bench.revision(maker, item, 'A');
    expect(await code(as(partner).items.annotate({ item, ownNumber: 'P-9' }))).toBe('request.not_found');
    await grant(revision.id, partner);
    await grant(revision.id, rival);
    expect(await as(partner).items.annotate({ item, ownNumber: 'P-9' })).toMatchObject({ own: false, number: 'N-1', ownNumber: 'P-9' });
    await as(partner).items.annotate({ item, ownNumber: 'P-10' });
    expect((await as(partner).items.get({ item })).ownNumber).toBe('P-10');
    expect((await as(maker).items.get({ item })).ownNumber).toBeNull();
    expect((await as(rival).items.get({ item })).ownNumber).toBeNull();
  });
});

describe('a revision', () => {
  it('goes from draft to released to obsolete, several live at once, and is copied into the next draft', async () => {
    const item = await bench.item(maker, 'R-1');
    const screw = await bench.item(maker, 'R-screw');
    const a = await as(maker).revisions.create({
      item,
      label: 'A',
      specification: { schema: 'kiln/any@1', value: { length: 4 } },
      lines: [{ position: 10, item: screw, quantity: pieces('2'), designators: ['S1', 'S2'], scrapPercent: '1.5' }],
      operations: [{ position: 10, name, workCenter: 'press', setupSeconds: '60', runSeconds: '2.5', subcontractable: true }],
    });
    expect(a).toMatchObject({ state: 'draft', version: 2, contentHash: null, moves: [{ move: 'release' }] });
    expect(await code(as(maker).revisions.create({ item, label: 'A' }))).toBe('engineering.label_taken');
    expect(await code(as(maker).revisions.retire({ revision: a.id, version: 2 }))).toBe('engineering.wrong_state');
    expect(await code(as(maker).revisions.edit({ revision: a.id, version: 1, note: 'x' }))).toBe('engineering.version_stale');
    const edited = await as(maker).revisions.edit({ revision: a.id, version: 2, note: 'first sample' });
    expect(edited).toMatchObject({ note: 'first sample', version: 3, lines: [{ designators: ['S1', 'S2'], scrapPercent: '1.5' }] });
    const released = await as(maker).revisions.release({ revision: a.id, version: 3 });
    expect(released).toMatchObject({ state: 'released', releasedBy: 'Tester of maker' });
    expect(released.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await code(as(maker).revisions.edit({ revision: a.id, version: 4, note: 'y' }))).toBe('engineering.wrong_state');
    expect(await code(as(maker).revisions.release({ revision: a.id, version: 4 }))).toBe('engineering.wrong_state');

    const b = await as(maker).revisions.create({
      item,
      label: 'B',
      copyOf: a.id,
      lines: [{ position: 10, item: screw, quantity: pieces('3') }],
    });
    expect(b).toMatchObject({ state: 'draft', copiedFrom: 'A', operations: released.operations, specification: released.specification });
    expect(b.lines).toMatchObject([{ quantity: pieces('3'), designators: [] }]);
    await as(maker).revisions.release({ revision: b.id, version: b.version });
    expect((await as(maker).revisions.list({ item })).revisions.map(({ label, state }) => [label, state])).toEqual([
      ['B', 'released'],
      ['A', 'released'],
    ]);
    expect(await as(maker).revisions.retire({ revision: a.id, version: 4 })).toMatchObject({
      state: 'obsolete',
      moves: [],
      contentHash: released.contentHash,
    });
  });

  it('hashes what it says, not when or by whom it was written', async () => {
    const item = await bench.item(maker, 'H-1');
    const other = await bench.item(maker, 'H-2');
    const draft = await bench.revision(maker, item, 'A', [[other, '1.000']]);
    const hashOf = (row: { id: string }) =>
      asOrganization(db, maker, async (scope) => {
        const [found] = await findRevisions(scope, [row.id]);
        return found ? contentHash(scope, found) : null;
      });
    const before = await hashOf(draft);
    const lines = [{ position: 10, item: other, quantity: pieces('1') }];
    const same = await as(maker).revisions.edit({ revision: draft.id, version: draft.version, lines });
    expect(await hashOf(draft)).toBe(before);
    const changed = await as(maker).revisions.edit({
      revision: draft.id,
      version: same.version,
      lines: [{ ...lines[0], position: 11, item: other, quantity: pieces('1') }],
    });
    const after = await hashOf(draft);
    expect(after).not.toBe(before);
    expect((await as(maker).revisions.release({ revision: draft.id, version: changed.version })).contentHash).toBe(after);
  });

  it('stays as it was released whoever writes, the owner of the tables included', async () => {
    const item = await bench.item(maker, 'I-1');
    const part = await bench.item(maker, 'I-2');
    const { id } = await bench.revision(maker, item, 'A', [[part, '1']]);
    await as(maker).revisions.release({ revision: id, version: 2 });
    for (const statement of [
      `update core.item_revision set note = 'x' where id = '${id}'`,
      `update core.item_revision set state = 'draft', content_hash = null, released_at = null where id = '${id}'`,
      `update core.item_revision set content_hash = repeat('0', 64) where id = '${id}'`,
      `delete from core.bom_line where revision_id = '${id}'`,
      `insert into core.bom_line (id, revision_id, position, item_id, quantity) values (gen_random_uuid(), '${id}', 99, '${part}', 1)`,
      `insert into core.routing_operation values (gen_random_uuid(), '${id}', 10, 'a', 'a', 'w', 0, 0, false)`,
    ]) {
      await expect(db.owner.pool.query(statement), statement).rejects.toThrow(/released and does not change/);
      const mine = asOrganization(db, maker, (scope) => sql.raw(statement).execute(scope.tx));
      await mine.then(
        (result) => expect(result.numAffectedRows ?? 0n).toBe(0n),
        (error: unknown) => expect(String(error)).toMatch(/released and does not change|row-level security|permission denied/),
      );
    }
    expect((await as(maker).revisions.get({ revision: id })).lines).toHaveLength(1);
  });

  it('is shared without the item’s other revisions and without what its components are made of', async () => {
    const item = await bench.item(maker, 'V-1');
    const sub = await bench.item(maker, 'V-2');
    const secret = await bench.item(maker, 'V-3');
    const inner = await bench.revision(maker, sub, 'A', [[secret, '1']]);
    await as(maker).revisions.release({ revision: inner.id, version: inner.version });
    const shared = await bench.revision(maker, item, 'A', [[sub, '2']]);
    const kept = await as(maker).revisions.create({ item, label: 'B', copyOf: shared.id });
    expect(await code(as(partner).revisions.get({ revision: shared.id }))).toBe('request.not_found');
    await grant(shared.id, partner);
    const seen = await as(partner).revisions.get({ revision: shared.id });
    expect(seen).toMatchObject({ own: false, moves: [], item: { number: 'V-1' }, lines: [{ item: { number: 'V-2' } }] });
    expect((await as(partner).revisions.list({ item })).revisions.map((row) => row.label)).toEqual(['A']);
    expect(await code(as(partner).revisions.get({ revision: kept.id }))).toBe('request.not_found');
    expect(await code(as(partner).items.get({ item: secret }))).toBe('request.not_found');
    const explosion = await as(partner).bom.explode({ revision: shared.id });
    expect(explosion.lines.map(({ line, revision }) => [line.item.number, revision])).toEqual([['V-2', null]]);
    expect((await as(maker).bom.explode({ revision: shared.id })).totals).toMatchObject([
      { item: { number: 'V-2' }, required: '2', made: true },
      { item: { number: 'V-3' }, required: '2', made: false },
    ]);
    expect((await as(partner).items.whereUsed({ item: sub })).uses.map((use) => use.revision.id)).toEqual([shared.id]);
    expect(await code(as(partner).revisions.edit({ revision: shared.id, version: 1 }))).toBe('engineering.not_the_owner');
    expect(await code(as(partner).revisions.create({ item, label: 'C' }))).toBe('engineering.not_the_owner');
    await expect(
      asOrganization(db, partner, async (scope) => {
        await sql`insert into core.record (id, kind, created_by, visible_to) values ('019acf00-0000-7000-8000-000000000001', 'item_revision', ${partner.id}, array[${partner.id}::uuid])`.execute(
          scope.tx,
        );
        await sql`insert into core.item_revision (id, organization, item_id, label, created_by, created_at)
          values ('019acf00-0000-7000-8000-000000000001', ${partner.id}, ${item}, 'Z', 'x', now())`.execute(scope.tx);
      }),
    ).rejects.toThrow(/foreign key/);
  });
});

describe('a bill of materials', () => {
  it('says which line is wrong and why', async () => {
    const item = await bench.item(maker, 'L-0');
    const one = await bench.item(maker, 'L-1');
    const two = await bench.item(maker, 'L-2');
    const hidden = await bench.item(rival, 'L-hidden');
    const of = (...lines: Parameters<ReturnType<Bench['as']>['revisions']['create']>[0]['lines'] & object) =>
      failure(as(maker).revisions.create({ item, label: 'A', lines }));
    const line = { position: 10, item: one, quantity: pieces('2') };
    expect(await of(line, { ...line, item: two })).toMatchObject({
      code: 'engineering.position_taken',
      details: { field: 'lines.1.position' },
    });
    expect(await of({ ...line, item: hidden })).toMatchObject({ code: 'engineering.item_unknown', details: { field: 'lines.0.item' } });
    expect(await of({ ...line, quantity: { value: '2', unit: 'KGM' } })).toMatchObject({
      code: 'engineering.unit_differs',
      details: { expected: 'H87', unit: 'KGM' },
    });
    expect((await of({ ...line, quantity: pieces('2.5') })).code).toBe('request.invalid');
    expect((await of({ ...line, scrapPercent: '1.23456' })).code).toBe('request.invalid');
    expect((await of({ ...line, designators: ['R1'] })).code).toBe('engineering.designators_count');
    expect(await of({ ...line, designators: ['R1', 'R2'] }, { ...line, position: 20, item: two, designators: ['R3', 'R1'] })).toMatchObject(
      {
        code: 'engineering.designator_twice',
        details: { field: 'lines.1.designators', designator: 'R1' },
      },
    );
    expect((await of({ ...line, alternates: [one] })).code).toBe('engineering.alternate_is_item');
    expect((await of({ ...line, alternates: [two, two] })).code).toBe('engineering.alternate_is_item');
    expect((await of({ ...line, alternates: [hidden] })).code).toBe('engineering.item_unknown');
    const other = await bench.revision(maker, two, 'A');
    expect((await of({ ...line, revision: other.id })).code).toBe('engineering.revision_unknown');
    expect((await as(maker).revisions.list({ item })).revisions).toEqual([]);
    await expect(
      asOrganization(db, maker, (scope) =>
        sql`insert into core.bom_line (id, revision_id, position, item_id, quantity) values (gen_random_uuid(), ${other.id}, 1, ${hidden}, 1)`.execute(
          scope.tx,
        ),
      ),
    ).rejects.toThrow(/not visible/);
  });

  it('does not contain itself, on whatever way, and the refusal names the way', async () => {
    const [a, b, c, d] = [
      await bench.item(maker, 'C-a'),
      await bench.item(maker, 'C-b'),
      await bench.item(maker, 'C-c'),
      await bench.item(maker, 'C-d'),
    ];
    await bench.revision(maker, a, '1', [[b, '1']]);
    await bench.revision(maker, b, '1', [[c, '1']]);
    const draft = await bench.revision(maker, c, '1', [[d, '1']]);
    expect(await failure(bench.revision(maker, c, '2', [[a, '1']]))).toMatchObject({
      code: 'engineering.bom_cycle',
      details: { path: 'C-c → C-a → C-b → C-c' },
    });
    expect(await code(bench.revision(maker, a, '2', [[a, '1']]))).toBe('engineering.bom_cycle');
    const asAlternate = [{ position: 10, item: d, quantity: pieces('1'), alternates: [a] }];
    expect(await code(as(maker).revisions.edit({ revision: draft.id, version: draft.version, lines: asAlternate }))).toBe(
      'engineering.bom_cycle',
    );
    expect(await code(bench.revision(maker, d, '1', [[b, '1']]))).toBe('engineering.bom_cycle');
  });

  it('of two that would close a circle together lets one pass', async () => {
    const [x, y] = [await bench.item(maker, 'X'), await bench.item(maker, 'Y')];
    const outcomes = await Promise.all([code(bench.revision(maker, x, '1', [[y, '1']])), code(bench.revision(maker, y, '1', [[x, '1']]))]);
    expect(outcomes.sort()).toEqual(['engineering.bom_cycle', 'nothing failed']);
  });

  it('is released only when the revisions that it fixes are', async () => {
    const item = await bench.item(maker, 'F-1');
    const part = await bench.item(maker, 'F-2');
    const fixed = await bench.revision(maker, part, 'A');
    const draft = await as(maker).revisions.create({
      item,
      label: 'A',
      lines: [{ position: 10, item: part, revision: fixed.id, quantity: pieces('1') }],
    });
    const release = () => as(maker).revisions.release({ revision: draft.id, version: draft.version });
    expect(await failure(release())).toMatchObject({ code: 'engineering.component_not_released', details: { component: 'F-2/A' } });
    await as(maker).revisions.release({ revision: fixed.id, version: fixed.version });
    expect((await release()).state).toBe('released');
  });

  it('explodes a fixed revision where one is fixed and the newest released elsewhere', async () => {
    const [top, part, old, fresh] = [
      await bench.item(maker, 'E-0'),
      await bench.item(maker, 'E-1'),
      await bench.item(maker, 'E-old'),
      await bench.item(maker, 'E-new'),
    ];
    const a = await bench.revision(maker, part, 'A', [[old, '2']]);
    await as(maker).revisions.release({ revision: a.id, version: a.version });
    const b = await bench.revision(maker, part, 'B', [[fresh, '5']]);
    await as(maker).revisions.release({ revision: b.id, version: b.version });
    await bench.revision(maker, part, 'C', [[fresh, '7']]);
    const draft = await as(maker).revisions.create({
      item: top,
      label: 'A',
      lines: [
        { position: 10, item: part, revision: a.id, quantity: pieces('3') },
        { position: 20, item: part, quantity: pieces('4'), scrapPercent: '2.5' },
      ],
    });
    const { lines, totals } = await as(maker).bom.explode({ revision: draft.id, quantity: '10' });
    expect(lines.map(({ path, line, revision, required }) => [path, line.item.number, revision?.label ?? null, required])).toEqual([
      ['10', 'E-1', 'A', '30'],
      ['10.10', 'E-old', null, '60'],
      ['20', 'E-1', 'B', '41'],
      ['20.10', 'E-new', null, '205'],
    ]);
    expect(totals.map(({ item, required, places }) => [item.number, required, places])).toEqual([
      ['E-1', '71', 2],
      ['E-old', '60', 1],
      ['E-new', '205', 1],
    ]);
    expect(
      (await as(maker).items.whereUsed({ item: old })).uses.map((use) => [
        use.item.number,
        use.revision.label,
        use.level,
        use.quantity?.value ?? null,
      ]),
    ).toEqual([
      ['E-1', 'A', 1, '2'],
      ['E-0', 'A', 2, null],
    ]);
  });

  it('is found from below wherever it is found from above: where-used inverts the explosion', async () => {
    const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 9 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async (links) => {
        run += 1;
        const items: string[] = [];
        for (let n = 0; n <= 5; n += 1) items.push(await bench.item(maker, `W${run}-${n}`));
        const revisions = new Map<string, string>();
        for (let n = 5; n >= 0; n -= 1) {
          const children = [
            ...new Set(links.filter(([parent, child]) => parent === n && child > n).map(([, child]) => items[child] as string)),
          ];
          const { id, version } = await bench.revision(
            maker,
            items[n] as string,
            'A',
            children.map((child) => [child, '1'] as const),
          );
          await as(maker).revisions.release({ revision: id, version });
          revisions.set(items[n] as string, id);
        }
        const down: string[] = [];
        for (const revision of revisions.values()) {
          const { totals } = await as(maker).bom.explode({ revision });
          down.push(...totals.map((total) => `${revision} holds ${total.item.id}`));
        }
        const up: string[] = [];
        for (const item of items) {
          const { uses } = await as(maker).items.whereUsed({ item });
          up.push(...uses.map((use) => `${use.revision.id} holds ${item}`));
        }
        expect(up.sort()).toEqual(down.sort());
      }),
      { numRuns: 8 },
    );
  });

  it('compares with another by item, with both values', async () => {
    const [item, p, q, r] = [
      await bench.item(maker, 'D-0'),
      await bench.item(maker, 'D-p'),
      await bench.item(maker, 'D-q'),
      await bench.item(maker, 'D-r'),
    ];
    const left = await bench.revision(maker, item, 'A', [
      [p, '1'],
      [q, '2'],
    ]);
    const right = await bench.revision(maker, item, 'B', [
      [q, '3'],
      [r, '1'],
    ]);
    const found = await as(maker).bom.compare({ left: left.id, right: right.id });
    expect(found.left).toMatchObject({ label: 'A', item: { number: 'D-0' } });
    expect(found.lines).toMatchObject({
      added: [{ item: { number: 'D-r' } }],
      removed: [{ item: { number: 'D-p' } }],
      changed: [{ fields: ['position', 'quantity'], left: { quantity: pieces('2') }, right: { quantity: pieces('3') } }],
    });
    expect(await code(as(rival).bom.compare({ left: left.id, right: right.id }))).toBe('request.not_found');
  });
});

it('writes the events that it declares, and has words for each', async () => {
  const { rows } = await db.owner.pool.query<{ type: keyof typeof engineeringEvents; body: unknown }>(
    `select type, body from core.event where type like 'engineering.%'`,
  );
  expect([...new Set(rows.map(({ type }) => type))].sort()).toEqual([
    'engineering.item_created',
    'engineering.revision_created',
    'engineering.revision_edited',
    'engineering.revision_released',
    'engineering.revision_retired',
  ]);
  for (const { type, body } of rows) expect(engineeringEvents[type].safeParse(body).error, type).toBeUndefined();
  expect(Object.keys(engineeringEventWords).sort()).toEqual(Object.keys(engineeringEvents).sort());
});
