import type { SimulatedDevice, Vertical } from '@yunfab/core/verticals';
import { createClient, isYunfabError, type Yunfab } from '@yunfab/sdk';
import { apparel } from '@yunfab/vertical-apparel';
import { fishingGear } from '@yunfab/vertical-fishing-gear';
import { medicalDevice } from '@yunfab/vertical-medical-device';
import { peripherals } from '@yunfab/vertical-peripherals';
import { tire } from '@yunfab/vertical-tire';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlatform, servePlatform } from './served-platform.js';

/** The simulated machines of each industry, told by the SDK what to do, over the broker of a whole platform in another process. */

let platform: ServedPlatform;
let plant: Yunfab;
const made: Machine[] = [];
beforeAll(async () => {
  platform = await servePlatform();
  plant = createClient({ url: platform.httpUrl, apiKey: await platform.company('plant') });
}, 120_000);
afterAll(() => platform?.close());
afterEach(async () => {
  for (const machine of made.splice(0)) await machine.leave();
});

const within = { timeout: 30_000, interval: 100 };
/** A device's clock is moved ahead of the platform's in these tests, so what it is sent must not expire by it. */
const day = 86_400;
/** Less than what a simulated device catches up in one go, s. */
const longestStride = 500;

type Command = Awaited<ReturnType<Yunfab['equipment']['commands']['get']>>;

interface Machine {
  readonly equipment: string;
  readonly device: string;
  arrive(options?: { readonly faults?: readonly string[] }): Promise<SimulatedDevice>;
  leave(): Promise<void>;
  /** Lets so many seconds of the machine's own time pass, until the platform has what it did in them. */
  pass(seconds: number): Promise<void>;
  /** Sends a command and waits for its end. */
  tell(name: string, parameters?: Record<string, unknown>): Promise<Command>;
  /** What a signal read in the last seconds that passed. */
  read(signal: string, seconds: number): Promise<unknown[]>;
  /** The programs of its runs, the newest first. */
  programs(): Promise<(string | null)[]>;
}

let count = 0;

type Industry = Pick<Vertical, 'id' | 'simulator'>;

async function machineOf(vertical: Industry, model: string): Promise<Machine> {
  const code = `m-${++count}`;
  const { id: equipment } = await plant.equipment.create({ code, name: code, model });
  const { token } = await plant.equipment.devices.create({ device: code, equipment });
  /** The device's clock stands unless it is moved, so that a slow computer changes nothing. */
  let now = Date.now();
  const clock = () => now;
  let present: SimulatedDevice | null = null;
  let since = now;
  const range = async (signals: string[] | undefined, from: number) =>
    (await plant.equipment.telemetry.range({ equipment, ...(signals ? { signals } : {}), from, to: clock() + 60_000 })).signals;
  const machine: Machine = {
    equipment,
    device: code,
    async arrive({ faults = [] } = {}) {
      if (!vertical.simulator) throw new Error(`${vertical.id} simulates nothing`);
      const reach = { mqttUrl: platform.mqttUrl, organization: 'plant', device: code, password: token ?? '' };
      present = await vertical.simulator.createDevice({ ...reach, equipmentModel: model, clock, faults, seed: 7 });
      since = now;
      await present.start();
      return present;
    },
    async leave() {
      await present?.stop();
      present = null;
    },
    async pass(seconds) {
      for (let left = seconds; left > 0; left -= longestStride) {
        const stride = Math.min(left, longestStride);
        now += stride * 1000;
        const reached = now - 1000;
        // A printer tells what it does every half a minute.
        const heard = async () => Object.values(await range(undefined, reached - 40_000)).some(({ ts }) => ts.length > 0);
        await expect.poll(heard, within).toBe(true);
      }
    },
    async tell(name, parameters = {}) {
      const { id } = await plant.equipment.commands.send({ device: code, name, parameters, expiresInS: day });
      await expect.poll(() => stateOf(id), within).toMatch(/acknowledged|rejected/);
      return plant.equipment.commands.get({ command: id });
    },
    async read(signal, seconds) {
      const { [signal]: series } = await range([signal], Math.max(since, clock() - seconds * 1000));
      return series?.value ?? [];
    },
    async programs() {
      const { items } = await plant.production.runs.list({ equipment });
      return items.map(({ program }) => program);
    },
  };
  made.push(machine);
  return machine;
}

const stateOf = async (command: string) => (await plant.equipment.commands.get({ command })).state;
const done = (more: object = {}) => ({ state: 'acknowledged', answer: { ok: true, late: false, more } });
const refused = (reason: string) => ({ state: 'rejected', answer: { ok: false, error: expect.stringContaining(reason) } });

const verticals: readonly Industry[] = [tire, medicalDevice, fishingGear, peripherals, apparel];
const simulated = verticals.flatMap((vertical) => (vertical.simulator?.equipmentModels ?? []).map((model) => ({ vertical, model })));

describe('every simulated machine', () => {
  it.each(simulated)('$model knows what its model declares, and nothing moves it', async ({ vertical, model }) => {
    const machine = await machineOf(vertical, model);
    await machine.arrive();
    const { commands } = await plant.equipment.get({ equipment: machine.equipment });
    expect(commands?.length).toBeGreaterThan(0);
    for (const { name, parameters } of commands ?? []) {
      expect(name).not.toMatch(/^(start|release|resume|unlock|open|close)/);
      const sample = parameters.map(({ name: parameter, kind, range, choices }) => {
        const text = choices ? Object.keys(choices)[0] : 'something';
        return [parameter, kind === 'number' ? (range?.low ?? 1) : kind === 'boolean' ? true : text];
      });
      const { state, answer } = await machine.tell(name, Object.fromEntries(sample));
      expect({ name, state, answer }).toMatchObject(
        state === 'acknowledged' ? { answer: { ok: true } } : { answer: { error: expect.not.stringContaining('knows no command') } },
      );
    }
    const unknown = await plant.equipment.commands.send({ device: machine.device, name: 'start' }).catch((error: unknown) => error);
    expect(isYunfabError(unknown, 'equipment.command_unknown')).toBe(true);
  });
});

describe('a curing press', () => {
  it('cures by the recipe that it is given, longer when asked, and stays open when held; it refuses what does not fit', async () => {
    const press = await machineOf(tire, 'tire.curing-press');
    await press.arrive();
    expect(await press.tell('extend_cure', { duration: 2 })).toMatchObject(refused('no cure is under way'));
    expect(await press.tell('load_recipe', { recipe: 'soup' })).toMatchObject(refused('there is no recipe "soup"'));
    const tooLong = plant.equipment.commands.send({ device: press.device, name: 'extend_cure', parameters: { duration: 60 } });
    await expect(tooLong).rejects.toMatchObject({ code: 'equipment.parameter_invalid' });
    expect(await press.tell('load_recipe', { recipe: 'pcr-225-45-r17' })).toMatchObject(done({ recipe: 'pcr-225-45-r17' }));
    await press.pass(120);
    await expect.poll(press.programs, within).toEqual(['pcr-225-45-r17']);
    expect(await press.tell('load_recipe', { recipe: 'pcr-205-55-r16' })).toMatchObject(done());
    expect(await press.tell('extend_cure', { duration: 5 })).toMatchObject(done({ duration: 5 }));
    expect(await press.tell('hold_next_cycle')).toMatchObject(done());
    expect(await press.tell('hold_next_cycle')).toMatchObject(refused('held already'));
    // Ten minutes of the recipe and five more, then the press is open for a minute until it would close.
    await press.pass(780);
    const { items } = await plant.production.runs.list({ equipment: press.equipment });
    expect(items[0]).toMatchObject({ program: 'pcr-225-45-r17', endedAt: null });
    await press.pass(300);
    await expect.poll(() => press.read('press_state', 300), within).toContain('held');
    expect(await press.programs()).toEqual(['pcr-225-45-r17']);
    await press.pass(600);
    await expect.poll(press.programs, within).toEqual(['pcr-205-55-r16', 'pcr-225-45-r17']);
  });

  it('that is away is given what has not expired when it comes back, and reports what is set on it', async () => {
    const press = await machineOf(tire, 'tire.curing-press');
    await press.arrive();
    await press.leave();
    const send = (name: string, expiresInS: number) =>
      plant.equipment.commands.send({ device: press.device, name, parameters: { recipe: 'pcr-225-45-r17' }, expiresInS });
    const [wanted, gone] = [await send('load_recipe', day), await send('load_recipe', 1)];
    const set = (version: number, configuration: Record<string, unknown>) =>
      plant.equipment.configuration.set({ device: press.device, version, configuration });
    await set(0, { report_interval: 10 });
    await expect(set(1, { report_interval: 600 })).rejects.toMatchObject({ code: 'equipment.setting_invalid' });
    await expect.poll(() => stateOf(gone.id), within).toBe('expired');
    await press.arrive();
    await expect.poll(() => stateOf(wanted.id), within).toBe('acknowledged');
    const state = async () => (await plant.equipment.configuration.get({ device: press.device })).state;
    await expect.poll(state, within).toBe('applied');
    const { trail, ...ended } = await plant.equipment.commands.get({ command: gone.id });
    expect(ended.state).toBe('expired');
    expect(trail.map(({ what }) => what)).not.toContain('acknowledged');
    await press.pass(400);
    const inMinutes = await press.read('mould_temperature', 300);
    expect(inMinutes.length).toBeGreaterThan(20);
    expect(inMinutes.length).toBeLessThan(40);
  });
});

describe('a steam sterilizer', () => {
  it('keeps its program while a cycle is under way, and ends one from afar only to the safe side', async () => {
    const sterilizer = await machineOf(medicalDevice, 'medical-device.steam-sterilizer');
    await sterilizer.arrive();
    expect(await sterilizer.tell('abort_cycle', { reason: 'drill' })).toMatchObject(refused('no cycle is under way'));
    expect(await sterilizer.tell('load_program', { program: 'polymer-121' })).toMatchObject(done({ program: 'polymer-121' }));
    await sterilizer.pass(200);
    await expect.poll(sterilizer.programs, within).toEqual(['polymer-121']);
    expect(await sterilizer.tell('load_program', { program: 'wrapped-134' })).toMatchObject(refused('is under way'));
    expect(await sterilizer.tell('abort_cycle', { reason: 'power' })).toMatchObject(done({ reason: 'power' }));
    await sterilizer.pass(60);
    const newest = async () => (await plant.production.runs.list({ equipment: sterilizer.equipment })).items[0]?.endedAt ?? null;
    await expect.poll(newest, within).not.toBeNull();
    const [pressure] = (await sterilizer.read('chamber_pressure', 10)).slice(-1);
    expect(pressure).toBeCloseTo(1.013, 1);
  });
});

describe('the machines of a rod plant', () => {
  it('the oven takes a design between two cures, dwells for longer only while it dwells', async () => {
    const oven = await machineOf(fishingGear, 'fishing-gear.curing-oven');
    await oven.arrive();
    expect(await oven.tell('extend_dwell', { duration: 10 })).toMatchObject(refused('does not dwell'));
    expect(await oven.tell('load_design', { design: 'LURE-702-2' })).toMatchObject(done({ design: 'LURE-702-2' }));
    await oven.pass(400);
    await expect.poll(oven.programs, within).toEqual(['LURE-702-2']);
    expect(await oven.tell('load_design', { design: 'FLY-905-4' })).toMatchObject(refused('is under way'));
    const answers: string[] = [];
    while (answers.length < 15 && !answers.includes('acknowledged')) {
      await oven.pass(longestStride);
      answers.push((await oven.tell('extend_dwell', { duration: 10 })).state);
    }
    expect(answers).toContain('acknowledged');
    expect(answers).toContain('rejected');
  });

  it('the bench is zeroed while it is not loaded', async () => {
    const bench = await machineOf(fishingGear, 'fishing-gear.deflection-bench');
    await bench.arrive({ faults: ['drifting_load_cell'] });
    expect(await bench.tell('zero_load_cell')).toMatchObject(done({ moved: 0.05 }));
    await bench.pass(30);
    for (const load of (await bench.read('load_cell', 20)).map(Number)) expect(Math.abs(load)).toBeLessThan(0.03);
    await bench.pass(90);
    await expect.poll(bench.programs, within).toHaveLength(1);
    expect(await bench.tell('zero_load_cell')).toMatchObject(refused('is under way'));
  });
});

describe('peripherals', () => {
  it('the reflow oven takes a recipe between two boards, and no board once it is locked', async () => {
    const oven = await machineOf(peripherals, 'peripherals.reflow-oven');
    await oven.arrive();
    expect(await oven.tell('activate_recipe', { recipe: 'sac305-interface' })).toMatchObject(done({ recipe: 'sac305-interface' }));
    await oven.pass(60);
    await expect.poll(oven.programs, within).toEqual(['sac305-interface']);
    expect(await oven.tell('activate_recipe', { recipe: 'sac305-mainboard' })).toMatchObject(refused('is in the oven'));
    expect(await oven.tell('lock_station', { reason: 'quality_issue' })).toMatchObject(done());
    await oven.pass(800);
    expect(await oven.programs()).toEqual(['sac305-interface']);
  });

  it('the printer prints a status page unless paper is jammed', async () => {
    const printer = await machineOf(peripherals, 'peripherals.printer');
    const device = await printer.arrive();
    const { answer, state } = await printer.tell('print_status_page', { copies: 3 });
    expect(state).toBe('acknowledged');
    await printer.pass(40);
    const pages = Number((await printer.read('page_count', 40)).at(-1));
    expect(pages).toBeGreaterThanOrEqual(Number(answer?.more['pages']));
    device.setFault('paper_jam', true);
    expect(await printer.tell('print_status_page')).toMatchObject(refused('paper is jammed'));
  });
});

describe('a cutting room and a sewing line', () => {
  it('the cutter cuts the lay that it is given, and is left alone while it cuts', async () => {
    const cutter = await machineOf(apparel, 'apparel.cutter');
    await cutter.arrive();
    expect(await cutter.tell('load_lay', { lay: 'LAY-2108' })).toMatchObject(done({ lay: 'LAY-2108' }));
    expect(await cutter.tell('sharpen_before_next_cut')).toMatchObject(done());
    expect(await cutter.tell('sharpen_before_next_cut')).toMatchObject(refused('asked for already'));
    await cutter.pass(90);
    await expect.poll(cutter.programs, within).toEqual(['LAY-2108']);
    expect(await cutter.tell('load_lay', { lay: 'LAY-2107' })).toMatchObject(refused('is under way'));
  });

  it('the station sews no faster than it may, the press irons as hot as it is set', async () => {
    const station = await machineOf(apparel, 'apparel.sewing-station');
    await station.arrive();
    expect(await station.tell('limit_speed', { speed: 1200 })).toMatchObject(done({ speed: 1200 }));
    await station.pass(60);
    const speeds = (await station.read('sewing_speed', 50)).map(Number);
    expect(Math.max(...speeds)).toBe(1200);
    const press = await machineOf(apparel, 'apparel.press');
    await press.arrive();
    expect(await press.tell('set_temperature', { temperature: 120 })).toMatchObject(done({ temperature: 120 }));
    await press.pass(100);
    expect(Number((await press.read('iron_temperature', 10)).at(-1))).toBeLessThan(125);
    expect(await press.tell('set_temperature', { temperature: 150 })).toMatchObject(refused('is closed on'));
  });
});
