import { createNoise, type Machine, type MachineOptions, numberIn, refusal, runName, textIn } from '@yunfab/simulator';
import { speedLimit } from '../commands.js';
import { samOf } from '../routing/routing.js';

/** Hung in, positioned, sewn in bursts, looked over, sent on. */
const changeSeconds = 12;
const standard = 'shirt/side';

/** A station to which garments come one by one; thread breaks seldom, with a burr on the hook often. */
export function createSewingStation({ seed, program: first = standard, faults }: MachineOptions): Machine {
  const sam = samOf(first);
  if (sam === null) throw new RangeError(`there is no operation "${first}"; name garment and operation, as ${standard}`);
  const noise = createNoise(seed);
  const active = new Set(faults);
  let next = { program: first, sam };
  let now = next;
  let fastest: number = speedLimit.high;
  const cycle = () => changeSeconds + Math.round(now.sam * 60);
  let second = 0;
  let stitches = 0;
  let breaks = 0;
  let mending = 0;
  let run = '';
  return {
    cycleSeconds: cycle,
    setFault: (name, on) => void (on ? active.add(name) : active.delete(name)),
    commands: {
      load_operation(given) {
        const program = textIn(given, 'operation');
        const minutes = samOf(program);
        if (minutes === null) throw refusal(`there is no operation "${program}"`, `没有工序“${program}”`);
        next = { program, sam: minutes };
        return { operation: program };
      },
      limit_speed(given) {
        fastest = numberIn(given, 'speed', speedLimit);
        return { speed: fastest };
      },
    },
    next(ts) {
      second = (second % cycle()) + 1;
      const events = [];
      let tag: string | undefined;
      if (second === changeSeconds) {
        now = next;
        stitches = 0;
        breaks = 0;
        run = runName(ts);
        tag = `SIM-${run.slice(1)}`;
        events.push({ type: 'run_started', run, program: now.program }, { type: 'tag_in', run, tag });
      }
      // Eight seconds of sewing, six of handling.
      const sewing = second > changeSeconds && mending === 0 && (second - changeSeconds) % 14 < 8;
      const speed = sewing ? Math.min(fastest, 3300 + noise.gauss() * 180) : 0;
      if (mending > 0) mending--;
      if (sewing) {
        const sewn = Math.round(speed / 60);
        stitches += sewn;
        if (noise.uniform() < (sewn / 1000) * (active.has('thread_breaks') ? 6 : 0.05)) {
          breaks++;
          mending = 5;
        }
      }
      const values = {
        stitches,
        sewing_speed: Math.round(Math.max(0, speed)),
        thread_breaks: breaks,
        ...(tag === undefined ? {} : { tag }),
      };
      if (second !== cycle()) return { values, events };
      events.push({ type: 'tag_out', run }, { type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      return { values: { ...values, tag: '' }, events };
    },
  };
}
