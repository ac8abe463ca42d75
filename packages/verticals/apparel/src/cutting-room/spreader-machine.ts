import { createHold, createNoise, type Machine, type MachineOptions, refusal, runName } from '@yunfab/simulator';
import { layIn, layNamed } from './known-lays.js';

const setupSeconds = 30;
const cutOffSeconds = 4;
const removeSeconds = 40;
/** m/min */
const speed = 38;

/** A spreader that lays ply on ply; a drifting brake pulls tighter with each, a wrong roll changes the shade halfway. */
export function createSpreader({ seed, program, faults }: MachineOptions): Machine {
  let lay = layNamed(program);
  const hold = createHold();
  const noise = createNoise(seed);
  const active = new Set(faults);
  const secondsOfPly = () => Math.ceil((lay.length / speed) * 60) + cutOffSeconds;
  const cycle = () => setupSeconds + lay.plies * secondsOfPly() + removeSeconds;
  const target = (lay.tension_low + lay.tension_high) / 2;
  let second = 0;
  let run = '';
  return {
    cycleSeconds: cycle,
    setFault: (name, on) => void (on ? active.add(name) : active.delete(name)),
    commands: {
      load_lay(given) {
        const wanted = layIn(given);
        const spread = setupSeconds + lay.plies * secondsOfPly();
        if (second >= setupSeconds && second <= spread) throw refusal(`the lay ${run} is under way`, `铺料 ${run} 正在进行`);
        if (second > setupSeconds) second = 0;
        lay = wanted;
        return { lay: lay.code };
      },
      hold_next_lay: hold.ask,
    },
    next(ts) {
      const held = second === setupSeconds - 1 && hold.waits();
      if (!held) second = (second % cycle()) + 1;
      const plySeconds = secondsOfPly();
      const into = second - setupSeconds - 1;
      const ply = Math.min(lay.plies, Math.max(0, Math.floor(into / plySeconds)));
      const inPly = into - ply * plySeconds;
      const busy = into >= 0 && ply < lay.plies;
      const moving = busy && inPly < plySeconds - cutOffSeconds;
      const laid = moving
        ? Math.min(lay.length + 0.02, ((inPly + 1) / (plySeconds - cutOffSeconds)) * (lay.length + 0.02))
        : busy
          ? lay.length + 0.02
          : 0;
      const drift = active.has('tension_drift') ? 1 + (0.9 * ply) / lay.plies : 1;
      const strange = active.has('mixed_shade') && ply >= lay.plies / 2;
      const values = {
        spreader_state: moving ? 'laying' : busy ? 'cutting_off' : 'idle',
        plies: busy ? ply + (moving ? 0 : 1) : into >= 0 ? lay.plies : 0,
        ply_length: Number((laid + noise.gauss() * 0.002 * (moving ? 0 : 1) * (busy ? 1 : 0)).toFixed(3)),
        tension: Number((moving ? target * drift + noise.gauss() * 0.6 : 1 + noise.uniform()).toFixed(2)),
        spreading_speed: moving ? Number((speed + noise.gauss() * 0.5).toFixed(1)) : 0,
        shade_difference: busy ? Number(Math.abs((strange ? 2.4 : 0.3) + noise.gauss() * 0.08).toFixed(2)) : 0,
      };
      if (second === setupSeconds) return { values, events: [{ type: 'run_started', run: (run = runName(ts)), program: lay.code }] };
      if (second !== setupSeconds + lay.plies * plySeconds + 1) return { values, events: [] };
      return {
        values,
        events: [
          { type: 'run_ended', run },
          { type: 'count', run, good: lay.plies, scrap: 0 },
        ],
      };
    },
  };
}
