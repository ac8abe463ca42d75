import {
  createHold,
  createNoise,
  type Machine,
  type MachineEvent,
  type MachineOptions,
  type MachineSecond,
  refusal,
  runName,
  textIn,
} from '@yunfab/simulator';

/** Faults of the machines that made the tires, as the uniformity machine sees them. */
export const uniformityFaults = {
  splice_open: { en: 'The splice of building drum 2 is open', zh: '2 号成型鼓接头开裂' },
  drum_offset: { en: 'Building drum 3 is off its centre', zh: '3 号成型鼓偏心' },
  mould_runout: { en: 'Mould 4 runs out', zh: '4 号模具跳动' },
} as const;
export type UniformityFault = keyof typeof uniformityFaults;

/** Its test programs: original equipment and replacement tires. */
const programs = ['pcr-oe', 'pcr-rm'];
const drums = 3;
const moulds = 4;
/** From one tire to the next; the machine spends the most of it on loading, inflating and warming up. */
const cycleSeconds = 90;
const startsAt = 60;
const clockwiseAt = 72;
const counterclockwiseAt = 80;
/** At 60 revolutions a minute, a sample every 4 ms. */
const points = 250;
const stepMs = 1000 / points;
const radialLoad = 4_500;

interface MeasuredTire {
  readonly drum: number;
  readonly mould: number;
  /** Amplitude, N, and phase of each harmonic. */
  readonly radial: readonly Harmonic[];
  readonly lateral: readonly Harmonic[];
  readonly conicity: number;
  readonly plySteer: number;
}
type Harmonic = readonly [amplitude: number, phase: number];

/**
 * A uniformity machine that measures passenger tires of three building drums and four moulds: a tire carries its harmonics
 * around it, so the other direction reads them backwards; conicity keeps its sign when it turns the other way, ply steer
 * does not. Each tire is loaded at a random angle to its drum's splice only in so far as the barcode is stuck on by hand.
 */
export function createUniformityMachine({ seed, program = 'pcr-oe', faults = [] }: Partial<MachineOptions> = {}): Machine {
  const noise = createNoise(seed ?? 1);
  const on = new Set<string>(faults);
  let second = 0;
  let run = '';
  let tires = 0;
  let tire: MeasuredTire | null = null;
  let next = program;
  const hold = createHold();

  function nextTire(): MeasuredTire {
    const drum = 1 + Math.floor(noise.uniform() * drums);
    const mould = 1 + Math.floor(noise.uniform() * moulds);
    const angle = () => 2 * Math.PI * noise.uniform();
    const own: Harmonic[] = [22, 12, 8, 5, 4, 3, 2.5, 2, 1.6, 1.2].map((size) => [size * (0.6 + 0.4 * noise.uniform()), angle()]);
    const marks: Harmonic[] = [];
    if (on.has('splice_open') && drum === 2) marks.push([26 + 4 * noise.gauss(), 2.1 + 0.15 * noise.gauss()]);
    if (on.has('mould_runout') && mould === 4) marks.push([20 + 3 * noise.gauss(), 4.6 + 0.15 * noise.gauss()]);
    const first = marks.reduce(added, own[0] as Harmonic);
    return {
      drum,
      mould,
      radial: [first, ...own.slice(1)],
      lateral: [14, 8, 5, 3, 2.4, 2, 1.5, 1.2, 1, 0.8].map((size) => [size * (0.6 + 0.4 * noise.uniform()), angle()]),
      conicity: 4 + 9 * noise.gauss() + (on.has('drum_offset') && drum === 3 ? 32 : 0),
      plySteer: 30 + 6 * noise.gauss(),
    };
  }

  /** One revolution in the second that ends at `ts`, read from the index mark on. */
  function revolution({ radial, lateral, conicity, plySteer }: MeasuredTire, ts: number, direction: 1 | -1): MachineSecond['burst'] {
    const name = direction === 1 ? 'cw' : 'ccw';
    return Array.from({ length: points }, (_, i) => {
      const angle = (2 * Math.PI * i * direction) / points;
      return {
        ts: ts - 1000 + Math.round((i + 1) * stepMs),
        values: {
          [`radial_force_${name}`]: hundredth(radialLoad + wave(radial, angle) + 0.8 * noise.gauss()),
          [`lateral_force_${name}`]: hundredth(conicity + direction * plySteer + wave(lateral, angle) + 0.5 * noise.gauss()),
        },
      };
    });
  }

  return {
    cycleSeconds: () => cycleSeconds,
    setFault: (name, active) => void (active ? on.add(name) : on.delete(name)),
    commands: {
      load_program(given) {
        const name = textIn(given, 'program');
        const known = programs.join(', ');
        if (!programs.includes(name))
          throw refusal(`there is no program "${name}"; there are ${known}`, `没有程序“${name}”；现有 ${known}`);
        next = name;
        return { program: name };
      },
      hold_next_tire: hold.ask,
    },
    next(ts) {
      if (second === 0 && hold.waits()) return { values: { inflation_pressure: 0 }, events: [] };
      second = (second + 1) % cycleSeconds;
      const events: MachineEvent[] = [];
      let burst: MachineSecond['burst'];
      let values: Record<string, number | string> = {
        inflation_pressure: hundredth((second < startsAt - 10 ? 0 : 2) + 0.01 * Math.abs(noise.gauss())),
      };
      if (second === startsAt) {
        tire = nextTire();
        tires++;
        events.push({ type: 'run_started', run: (run = runName(ts)), program: next });
        const barcode = `B${String(tire.drum).padStart(2, '0')}${String(tires).padStart(6, '0')}`;
        values = { ...values, barcode, points_per_revolution: points, building_drum: tire.drum, mould: tire.mould };
      }
      if (tire && second === clockwiseAt) burst = revolution(tire, ts, 1);
      if (tire && second === counterclockwiseAt) burst = revolution(tire, ts, -1);
      if (second === 0 && tire) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      return { values, ...(burst ? { burst } : {}), events };
    },
  };
}

const wave = (harmonics: readonly Harmonic[], angle: number): number =>
  harmonics.reduce((sum, [amplitude, phase], i) => sum + amplitude * Math.cos((i + 1) * angle - phase), 0);

function added([a, p]: Harmonic, [b, q]: Harmonic): Harmonic {
  const x = a * Math.cos(p) + b * Math.cos(q);
  const y = a * Math.sin(p) + b * Math.sin(q);
  return [Math.hypot(x, y), Math.atan2(y, x)];
}

const hundredth = (value: number) => Math.round(value * 100) / 100;
