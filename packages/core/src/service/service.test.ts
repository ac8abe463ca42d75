import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerFactory, toWireError } from '../commands/index.js';
import { createCore } from '../core.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';

const createCaller = createCallerFactory(createCore({ verticals: [] }).router);
let db: TestDatabase;
let shop: TestOrganization;
let maker: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  shop = await createTestOrganization(db, 'shop');
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const at = (who: TestOrganization, clock?: () => Date) => createCaller(testContext(db, who, clock ? { clock } : {}));
const cases = (who: TestOrganization, clock?: () => Date) => at(who, clock).service.cases;
const later = (days: number) => () => new Date(Date.now() + days * 86_400_000);

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => toWireError(error, '').body.error.code,
  );

let made = 0;
/** A unit of the maker in the hands of the shop. */
async function deliveredUnit(): Promise<{ readonly unit: string; readonly lot: string }> {
  const code = `L-${++made}`;
  const { id: lot, version } = await at(maker).lifecycle.lots.register({ code, quantity: { value: '1', unit: 'H87' } });
  const { units } = await at(maker).lifecycle.units.make({ lot, serials: [`SN-${made}`] });
  await at(maker).lifecycle.lots.release({ lot, version });
  const unit = units[0]?.id ?? '';
  await at(maker).lifecycle.activities.record({ kind: 'shipped', inputs: [{ thing: unit }], receiver: 'shop' });
  return { unit, lot };
}
const report = (thing: string) => ({ thing, kind: 'failure' as const, symptom: 'It stops after ten minutes.' });

describe('a case on a unit', () => {
  it('goes from whoever has it to its maker and back to the reporter, both seeing every step', async () => {
    const { unit } = await deliveredUnit();
    const opened = await cases(shop).open({ ...report(unit), evidence: [{ kind: 'unit', id: unit }] });
    expect(opened).toMatchObject({ side: 'reporter', resolver: { code: 'maker' }, state: 'open', overdue: false, owner: null });
    expect(opened.moves.map(({ move }) => move)).toEqual(['close']);
    const seen = await cases(maker).get({ case: opened.id });
    expect(seen.moves.map(({ move }) => move)).toEqual(['accept', 'reject']);
    const accepted = await cases(maker).accept({ case: opened.id, version: 1, owner: 'Sun Min' });
    expect(accepted).toMatchObject({ state: 'accepted', owner: 'Sun Min', version: 2 });
    await cases(maker).start({ case: opened.id, version: 2 });
    const resolution = { cause: 'A cracked capacitor at C12', resolution: 'The board was replaced' };
    await cases(maker).resolve({ case: opened.id, version: 3, ...resolution });
    await cases(shop).reopen({ case: opened.id, version: 4, reason: 'It stops again' });
    await cases(maker).accept({ case: opened.id, version: 5 });
    await cases(maker).resolve({ case: opened.id, version: 6, ...resolution });
    const closed = await cases(shop).close({ case: opened.id, version: 7 });
    expect(closed).toMatchObject({ state: 'closed', ...resolution, moves: [] });
    expect(closed.history.map(({ move }) => move)).toEqual(['open', 'accept', 'start', 'resolve', 'reopen', 'accept', 'resolve', 'close']);
    expect((await cases(maker).get({ case: opened.id })).history).toEqual(closed.history);
    expect(await refusal(cases(maker).addEvidence({ case: opened.id, kind: 'unit', id: unit }))).toBe('service.case_closed');
  });

  it('is opened only on what another organization made and this one sees', async () => {
    const { unit, lot } = await deliveredUnit();
    expect(await refusal(cases(maker).open(report(unit)))).toBe('service.own_product');
    expect(await refusal(cases(rival).open(report(unit)))).toBe('request.not_found');
    expect(await refusal(cases(shop).open({ ...report(lot), dueBy: '2020-01-01T00:00:00Z' }))).toBe('service.due_in_past');
    expect(await refusal(cases(shop).open({ ...report(lot), occurredAt: '2999-01-01T00:00:00Z' }))).toBe('service.occurred_in_future');
    expect(await cases(shop).open(report(lot))).toMatchObject({ thing: { kind: 'lot' } });
  });

  it('keeps each side to its own moves, at the version that it saw', async () => {
    const { unit } = await deliveredUnit();
    const { id } = await cases(shop).open(report(unit));
    expect(await refusal(cases(shop).accept({ case: id, version: 1 }))).toBe('service.not_your_move');
    expect(await refusal(cases(maker).close({ case: id, version: 1 }))).toBe('service.not_your_move');
    expect(await refusal(cases(maker).accept({ case: id, version: 2 }))).toBe('service.version_stale');
    expect(await refusal(cases(maker).start({ case: id, version: 1 }))).toBe('service.wrong_state');
    expect(await refusal(cases(rival).accept({ case: id, version: 1 }))).toBe('request.not_found');
    expect(await refusal(cases(rival).get({ case: id }))).toBe('request.not_found');
  });

  it('has a clock that runs out, and stops while it is resolved', async () => {
    const { unit } = await deliveredUnit();
    const { id } = await cases(shop).open(report(unit));
    const late = later(11);
    expect((await cases(shop, late).get({ case: id })).overdue).toBe(true);
    expect((await cases(maker, late).list({ overdue: true })).items.map((each) => each.id)).toContain(id);
    const dueBy = later(20)().toISOString();
    await cases(maker).accept({ case: id, version: 1, dueBy });
    expect(await cases(shop, late).get({ case: id })).toMatchObject({ dueBy, overdue: false });
    await cases(maker).resolve({ case: id, version: 2, cause: 'x', resolution: 'y' });
    expect((await cases(shop, later(30)).get({ case: id })).overdue).toBe(false);
    expect((await cases(maker, later(30)).list({ overdue: true })).items.map((each) => each.id)).not.toContain(id);
  });

  it('rests on evidence that whoever names it can see', async () => {
    const { unit } = await deliveredUnit();
    const hidden = await at(rival).lifecycle.lots.register({ code: 'secret', quantity: { value: '1', unit: 'H87' } });
    const { id } = await cases(shop).open(report(unit));
    expect(await refusal(cases(shop).addEvidence({ case: id, kind: 'lot', id: hidden.id }))).toBe('request.not_found');
    expect(await refusal(cases(shop).addEvidence({ case: id, kind: 'run', id: hidden.id }))).toBe('request.not_found');
    await cases(shop).addEvidence({ case: id, kind: 'unit', id: unit, note: 'the one in the window' });
    await cases(shop).addEvidence({ case: id, kind: 'unit', id: unit });
    expect((await cases(maker).get({ case: id })).evidence).toMatchObject([{ kind: 'unit', id: unit, side: 'reporter' }]);
  });

  it('makes what is done to the unit part of its life, for the other side to read', async () => {
    const { unit } = await deliveredUnit();
    const { id } = await cases(shop).open(report(unit));
    const spare = await at(shop).lifecycle.lots.register({ code: `spare-${made}`, quantity: { value: '5', unit: 'H87' } });
    const part = { thing: spare.id, quantity: '1', position: 'C12' };
    const worked = await cases(shop).recordWork({ case: id, activity: { kind: 'serviced', inputs: [part], outputs: [{ thing: unit }] } });
    const [evidence] = worked.evidence;
    expect(evidence).toMatchObject({ kind: 'activity', side: 'reporter' });
    const activity = await at(maker).lifecycle.activities.get({ activity: evidence?.id ?? '' });
    expect(activity).toMatchObject({ kind: 'serviced', performer: { code: 'shop' } });
    expect(await refusal(cases(maker).recordWork({ case: id, activity: { kind: 'serviced', outputs: [{ thing: unit }] } }))).toBe(
      'lifecycle.not_held',
    );
  });

  it('is listed by side and state, in pages', async () => {
    const { unit } = await deliveredUnit();
    const first = await cases(shop).open(report(unit));
    const second = await cases(shop).open(report(unit));
    const page = await cases(maker).list({ side: 'resolver', state: 'open', limit: 1 });
    expect(page.items.map(({ id }) => id)).toEqual([second.id]);
    const next = await cases(maker).list({ side: 'resolver', state: 'open', limit: 1, cursor: page.next ?? '' });
    expect(next.items.map(({ id }) => id)).toEqual([first.id]);
    expect((await cases(maker).list({ side: 'reporter' })).items).toEqual([]);
    expect((await cases(rival).list({})).items).toEqual([]);
  });
});
