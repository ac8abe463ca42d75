import type { DemoStory } from '@yunfab/core/verticals';
import type { Config } from '../config/index.js';
import type { Logger } from '../operations/log.js';
import { withOwner } from '../platform/database.js';
import { type Platform, startPlatform } from '../platform/platform.js';
import { nextFreePort } from '../platform/ports.js';
import { demoSecret } from '../platform/secret.js';
import { playEpilogue } from './epilogue.js';
import { castMachines, type Machine, readyMachines } from './machines.js';
import { operator, seedOperator } from './operator.js';
import { demoPassword, demoPin } from './passwords.js';
import { readRecord, writeRecord } from './record.js';
import { seedStory } from './seed.js';
import { settled } from './settle.js';
import { startSimulators } from './simulator-process.js';
import { createStage } from './stage.js';
import type { Answers } from './teller.js';

export interface DemoOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly say: (message: string) => void;
  readonly seed: number;
  /** How many machines; null as many as the story has. */
  readonly devices: number | null;
  readonly speed: number;
}

export interface SignIn {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** With which this person works at the floor. */
  readonly badge?: { readonly code: string; readonly pin: string };
}

export interface Demo {
  readonly platform: Platform;
  readonly httpUrl: string;
  readonly mqttUrl: string;
  readonly signIns: readonly SignIn[];
  /** Switches the machines on: they tell their past, so that a run ends and an order moves within seconds. */
  goLive(): void;
  /** Resolves when every story is told to its end, or the demo is stopped before. */
  readonly told: Promise<void>;
  stop(): Promise<void>;
}

const historyMs = 6 * 3_600_000;

/** The platform on free ports with the demo world in it; starting again on the same data folder goes on where it stopped. */
export async function startDemo({ config: wanted, log, say, ...options }: DemoOptions): Promise<Demo> {
  const config = await onFreePorts(wanted, say);
  const secret = demoSecret(config.dataDir);
  const platform = await startPlatform({ config, secret, log, say });
  const { httpUrl, mqttUrl, verticals } = platform;
  try {
    const stories = storiesOf(platform);
    await seedOnce({ platform, stories, secret, say, dataDir: config.dataDir });
    const ready = () => machinesOf(platform, stories, config.dataDir, options.devices);
    await ready();
    let simulators: { stop(): Promise<void> } | null = null;
    const ending = new AbortController();
    const past = withResolvers();
    const told = past.promise.then(() =>
      asOwner(platform, async (owner) => {
        await settled(owner, ending.signal);
        const play = createStage(platform, owner, () => new Date());
        await Promise.all(
          stories.map(({ vertical, story }) =>
            playEpilogue({ vertical, calls: story.epilogue ?? [], dataDir: config.dataDir, play, log, signal: ending.signal }),
          ),
        );
      }),
    );
    const { seed, speed } = options;
    return {
      platform,
      httpUrl,
      mqttUrl,
      told,
      signIns: signInsOf(stories, secret),
      goLive() {
        const packages = verticals.map(({ source }) => source);
        simulators ??= startSimulators(
          async () => {
            const machines = await ready();
            const to = Date.now();
            rememberRhythm(config.dataDir, machines, to);
            return { packages, mqttUrl, machines, seed, speed, historyMs, to };
          },
          { log, onPastTold: past.resolve },
        );
      },
      async stop() {
        ending.abort();
        past.resolve();
        await simulators?.stop();
        await told;
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

interface ToldStory {
  readonly vertical: string;
  readonly story: DemoStory;
}

const storiesOf = ({ verticals }: Platform): ToldStory[] =>
  verticals.flatMap(({ vertical }) => (vertical.story ? [{ vertical: vertical.id, story: vertical.story }] : []));

interface Seeding {
  readonly platform: Platform;
  readonly stories: readonly ToldStory[];
  readonly secret: string;
  readonly say: (message: string) => void;
  readonly dataDir: string;
}

async function seedOnce({ platform, stories, secret, say, dataDir }: Seeding): Promise<void> {
  const record = readRecord(dataDir);
  if (record.seeded) return;
  say(stories.length === 1 ? 'telling the demo story …' : `telling ${stories.length} demo stories …`);
  const answers: Answers = {};
  await asOwner(platform, async (owner) => {
    // Before the machines' history begins, so that it counts for the orders that they work on.
    const began = new Date(Date.now() - historyMs - 60_000);
    const play = createStage(platform, owner, () => began);
    for (const each of stories) await seedStory({ platform, owner, ...each, secret, began, play, answers });
    await seedOperator({ platform, owner, secret, began });
  });
  writeRecord(dataDir, { ...record, answers, seeded: true });
}

async function machinesOf(platform: Platform, stories: readonly ToldStory[], dataDir: string, count: number | null): Promise<Machine[]> {
  const record = readRecord(dataDir);
  const machines = await asOwner(platform, (owner) =>
    readyMachines(
      castMachines(
        stories.flatMap(({ story }) => story.equipment),
        count,
      ),
      createStage(platform, owner, () => new Date()),
      record,
    ),
  );
  const tokens = Object.fromEntries(machines.map(({ organization, device, token }) => [`${organization}/${device}`, token]));
  writeRecord(dataDir, { ...record, tokens: { ...record.tokens, ...tokens } });
  return machines;
}

/** A new machine's history ends now; it goes on in that rhythm whenever the demo starts again. */
function rememberRhythm(dataDir: string, machines: readonly Machine[], now: number): void {
  const record = readRecord(dataDir);
  const began = machines
    .filter(({ since }) => since === null)
    .map(({ organization, device }) => [`${organization}/${device}`, now] as const);
  writeRecord(dataDir, { ...record, since: { ...record.since, ...Object.fromEntries(began) } });
}

function asOwner<Result>({ server }: Platform, work: Parameters<typeof withOwner<Result>>[1]): Promise<Result> {
  if (!server.urls.owner) throw new Error('the demo needs the owner of the schema: set YUNFAB_DATABASE_OWNER_URL');
  return withOwner(server.urls.owner, work);
}

function signInsOf(stories: readonly ToldStory[], secret: string): SignIn[] {
  const told = [...stories.flatMap(({ story }) => story.organizations), operator];
  const organizations = new Map(told.map((each) => [each.code, each] as const));
  return [...organizations.values()].flatMap(({ code, people }) =>
    people.map(({ email, name, badge }) => ({
      ...{ organization: code, email, name, password: demoPassword(secret, email) },
      ...(badge ? { badge: { code: badge, pin: demoPin(secret, badge) } } : {}),
    })),
  );
}

async function onFreePorts(config: Config, say: (message: string) => void): Promise<Config> {
  const { http, broker } = config;
  const port = await nextFreePort(http.host, http.port);
  if (port !== http.port) say(`port ${http.port} is taken; serving on ${port}`);
  if (broker.kind === 'external') return { ...config, http: { ...http, port } };
  const mqttPort = await nextFreePort(broker.host, broker.port, port);
  if (mqttPort !== broker.port) say(`port ${broker.port} is taken; MQTT on ${mqttPort}`);
  return { ...config, http: { ...http, port }, broker: { ...broker, port: mqttPort } };
}
