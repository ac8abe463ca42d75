import { readdirSync, readFileSync } from 'node:fs';

const parts = { gateway: 'gateway-process', publishers: 'publisher-process', broker: 'mosquitto', database: 'postgres' } as const;
export type CpuSeconds = Record<keyof typeof parts, number>;

const ticksPerSecond = 100;

/** Processor time that the parts of the bench have taken so far, ended children included; all zero where there is no /proc. */
export function cpuSeconds(): CpuSeconds {
  const used: CpuSeconds = { gateway: 0, publishers: 0, broker: 0, database: 0 };
  for (const [pid, { ticks }] of descendants()) {
    const command = readCommand(pid);
    const part = (Object.keys(parts) as (keyof typeof parts)[]).find((name) => command.includes(parts[name]));
    if (part) used[part] += ticks / ticksPerSecond;
  }
  return used;
}

interface Running {
  readonly parent: number;
  readonly ticks: number;
}

function descendants(): Map<number, Running> {
  const all = new Map<number, Running>();
  for (const name of safely(() => readdirSync('/proc'), [])) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    // proc(5): after the name in brackets come state and parent; times are the 12th to the 15th of what follows.
    const [, rest = ''] = safely(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '').split(/\) (?=[A-Z] )/);
    const fields = rest.split(' ');
    if (fields.length < 15) continue;
    all.set(pid, { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) });
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(all.get(pid)?.parent ?? 0));
  return new Map([...all].filter(([pid]) => pid !== process.pid && isOurs(pid)));
}

const readCommand = (pid: number): string => safely(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '');

function safely<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
