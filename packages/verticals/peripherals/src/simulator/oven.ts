import { createHold, createNoise, type Machine, type MachineEvent, type MachineOptions, refusal, runName, textIn } from '@yunfab/simulator';

/** °C of the zones and cm/min of a lead-free program for a small two-layer board. */
interface OvenProgram {
  readonly zones: readonly number[];
  readonly speed: number;
}

export const ovenPrograms: Readonly<Record<string, OvenProgram>> = {
  'sac305-mainboard': { zones: [110, 135, 155, 170, 180, 190, 210, 238, 250, 248], speed: 75 },
  'sac305-interface': { zones: [110, 135, 155, 170, 180, 190, 208, 236, 249, 248], speed: 78 },
};

const zoneLength = 35;
/** °C of the two cooling zones. */
const cooling = [120, 45];
/** s in which the board follows the air that blows on it, heated from both sides or cooled from above. */
const heatedIn = 26;
const cooledIn = 34;
/** The part of a zone, at each of its ends, over which its air mixes with the neighbour's. */
const mixing = 0.2;
const ambient = 25;
/** s between one panel leaving and the next entering. */
const pause = 24;
const driftOfZone = { index: 8, by: -45 };
const haste = 1.4;

/** A ten-zone convection oven: the board follows the air of the zone it is in, Newton's law with one time constant each for heating and cooling. */
export function createOven({ seed, program: first = 'sac305-mainboard', faults }: MachineOptions): Machine {
  const given = ovenPrograms[first];
  if (!given) throw new RangeError(`the oven has no program "${first}"; it has ${Object.keys(ovenPrograms).join(', ')}`);
  let program = first;
  let recipe = given;
  const noise = createNoise(seed);
  const lock = createHold();
  const active = new Set(faults);
  const passOf = ({ zones: heated, speed }: OvenProgram) => Math.ceil((zoneLength * (heated.length + cooling.length)) / (speed / 60));
  let passSeconds = passOf(recipe);
  const zones = [...recipe.zones];
  let second = 0;
  let position = 0;
  let board = ambient;
  let frozen: number | null = null;
  let run = '';

  function moveBoard(speed: number): void {
    const airs = [...zones, ...cooling];
    position = Math.min(position + speed / 60, zoneLength * airs.length - 0.001);
    const heated = position < zoneLength * zones.length;
    board += (airAt(position, airs) - board) / (heated ? heatedIn : cooledIn);
  }

  return {
    cycleSeconds: () => passSeconds + pause,
    setFault: (name, on) => (on ? active.add(name) : active.delete(name)),
    commands: {
      activate_recipe(asked) {
        const name = textIn(asked, 'recipe');
        const wanted = ovenPrograms[name];
        const known = Object.keys(ovenPrograms).join(', ');
        if (!wanted) throw refusal(`there is no recipe "${name}"; there are ${known}`, `没有程序“${name}”；现有 ${known}`);
        if (second >= 1 && second < passSeconds) throw refusal(`the board ${run} is in the oven`, `板 ${run} 仍在炉内`);
        program = name;
        recipe = wanted;
        passSeconds = passOf(recipe);
        // The last board has left: the pause before the next one begins anew.
        second = passSeconds;
        return { recipe: name };
      },
      lock_station: lock.ask,
    },
    next(ts) {
      const locked = second === passSeconds + pause && lock.waits();
      if (!locked) second = (second % (passSeconds + pause)) + 1;
      for (const [index, set] of recipe.zones.entries()) {
        const target = active.has('low_zone') && index === driftOfZone.index ? set + driftOfZone.by : set;
        zones[index] = (zones[index] as number) + (target - (zones[index] as number)) / 20;
      }
      const speed = recipe.speed * (active.has('fast_conveyor') ? haste : 1);
      const events: MachineEvent[] = [];
      if (second === 1) {
        position = 0;
        board = ambient + noise.gauss();
        frozen = null;
        run = runName(ts);
        events.push({ type: 'run_started', run, program });
      }
      if (second <= passSeconds) moveBoard(speed);
      if (second === Math.floor(passSeconds / 2)) frozen = board;
      if (second === passSeconds) events.push({ type: 'run_ended', run }, { type: 'count', run, good: 1, scrap: 0 });
      const read = active.has('stuck_thermocouple') && frozen !== null ? frozen : board + 0.15 * noise.gauss();
      return {
        values: {
          ...Object.fromEntries(zones.map((air, index) => [`zone_${index + 1}_temperature`, round(air + 0.2 * noise.gauss())])),
          conveyor_speed: round(speed + 0.05 * noise.gauss()),
          oxygen: Math.round(650 + 20 * noise.gauss()),
          ...(second <= passSeconds ? { board_temperature: round(read, 2) } : {}),
        },
        events,
      };
    },
  };
}

/** °C of the air at a position, cm from the entrance. */
function airAt(position: number, airs: readonly number[]): number {
  const index = Math.min(airs.length - 1, Math.floor(position / zoneLength));
  const within = position / zoneLength - index;
  const own = airs[index] as number;
  const before = airs[index - 1] ?? ambient;
  const after = airs[index + 1] ?? ambient;
  if (within < mixing) return own + ((before - own) / 2) * (1 - within / mixing);
  if (within > 1 - mixing) return own + ((after - own) / 2) * ((within - 1 + mixing) / mixing);
  return own;
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
