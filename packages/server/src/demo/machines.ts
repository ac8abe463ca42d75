import type { DemoEquipment } from '@yunfab/core/verticals';
import type { DemoRecord } from './record.js';
import { findEquipment } from './seed.js';
import type { Play } from './stage.js';

/** A simulated machine that is ready to be switched on. */
export interface Machine {
  readonly organization: string;
  readonly device: string;
  readonly model: string;
  readonly token: string;
  readonly program: string;
  readonly speed: number;
  readonly faults: readonly string[];
  /** Unix ms of the newest value that is stored; null for a new machine. */
  readonly lastSeen: number | null;
  /** Unix ms at which its first history ended; null for a new machine. */
  readonly since: number | null;
}

/** Exactly `count` machines: the first of the story, and beyond those copies under numbered codes. */
export function castMachines(story: readonly DemoEquipment[], count: number | null): DemoEquipment[] {
  if (count === null || story.length === 0) return [...story];
  return Array.from({ length: count }, (_, index) => {
    const role = story[index % story.length] as DemoEquipment;
    const copy = Math.floor(index / story.length);
    if (copy === 0) return role;
    const suffix = `-${copy + 1}`;
    return {
      ...role,
      code: `${role.code}${suffix}`,
      name: `${role.name} ${copy + 1}`,
      device: { ...role.device, code: `${role.device.code}${suffix}` },
    };
  });
}

/** Registers equipment and device where they are missing, and gives each its token: the kept one, else a new one. */
export async function readyMachines(
  cast: readonly DemoEquipment[],
  play: Play,
  kept: Pick<DemoRecord, 'tokens' | 'since'>,
): Promise<Machine[]> {
  const machines: Machine[] = [];
  for (const role of cast) {
    const { organization, device, model } = role;
    const equipment = await findEquipment(play, organization, role.code).catch(async () => {
      const { code, name, parent } = role;
      return ((await play(organization, 'equipment.create', { code, name, model, parent })) as { id: string }).id;
    });
    const key = `${organization}/${device.code}`;
    const token = kept.tokens[key] ?? (await issueToken(play, organization, equipment, device.code));
    const { code, program, speed = 1, faults = [] } = device;
    const seen = await lastSeen(play, organization, equipment);
    const since = seen === null ? null : (kept.since?.[key] ?? null);
    machines.push({ organization, device: code, model, token, program, speed, faults, lastSeen: seen, since });
  }
  return machines;
}

async function issueToken(play: Play, organization: string, equipment: string, device: string): Promise<string> {
  const { items } = (await play(organization, 'equipment.devices.list', { equipment })) as {
    readonly items: readonly { readonly device: string }[];
  };
  const known = items.some((each) => each.device === device);
  const made = known
    ? play(organization, 'equipment.devices.rotate', { device })
    : play(organization, 'equipment.devices.create', { equipment, device });
  return ((await made) as { readonly token: string }).token;
}

async function lastSeen(play: Play, organization: string, equipment: string): Promise<number | null> {
  const { signals } = (await play(organization, 'equipment.telemetry.latest', { equipment })) as {
    readonly signals: Readonly<Record<string, { readonly ts: number | null }>>;
  };
  const times = Object.values(signals).flatMap(({ ts }) => (ts === null ? [] : [ts]));
  return times.length > 0 ? Math.max(...times) : null;
}
