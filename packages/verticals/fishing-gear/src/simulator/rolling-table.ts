import { createHold, createNoise, type Machine, type MachineOptions } from '@yunfab/simulator';
import type { BlankDesign } from '../blank/design.js';
import { designIn, designNamed } from './designs.js';

/** Seconds of one blank: lay the flags, roll, wind the tape. */
const stages = { lay: 40, roll: 12, tape: 38 } as const;
const cycle = stages.lay + stages.roll + stages.tape;

/** kPa: more plies are rolled harder. */
const pressureOf = ({ plies }: BlankDesign) => 220 + 20 * plies.length;

/** One blank every minute and a half; a fresh roll of prepreg comes out of the freezer when the last has been out too long. */
export function createRollingTable({ seed, program }: MachineOptions): Machine {
  let design = designNamed(program);
  const noise = createNoise(seed);
  const hold = createHold();
  let second = 0;
  let outTime = 40 + 200 * noise.uniform();
  let mandrel = 44;
  return {
    cycleSeconds: () => cycle,
    // Its blanks go wrong where they are designed, cured and tested; it has no fault of its own.
    setFault() {},
    commands: {
      load_design(given) {
        design = designIn(given);
        return { design: design.code };
      },
      hold_next_blank: hold.ask,
    },
    next() {
      const held = second === cycle && hold.waits();
      second = held ? cycle : (second % cycle) + 1;
      outTime = outTime > 640 ? 2 : outTime + 1 / 3600;
      const rolling = second > stages.lay && second <= stages.lay + stages.roll;
      mandrel += ((rolling ? 48 : 42) - mandrel) / 60;
      const values = {
        rolling_pressure: rolling ? Math.round(pressureOf(design) + 6 * noise.gauss()) : 0,
        mandrel_temperature: Math.round(10 * (mandrel + 0.1 * noise.gauss())) / 10,
        tape_tension: !held && second > stages.lay + stages.roll ? Math.round(10 * (48 + 1.2 * noise.gauss())) / 10 : 0,
        prepreg_out_time: Math.round(100 * outTime) / 100,
      };
      return { values, events: [] };
    },
  };
}
