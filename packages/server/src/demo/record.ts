import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the demo remembers between starts. The device tokens in it open the demo's own simulated machines. */
export interface DemoRecord {
  readonly seeded: boolean;
  /** `organization/device` → token. */
  readonly tokens: Readonly<Record<string, string>>;
  /** `organization/device` → Unix ms at which the machine's first history ended; it keeps that rhythm. */
  readonly since?: Readonly<Record<string, number>>;
  /** What calls of the stories answered, by name: later calls refer to it. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Vertical → how many calls of its epilogue are told. */
  readonly told?: Readonly<Record<string, number>>;
}

const fileOf = (dataDir: string) => join(dataDir, 'demo.json');

export function readRecord(dataDir: string): DemoRecord {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as DemoRecord;
  } catch {
    return { seeded: false, tokens: {} };
  }
}

/** Beside and then renamed, so that an interrupted start leaves the old record or the new one. */
export function writeRecord(dataDir: string, record: DemoRecord): void {
  const file = fileOf(dataDir);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
