import { createHold, createNoise, type Machine, type MachineOptions, refusal, runName } from '@yunfab/simulator';
import { layIn, layNamed } from './known-lays.js';

const loadSeconds = 45;
const unloadSeconds = 40;
/** m/min with a sharp blade. */
const speed = 22;
/** m of cut after which the machine sharpens its blade. */
const sharpenEvery = 900;

/** A cutter whose blade wears with every metre; a dull one draws more and goes slower. */
export function createCutter({ seed, program, faults }: MachineOptions): Machine {
  let lay = layNamed(program);
  const hold = createHold();
  const noise = createNoise(seed);
  const active = new Set(faults);
  const pace = () => (active.has('dull_blade') ? speed * 0.7 : speed);
  const cutSeconds = () => Math.ceil((lay.cut_length / (speed * 0.7)) * 60);
  const cycle = () => loadSeconds + cutSeconds() + unloadSeconds;
  let sharpen = false;
  let second = 0;
  let cut = 0;
  let blade = 0;
  let run = '';
  let ended = true;
  return {
    cycleSeconds: cycle,
    setFault: (name, on) => void (on ? active.add(name) : active.delete(name)),
    commands: {
      load_lay(given) {
        const wanted = layIn(given);
        if (!ended) throw refusal(`the cut ${run} is under way`, `裁剪 ${run} 正在进行`);
        // After a cut the bed is cleared first, as long as that takes.
        if (second > loadSeconds) second = 1;
        lay = wanted;
        return { lay: lay.code };
      },
      hold_next_cut: hold.ask,
      sharpen_before_next_cut() {
        if (sharpen) throw refusal('it is asked for already', '已申请磨刀');
        sharpen = true;
        return { cut_with_blade: Number(blade.toFixed(1)) };
      },
    },
    next(ts) {
      const held = second === loadSeconds - 1 && hold.waits();
      if (!held) second = (second % cycle()) + 1;
      const events = [];
      if (second === loadSeconds) {
        cut = 0;
        if (sharpen) blade = 0;
        sharpen = false;
        ended = false;
        events.push({ type: 'run_started', run: (run = runName(ts)), program: lay.code });
      }
      const cutting = second > loadSeconds && cut < lay.cut_length;
      const head = cutting ? pace() + noise.gauss() * 0.8 : 0;
      if (cutting) {
        cut = Math.min(lay.cut_length, cut + head / 60);
        blade = (blade + head / 60) % sharpenEvery;
      }
      const wear = blade / sharpenEvery;
      const load = cutting ? (active.has('dull_blade') ? 7.6 : 4 + wear) + noise.gauss() * 0.2 : 0.4;
      // The run ends with the last second of the cutting time, however early the blade was through.
      if (!ended && second >= loadSeconds + cutSeconds()) {
        ended = true;
        events.push({ type: 'run_ended', run }, { type: 'count', run, good: lay.plies, scrap: 0 });
      }
      return {
        values: {
          head_speed: Number(head.toFixed(1)),
          cut_length: Number(cut.toFixed(2)),
          blade_load: Number(Math.max(0, load).toFixed(2)),
          blade_life: Number(blade.toFixed(1)),
          vacuum: Number((second >= loadSeconds ? 16 + noise.gauss() * 0.4 : 0.5).toFixed(1)),
        },
        events,
      };
    },
  };
}
