import { statfsSync } from 'node:fs';
import { assertMigrated, assertUnprivileged } from '@yunfab/core/database';
import { listPartitions } from '@yunfab/core/equipment';
import { readFeedLag } from '@yunfab/core/events';
import { sampleStored } from '@yunfab/core/files';
import { dayOf, daysAfter } from '@yunfab/core/measure';
import { findLedgerViolations, ledgerInvariants } from '@yunfab/core/orders';
import type { Command } from 'commander';
import type { Config } from '../config/index.js';
import { fileStoreOf } from '../files/index.js';
import { expectedMigrations } from '../platform/migrate.js';
import { command } from './command.js';
import { type Reach, withReach } from './reach.js';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found; when not ok, what to do. */
  readonly detail: string;
}

const leastDiskBytes = 1024 ** 3;
const mostClockMs = 2_000;
const sampledFiles = 20;

export const doctorCommand: Command = command(
  'doctor',
  'check database, roles, schema, events, clock, files and disk; say what to fix',
  (config, options) =>
    withReach(config, async (reach) => {
      const findings = [...(await checkAll(config, reach)), ...(options['ledger'] ? await checkLedger(reach) : [])];
      const text = findings.map(({ check, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${check}: ${detail}`).join('\n');
      return { data: findings, text, failed: findings.some(({ ok }) => !ok) };
    }),
).option('--ledger', 'also add up every order: nothing made, shipped or accepted that was not');

async function checkAll(config: Config, { database, verticals }: Reach): Promise<Finding[]> {
  return [
    await attempt('database', async () => {
      const { rows } = await database.runtime.pool.query<{ version: string }>("select current_setting('server_version') as version");
      const version = rows[0]?.version ?? '';
      if (Number.parseInt(version, 10) < 15) throw new Error(`PostgreSQL ${version} is too old; install 15 or newer`);
      return `PostgreSQL ${version}`;
    }),
    await attempt('roles', async () => {
      for (const role of [database.runtime, database.system, database.ingest]) await assertUnprivileged(role.pool);
      return 'runtime, system and ingest cannot see past row-level security';
    }),
    await attempt('schema', async () => {
      for (const [schema, migrations] of Object.entries(expectedMigrations(verticals)))
        await assertMigrated(database.runtime.handle, schema, migrations);
      return 'up to date';
    }),
    await attempt('events', async () => {
      const { pending, oldestMs } = await readFeedLag(database.system);
      if (oldestMs > 10_000)
        throw new Error(`${pending} events wait, the oldest for ${Math.round(oldestMs / 1000)} s; is a server running?`);
      return `${pending} wait`;
    }),
    await attempt('telemetry', async () => {
      const samples = (await listPartitions(database.system)).filter(({ parent }) => parent === 'sample');
      const days = new Set(samples.map(({ begins }) => dayOf(begins)));
      const missing = [0, 1].map((ahead) => daysAfter(dayOf(new Date()), ahead)).find((day) => !days.has(day));
      if (missing) throw new Error(`the partition of ${missing} is missing; is a server running? "yunfab migrate" makes it`);
      return `${days.size} days, from ${dayOf(samples[0]?.begins ?? new Date())} to ${dayOf(samples.at(-1)?.begins ?? new Date())}`;
    }),
    await attempt('clock', async () => {
      const before = Date.now();
      const { rows } = await database.runtime.pool.query<{ now: Date }>('select clock_timestamp() as now');
      const off = Math.abs((rows[0]?.now.getTime() ?? 0) - (before + Date.now()) / 2);
      if (off > mostClockMs) throw new Error(`this machine and the database differ by ${Math.round(off)} ms; synchronise both with NTP`);
      return `within ${Math.ceil(off)} ms of the database`;
    }),
    await attempt('files', async () => {
      const store = fileStoreOf(config);
      await store.check();
      const sample = await sampleStored(database.system, sampledFiles);
      const sizes = await Promise.all(sample.map(async (file) => ({ ...file, found: await store.sizeOf(file.sha256) })));
      const lost = sizes.filter(({ size, found }) => found !== size);
      if (lost[0])
        throw new Error(
          `${lost.length} of ${sample.length} contents looked at are not whole at ${store.place}, first ${lost[0].sha256}; restore it from the backup`,
        );
      return `${store.place} can be written; ${sample.length} contents looked at are whole`;
    }),
    await attempt('disk', async () => {
      const { bavail, bsize } = statfsSync(config.dataDir);
      const free = bavail * bsize;
      if (free < leastDiskBytes) throw new Error(`only ${Math.round(free / 1024 ** 2)} MB free at ${config.dataDir}; free at least 1 GB`);
      return `${Math.round(free / 1024 ** 3)} GB free at ${config.dataDir}`;
    }),
  ];
}

async function checkLedger({ owner }: Reach): Promise<Finding[]> {
  const violations = await findLedgerViolations(owner);
  return ledgerInvariants.map(({ name }) => {
    const found = violations.filter(({ invariant }) => invariant === name);
    const [first] = found;
    return {
      check: `ledger: ${name}`,
      ok: !first,
      detail: first ? `${found.length} violations, first ${first.subject}: ${first.found}` : 'holds',
    };
  });
}

async function attempt(check: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work() };
  } catch (error) {
    return { check, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
