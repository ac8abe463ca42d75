import { type CircularSummary, type MeanShift, mean, meanShift, summarize, summarizeAngles, wrapAngle } from '@yunfab/core/measure';

/** One graded tire: forces in N, the angle of its first harmonic in radians from the index mark. */
export interface GradedTire {
  readonly run: string;
  readonly buildingDrum: number | null;
  readonly mould: number | null;
  /** Peak-to-peak of the radial force's first harmonic. */
  readonly firstHarmonic: number;
  readonly angle: number;
  readonly conicity: number;
}

/** A machine that leaves its mark on the tires it made. */
export interface MachineAtFault {
  readonly kind: 'first_harmonic' | 'conicity';
  readonly machine: 'building_drum' | 'mould';
  readonly number: number;
  readonly tires: number;
  /** How likely by chance, times the number of machines looked at. */
  readonly p: number;
  /** Length of the mean resultant of its angles (first harmonic); null for conicity. */
  readonly resultantLength: number | null;
  /** Degrees from the index mark that the high points gather at; null for conicity. */
  readonly angle: number | null;
  /** N: the mark that it leaves, the part of H1 common to its tires or the shift of their conicity. */
  readonly size: number;
  readonly words: { readonly en: string; readonly zh: string };
}

/** A machine is judged from this many of its tires on. */
const fewestTires = 10;
const mostChance = 0.001;
/** Marks smaller than these, N, are no matter for a machine to be looked at. */
const leastHarmonic = 10;
const leastShift = 10;

interface Group {
  readonly machine: MachineAtFault['machine'];
  readonly number: number;
  readonly members: readonly number[];
}

/**
 * Finds the machines at fault among graded tires. High points of H1 that gather at one angle of a building drum's tires point
 * to its splice, of a mould's tires to the mould's runout (Rayleigh test); a conicity that differs from that of all other
 * tires points to a drum off its centre or a mould off its axis (Welch's t test). Strongest first; what a machine leaves on
 * its tires is taken out before the next is looked for, so that a mould is not blamed for the drum whose tires it got.
 */
export function findFaults(tires: readonly GradedTire[]): MachineAtFault[] {
  const groups = groupsOf(tires);
  return [...harmonicFaults(tires, groups), ...conicityFaults(tires, groups)];
}

function harmonicFaults(tires: readonly GradedTire[], groups: readonly Group[]): MachineAtFault[] {
  const vectors = tires.map(({ firstHarmonic, angle }) => ({ x: firstHarmonic * Math.cos(angle), y: firstHarmonic * Math.sin(angle) }));
  const faults: MachineAtFault[] = [];
  let left = groups;
  for (;;) {
    const strongest = left
      .map((group) => {
        const own = group.members.map((i) => vectors[i] as (typeof vectors)[number]);
        const common = { x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) };
        return { group, common, angles: summarizeAngles(own.map(({ x, y }) => Math.atan2(y, x))) };
      })
      .filter(({ angles, common }) => angles.p * groups.length <= mostChance && Math.hypot(common.x, common.y) >= leastHarmonic)
      .toSorted((a, b) => rayleighZ(b.angles) - rayleighZ(a.angles))[0];
    if (!strongest) return faults;
    const { group, common, angles } = strongest;
    faults.push(harmonicFault(group, common, angles, groups.length));
    for (const i of group.members) {
      const { x, y } = vectors[i] as (typeof vectors)[number];
      vectors[i] = { x: x - common.x, y: y - common.y };
    }
    left = left.filter((each) => each !== group);
  }
}

const rayleighZ = ({ count, resultantLength }: CircularSummary) => count * resultantLength ** 2;

function conicityFaults(tires: readonly GradedTire[], groups: readonly Group[]): MachineAtFault[] {
  const conicity = tires.map((tire) => tire.conicity);
  const faults: MachineAtFault[] = [];
  let left = groups;
  for (;;) {
    const strongest = left
      .flatMap((group) => {
        const shift = shiftOf(conicity, group);
        return shift && shift.p * groups.length <= mostChance && Math.abs(shift.shift) >= leastShift ? [{ group, shift }] : [];
      })
      .toSorted((a, b) => Math.abs(b.shift.t) - Math.abs(a.shift.t))[0];
    if (!strongest) return faults;
    const { group, shift } = strongest;
    faults.push(conicityFault(group, shift, groups.length));
    for (const i of group.members) conicity[i] = (conicity[i] as number) - shift.shift;
    left = left.filter((each) => each !== group);
  }
}

/** Of the group against all other tires; null where there is nothing to compare. */
function shiftOf(conicity: readonly number[], { members }: Group): MeanShift | null {
  const own = new Set(members);
  const inside = summarize(members.map((i) => conicity[i] as number));
  const rest = conicity.filter((_, i) => !own.has(i));
  if (rest.length < fewestTires) return null;
  const outside = summarize(rest);
  return inside.sd + outside.sd > 0 ? meanShift(outside, inside) : null;
}

/** Every machine with enough tires. */
function groupsOf(tires: readonly GradedTire[]): Group[] {
  const found = new Map<string, { machine: Group['machine']; number: number; members: number[] }>();
  for (const [i, { buildingDrum, mould }] of tires.entries())
    for (const [machine, number] of [['building_drum', buildingDrum] as const, ['mould', mould] as const]) {
      if (number === null) continue;
      const key = `${machine} ${number}`;
      const group = found.get(key) ?? { machine, number, members: [] };
      group.members.push(i);
      found.set(key, group);
    }
  return [...found.values()].filter(({ members }) => members.length >= fewestTires);
}

function harmonicFault(
  { machine, number, members }: Group,
  { x, y }: { readonly x: number; readonly y: number },
  { resultantLength, p }: CircularSummary,
  compared: number,
): MachineAtFault {
  const size = Math.round(Math.hypot(x, y) * 10) / 10;
  const angle = Math.round((wrapAngle(Math.atan2(y, x)) * 180) / Math.PI) % 360;
  const chance = Math.min(1, p * compared);
  const statistics = `r ${resultantLength.toFixed(2)}, p ${toldChance(chance)}`;
  const [en, zh] =
    machine === 'building_drum'
      ? [`Look at the splice of building drum ${number}`, `请检查成型鼓 ${number} 的接头`]
      : [`Look at the runout of mould ${number}`, `请检查模具 ${number} 的跳动`];
  return {
    kind: 'first_harmonic',
    machine,
    number,
    tires: members.length,
    p: chance,
    resultantLength: Math.round(resultantLength * 1000) / 1000,
    angle,
    size,
    words: {
      en: `${en}: the high points of ${members.length} tires gather at ${angle}°, ${size} N in common (Rayleigh ${statistics})`,
      zh: `${zh}：${members.length} 条轮胎的一次谐波高点集中于 ${angle}°，共同分量 ${size} N（Rayleigh ${statistics}）`,
    },
  };
}

function conicityFault({ machine, number, members }: Group, { shift, t, p }: MeanShift, compared: number): MachineAtFault {
  const size = Math.round(shift * 10) / 10;
  const chance = Math.min(1, p * compared);
  const statistics = `t ${Math.abs(t).toFixed(1)}, p ${toldChance(chance)}`;
  const [en, zh] =
    machine === 'building_drum'
      ? [`Look at the centring of building drum ${number}`, `请检查成型鼓 ${number} 的对中`]
      : [`Look at the alignment of mould ${number}`, `请检查模具 ${number} 的对正`];
  return {
    kind: 'conicity',
    machine,
    number,
    tires: members.length,
    p: chance,
    resultantLength: null,
    angle: null,
    size,
    words: {
      en: `${en}: the conicity of its ${members.length} tires is shifted by ${size} N (Welch ${statistics})`,
      zh: `${zh}：${members.length} 条轮胎的锥度效应偏移 ${size} N（Welch ${statistics}）`,
    },
  };
}

const toldChance = (p: number): string => (p < 1e-12 ? '< 1e-12' : p.toPrecision(2));
