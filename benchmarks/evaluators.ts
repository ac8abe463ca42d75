import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, connect } from '@yunfab/core/database';
import {
  type RunEvaluator,
  type RunFacts,
  type SampleSeries,
  type SpecificationValue,
  type Vertical,
  verticalSchema,
} from '@yunfab/core/verticals';
import { apparel } from '@yunfab/vertical-apparel';
import { fishingGear } from '@yunfab/vertical-fishing-gear';
import { medicalDevice } from '@yunfab/vertical-medical-device';
import { peripherals } from '@yunfab/vertical-peripherals';
import { tire } from '@yunfab/vertical-tire';

/**
 * How many samples each evaluator judges in a second, on the runs that the demo's machines made: the longest run of each
 * model that passed, with what the evaluator read from its tables, again and again on one core. Reading samples and facts
 * from the database is not counted.
 */

const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);
const repository = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-bench-evaluators-'));
const verticals: readonly Vertical[] = [apparel, fishingGear, medicalDevice, peripherals, tire] as unknown as Vertical[];

const demo = await start();
try {
  const { owner: url } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as { owner: string };
  const owner = connect(url, { max: 2, name: 'bench evaluators' });
  const rows: { evaluator: string; samples: number; samples_per_s: number }[] = [];
  try {
    for (const vertical of verticals)
      for (const evaluator of vertical.runEvaluators ?? []) rows.push(await measure(owner, vertical, evaluator as RunEvaluator));
  } finally {
    await owner.close();
  }
  console.table(rows);
  const figures = Object.fromEntries(rows.map(({ evaluator, samples_per_s }) => [evaluator, samples_per_s]));
  const slowest = Math.min(...rows.map(({ samples_per_s }) => samples_per_s));
  console.log(`slowest: ${(slowest / 1e6).toFixed(2)} M samples/s (goal 1)`);
  console.log(JSON.stringify({ bench: 'evaluators', slowest, ...figures }));
} finally {
  const ended = once(demo, 'exit');
  if (demo.pid !== undefined) process.kill(demo.pid, 'SIGINT');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}

/** Until the machines have told their past and their runs are judged. */
async function start(): Promise<ChildProcess> {
  const environment = {
    ...process.env,
    YUNFAB_DATABASE_URL: '',
    YUNFAB_DATA_DIR: dataDir,
    YUNFAB_HTTP_PORT: '4710',
    YUNFAB_MQTT_PORT: '18831',
  };
  const child = spawn(process.execPath, [join(repository, 'packages/server/bin/yunfab.js'), 'demo'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`yunfab demo ended with ${code}\n${said}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/^yunfab ready /m.test(said)) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, Number(process.env['BENCH_SETTLED_MS'] ?? 60_000)));
  return child;
}

interface PassedRun {
  readonly id: string;
  readonly equipment_id: string;
  readonly key: string;
  readonly program: string | null;
  readonly started_at: Date;
  readonly ended_at: Date;
  readonly specification: SpecificationValue | null;
}

async function measure(owner: Connection, vertical: Vertical, evaluator: RunEvaluator) {
  const { rows } = await owner.pool.query<PassedRun>(
    `select r.id, r.equipment_id, r.key, r.program, r.started_at, r.ended_at, j.specification
     from core.process_run r join core.equipment e on e.id = r.equipment_id
     left join core.operation o on o.id = r.operation_id left join core.job_order j on j.id = o.job_order_id
     where e.model = $1 and r.verdict = 'pass' order by r.ended_at - r.started_at desc limit 1`,
    [evaluator.equipmentModel],
  );
  const run = rows[0];
  if (!run) throw new Error(`no run of ${evaluator.equipmentModel} passed; the demo may need longer (BENCH_SETTLED_MS)`);
  const until = run.ended_at.getTime() + evaluator.tailMs;
  const samples = await samplesOf(owner, run, until, evaluator.signals);
  const facts: RunFacts = {
    key: run.key,
    program: run.program,
    startedAt: run.started_at.getTime(),
    endedAt: run.ended_at.getTime(),
    until,
  };
  const config = vertical.config ? vertical.config.parse({}) : {};
  const read = await evaluator.facts?.({
    db: owner.handle.withSchema(verticalSchema(vertical.id)),
    run: facts,
    specification: run.specification,
    config,
  });
  const input = { run: facts, samples, specification: run.specification, facts: read ?? {}, config };
  const { verdict, findings } = evaluator.evaluate(input);
  if (verdict !== 'pass') throw new Error(`${evaluator.id} says ${verdict} of run ${run.key} here: ${JSON.stringify(findings)}`);
  const count = Object.values(samples).reduce((sum, { ts }) => sum + ts.length, 0);
  let judged = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    evaluator.evaluate(input);
    judged++;
  }
  return { evaluator: evaluator.id, samples: count, samples_per_s: Math.round((judged * count) / ((performance.now() - began) / 1000)) };
}

async function samplesOf(
  owner: Connection,
  run: PassedRun,
  until: number,
  signals: readonly string[],
): Promise<Record<string, SampleSeries>> {
  const { rows } = await owner.pool.query<{ signal: string; ts: Date; value: number }>(
    `select s.signal, v.ts, v.value from telemetry.series s join telemetry.sample v on v.series = s.id
     where s.equipment_id = $1 and s.signal = any ($2) and v.ts between $3 and $4 and v.value is not null order by v.ts, v.ordinal`,
    [run.equipment_id, signals, run.started_at, new Date(until)],
  );
  const samples: Record<string, { ts: number[]; value: number[] }> = Object.fromEntries(
    signals.map((signal) => [signal, { ts: [], value: [] }]),
  );
  for (const { signal, ts, value } of rows) {
    samples[signal]?.ts.push(ts.getTime());
    samples[signal]?.value.push(value);
  }
  return samples;
}
