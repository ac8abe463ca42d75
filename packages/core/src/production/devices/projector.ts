import type { Clock } from '../../commands/index.js';
import { type ActorRef, type Database, inScope, type OrganizationId } from '../../database/index.js';
import {
  answerType,
  configurationReportType,
  organizationsWithPending,
  settleAnswer,
  settleConfigurationReport,
  takeDeviceEvents,
} from '../../equipment/index.js';
import { isYunfabError } from '../../errors/index.js';
import { deriveRuns, lastMinute } from '../rules/deriving.js';
import { rulesToDerive } from '../rules/rule-repository.js';
import { evaluateAndKeep } from '../runs/evaluation.js';
import { insertUnused, lockDueRuns, organizationsWithDueRuns } from '../runs/run-repository.js';
import { applyDeviceEvents, type ProjectionPorts } from './device-events.js';

/** As pino's. */
export interface ProjectorLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface ProjectorOptions extends ProjectionPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: ProjectorLog;
  /** How often it looks by itself; `wake` makes it look at once. */
  readonly pollMs?: number;
  /** How long it rests between two looks even when woken, so that a busy floor tells each order of its progress only so often. */
  readonly restMs?: number;
  /** How many events one transaction takes at most. */
  readonly batchSize?: number;
}

export interface DeviceEventProjector {
  start(): void;
  /** Resolves when the batch in hand is committed. */
  stop(): Promise<void>;
  /** Say when events were committed. */
  wake(): void;
  /** Works until nothing is pending or due; for tests and tools. */
  drain(): Promise<void>;
}

const runsAtOnce = 20;
/** Of one rule, before the next has its turn. */
const stepsAtOnce = 50;
const actor: ActorRef = { kind: 'system', id: 'production', label: 'Yunfab' };

/**
 * Turns what devices reported and measured into runs, counts, order progress, answered commands and reported configurations,
 * organization by organization. Exactly once: the events and their effect are one transaction, so a process killed at any moment
 * leaves either none of both or both.
 * Several projectors may run side by side.
 */
export function createDeviceEventProjector({
  database,
  clock,
  log,
  evaluators,
  progress,
  pollMs = 500,
  restMs = 150,
  batchSize = 500,
}: ProjectorOptions): DeviceEventProjector {
  const ports: ProjectionPorts = { evaluators, progress };
  let running: Promise<void> | null = null;
  let stopped = true;
  /** A backlog may be long: who stops does not wait for all of it, the next start goes on. */
  let ending = false;
  let rouse: () => void = () => {};
  let roused = false;

  const scoped = <Result>(organization: OrganizationId, work: Parameters<typeof inScope<Result>>[2]) =>
    inScope(database.runtime, { organization, actor, now: clock() }, work);

  async function applyBatch(organization: OrganizationId, limit: number): Promise<number> {
    return scoped(organization, async (scope) => {
      const events = await takeDeviceEvents(scope, limit);
      if (events.length > 0) await applyDeviceEvents(scope, events, ports);
      for (const event of events) {
        if (event.type === configurationReportType) await settleConfigurationReport(scope, event);
        const unused = event.type === answerType ? await settleAnswer(scope, event) : null;
        if (unused !== null) await insertUnused(scope, event, unused);
      }
      return events.length;
    });
  }

  /** One event that cannot be applied must not hold up those behind it: it is set aside with the reason. */
  async function applyOneByOne(organization: OrganizationId): Promise<void> {
    for (let applied = 0; applied < batchSize && !ending; applied++) {
      try {
        if ((await applyBatch(organization, 1)) === 0) return;
      } catch (error) {
        if (!isDataError(error)) throw error;
        await scoped(organization, async (scope) => {
          const [event] = await takeDeviceEvents(scope, 1);
          if (!event) return;
          await insertUnused(scope, event, messageOf(error));
          log.warn({ organization, event: event.id, type: event.type, error: messageOf(error) }, 'device event set aside');
        });
      }
    }
  }

  async function applyPending(organization: OrganizationId): Promise<void> {
    for (let taken = batchSize; taken === batchSize && !ending; ) {
      try {
        taken = await applyBatch(organization, batchSize);
      } catch (error) {
        if (!isDataError(error)) throw error;
        await applyOneByOne(organization);
      }
    }
  }

  /** Runs by rules on signals; what one pass leaves of a long backlog, the next takes up. */
  async function deriveMarked(): Promise<void> {
    const now = clock();
    for (const { organization, rule } of await rulesToDerive(database.system, { upTo: lastMinute(now), now })) {
      if (ending) return;
      try {
        let steps = 0;
        while (!ending && ++steps <= stepsAtOnce && (await scoped(organization, (scope) => deriveRuns(scope, rule, ports))));
      } catch (error) {
        log.error({ organization, rule, error: messageOf(error) }, 'runs by rule are derived again');
      }
    }
  }

  async function evaluateDue(organization: OrganizationId): Promise<void> {
    for (let found = runsAtOnce; found === runsAtOnce && !ending; ) {
      found = await scoped(organization, async (scope) => {
        const due = await lockDueRuns(scope, runsAtOnce);
        for (const run of due) await evaluateAndKeep(scope, run.id, evaluators, false);
        return due.length;
      });
    }
  }

  async function eachOrganization(
    find: () => Promise<OrganizationId[]>,
    work: (organization: OrganizationId) => Promise<void>,
  ): Promise<void> {
    for (const organization of await find()) {
      if (ending) return;
      await work(organization).catch((error: unknown) => log.error({ organization, error: messageOf(error) }, 'device events are retried'));
    }
  }

  async function drain(): Promise<void> {
    await eachOrganization(() => organizationsWithPending(database.system), applyPending);
    await deriveMarked();
    await eachOrganization(() => organizationsWithDueRuns(database.system, clock()), evaluateDue);
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      roused = false;
      await drain().catch((error: unknown) => log.error({ error: messageOf(error) }, 'the database cannot be reached; device events wait'));
      if (!stopped) await restFor(restMs);
      if (stopped || roused) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
        rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Only `stop` ends it early. */
  const restFor = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        if (!stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const wake = () => {
    roused = true;
    rouse();
  };

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      ending = false;
      running = loop();
    },
    async stop() {
      stopped = true;
      ending = true;
      wake();
      await running;
    },
    wake,
    drain,
  };
}

/** Trying again would end the same way: our own refusals, PostgreSQL's data exceptions (22) and integrity violations (23). */
function isDataError(error: unknown): boolean {
  if (isYunfabError(error)) return true;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]\w{3}$/.test(error.code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
