import { randomUUID } from 'node:crypto';
import type { Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';
import type { GatewayCounters } from '../pipeline/counters.js';

export interface ReporterOptions {
  readonly ingest: Connection;
  /** What people know this process by. */
  readonly name: string;
  readonly counters: () => GatewayCounters;
  readonly log: GatewayLog;
  readonly everyMs?: number;
}

const atMostMs = 1_000;

/**
 * Writes the counters of this process where all processes are seen together. A report is a moment's count, so the reconciliation holds
 * in it; one that fails is skipped, and the next says as much. The last says that the process stops; a killed one says nothing.
 */
export function createReporter({ ingest, name, counters, log, everyMs = 2_000 }: ReporterOptions) {
  const id = randomUUID();
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let failing = false;

  async function write(stopped: boolean): Promise<void> {
    try {
      await ingest.pool.query('select telemetry.report_gateway($1, $2, $3, $4, $5)', [
        ...[id, name.slice(0, 200), (performance.now() - began) / 1000, JSON.stringify(counters()), stopped],
      ]);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ error }, 'counters could not be reported and are again');
      failing = true;
    }
  }

  function report(): void {
    running ??= write(false).finally(() => {
      running = undefined;
    });
  }

  return {
    start(): void {
      report();
      timer = setInterval(report, everyMs);
      timer.unref();
    },
    /** Waits no longer than a second: a database that is away keeps nobody. */
    async stop(): Promise<void> {
      if (!timer) return;
      clearInterval(timer);
      const last = (running ?? Promise.resolve()).then(() => write(true));
      await Promise.race([last, new Promise((resolve) => setTimeout(resolve, atMostMs).unref())]);
    },
  };
}
