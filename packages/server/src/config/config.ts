import { resolve } from 'node:path';
import type { DatabaseUrls } from '@yunfab/core/database';
import type { TelemetryKept } from '@yunfab/core/equipment';
import { z } from 'zod';
import { configErrors } from './errors.js';

/** Everything that a process of the platform is told from outside; see `docs` for each variable. */
export interface Config {
  readonly http: { readonly host: string; readonly port: number; readonly trustProxy: boolean; readonly publicUrl: string | null };
  readonly database: { readonly kind: 'embedded' } | { readonly kind: 'server'; readonly urls: DatabaseUrls };
  readonly dataDir: string;
  readonly files: FilesConfig;
  readonly broker: BrokerConfig;
  readonly telemetry: TelemetryKept;
  /** How far a device's clock may be off, or how late its values may come, before they are marked. */
  readonly clockSkewMs: number;
  /** What a broker that asks over HTTP about devices shows of itself; null: nobody may ask. */
  readonly mqttAuthSecret: string | null;
  /** Where `yunfab gateway` answers `/livez`, `/readyz` and `/metrics`; null: nowhere. */
  readonly gatewayHttp: { readonly host: string; readonly port: number } | null;
  /** npm packages whose verticals may be loaded. */
  readonly verticals: readonly string[];
  readonly auditHash: 'sha256';
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Signs session cookies; null when none was given. */
  readonly secret: string | null;
}

export interface FilesConfig {
  /** For one file. */
  readonly mostBytes: number;
  /** Null: in the data folder. */
  readonly s3: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  } | null;
}

export type BrokerConfig =
  | { readonly kind: 'embedded'; readonly host: string; readonly port: number; readonly tls: BrokerTls | null }
  | {
      readonly kind: 'external';
      readonly url: string;
      /** Stable, one for each gateway process: the broker keeps its session under it. Null: the first free of yunfab-1, yunfab-2, … */
      readonly clientId: string | null;
      /** Who may vouch for the broker; null: those that Node.js trusts. */
      readonly caFile: string | null;
      /** What this gateway shows of itself to a broker that asks for certificates. */
      readonly certificate: { readonly certFile: string; readonly keyFile: string } | null;
      /** An administrator of Mosquitto's dynamic-security plugin, who keeps the devices' accounts; null: the broker has its own way. */
      readonly accountsUrl: string | null;
      /** EMQX's management API, by which devices are cut off; null: they are as its caches age. */
      readonly emqx: { readonly url: string; readonly key: string; readonly secret: string } | null;
    };

export interface BrokerTls {
  readonly port: number;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const port = (fallback: number) =>
  z.coerce
    .number('it must be a port, 0 to 65535')
    .int('it must be a whole number')
    .min(0, 'it must be 0 or more')
    .max(65535, 'it must be at most 65535')
    .default(fallback);
const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `it must be a URL that begins with ${protocols.map((name) => `${name}//`).join(' or ')}`,
    );
/** `{bucket}` may stand in the host, where a store wants the bucket there. */
const s3Url = z
  .string()
  .refine(
    (text) => /^https?:\/\//.test(text) && URL.canParse(text.replace('{bucket}', 'bucket')),
    'it must be a URL that begins with http:// or https://; {bucket} may stand in its host',
  );
const postgresUrl = url('postgres:', 'postgresql:');
const days = z.coerce
  .number('it must be a number of days')
  .int('it must be a whole number of days')
  .min(1, 'it must be at least 1 day')
  .max(36_500, 'it must be at most 36500 days; leave it out to keep everything')
  .optional();
const flag = z.enum(['true', 'false', '1', '0'], 'it must be true or false').transform((text) => text === 'true' || text === '1');

const environmentSchema = z.object({
  YUNFAB_HTTP_PORT: port(4600),
  YUNFAB_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  YUNFAB_PUBLIC_URL: url('http:', 'https:').optional(),
  YUNFAB_DATABASE_URL: postgresUrl.optional(),
  YUNFAB_DATABASE_SYSTEM_URL: postgresUrl.optional(),
  YUNFAB_DATABASE_INGEST_URL: postgresUrl.optional(),
  YUNFAB_DATABASE_OWNER_URL: postgresUrl.optional(),
  YUNFAB_DATA_DIR: z.string().min(1).default('.yunfab'),
  YUNFAB_FILES_MAX_BYTES: z.coerce
    .number('it must be a number of bytes')
    .int('it must be a whole number of bytes')
    .min(1, 'it must be at least 1')
    .max(5 * 1024 ** 3, 'it must be at most 5368709120, which is what S3 takes at once')
    .default(2 * 1024 ** 3),
  YUNFAB_FILES_S3_ENDPOINT: s3Url.optional(),
  YUNFAB_FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'it must be the name of a bucket: 3 to 63 of a-z, 0-9, . and -')
    .optional(),
  YUNFAB_FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  YUNFAB_FILES_S3_ACCESS_KEY_ID: z.string().optional(),
  YUNFAB_FILES_S3_SECRET_ACCESS_KEY: z.string().optional(),
  YUNFAB_MQTT_PORT: port(1883),
  YUNFAB_MQTT_HOST: z.string().min(1).default('127.0.0.1'),
  YUNFAB_MQTT_TLS_PORT: port(8883),
  YUNFAB_MQTT_TLS_CERT: z.string().optional(),
  YUNFAB_MQTT_TLS_KEY: z.string().optional(),
  YUNFAB_MQTT_TLS_CA: z.string().optional(),
  YUNFAB_MQTT_URL: url('mqtt:', 'mqtts:', 'ws:', 'wss:').optional(),
  YUNFAB_MQTT_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,60}$/, 'it must be 1 to 60 letters, digits, . _ -')
    .optional(),
  YUNFAB_TELEMETRY_KEEP_DAYS: days,
  YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS: days,
  YUNFAB_TELEMETRY_KEEP_HOURS_DAYS: days,
  YUNFAB_TELEMETRY_KEEP_EVENTS_DAYS: days,
  YUNFAB_TELEMETRY_KEEP_LETTERS_DAYS: days,
  YUNFAB_TELEMETRY_KEEP_COMMANDS_DAYS: days,
  YUNFAB_TELEMETRY_CLOCK_SKEW_MINUTES: z.coerce
    .number('it must be a number of minutes')
    .int('it must be a whole number of minutes')
    .min(1, 'it must be at least 1 minute')
    .max(576_000, 'it must be at most 576000 minutes, 400 days: what is farther off is refused')
    .default(10),
  YUNFAB_MQTT_ACCOUNTS_URL: url('mqtt:', 'mqtts:').optional(),
  YUNFAB_MQTT_EMQX_URL: url('http:', 'https:').optional(),
  YUNFAB_MQTT_EMQX_KEY: z.string().optional(),
  YUNFAB_MQTT_EMQX_SECRET: z.string().optional(),
  YUNFAB_MQTT_CA: z.string().optional(),
  YUNFAB_MQTT_AUTH_SECRET: z.string().min(32, 'it must be at least 32 characters (for example `openssl rand -base64 32`)').optional(),
  YUNFAB_MQTT_CERT: z.string().optional(),
  YUNFAB_MQTT_KEY: z.string().optional(),
  YUNFAB_GATEWAY_HTTP_PORT: port(0).optional(),
  YUNFAB_GATEWAY_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  YUNFAB_VERTICALS: z
    .string()
    .default(
      '@yunfab/vertical-tire,@yunfab/vertical-medical-device,@yunfab/vertical-fishing-gear,@yunfab/vertical-peripherals,@yunfab/vertical-apparel',
    ),
  YUNFAB_AUDIT_HASH: z.enum(['sha256'], 'it must be sha256; sm3 is not there yet').default('sha256'),
  YUNFAB_TRUST_PROXY: flag.default(false),
  YUNFAB_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'it must be trace, debug, info, warn, error or silent')
    .default('info'),
  YUNFAB_SECRET: z.string().optional(),
});

/** Reads the environment; throws `config.invalid` naming the first wrong variable, its value and what it may be. */
export function readConfig(environment: Environment): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([name, value]) => name.startsWith('YUNFAB_') && value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw configErrors.invalid({ name, value: shown(name, present[name]), problem: issue?.message });
  }
  const env = parsed.data;
  return {
    http: {
      host: env.YUNFAB_HTTP_HOST,
      port: env.YUNFAB_HTTP_PORT,
      trustProxy: env.YUNFAB_TRUST_PROXY,
      publicUrl: env.YUNFAB_PUBLIC_URL ?? null,
    },
    database: env.YUNFAB_DATABASE_URL ? { kind: 'server', urls: urlsOf(env.YUNFAB_DATABASE_URL, env) } : { kind: 'embedded' },
    dataDir: resolve(env.YUNFAB_DATA_DIR),
    files: { mostBytes: env.YUNFAB_FILES_MAX_BYTES, s3: s3Of(env) },
    broker: brokerOf(env),
    telemetry: keptOf(env),
    clockSkewMs: env.YUNFAB_TELEMETRY_CLOCK_SKEW_MINUTES * 60_000,
    mqttAuthSecret: env.YUNFAB_MQTT_AUTH_SECRET ?? null,
    gatewayHttp:
      present['YUNFAB_GATEWAY_HTTP_PORT'] === undefined
        ? null
        : { host: env.YUNFAB_GATEWAY_HTTP_HOST, port: env.YUNFAB_GATEWAY_HTTP_PORT ?? 0 },
    verticals: env.YUNFAB_VERTICALS.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && name !== 'none'),
    auditHash: env.YUNFAB_AUDIT_HASH,
    logLevel: env.YUNFAB_LOG_LEVEL,
    secret: env.YUNFAB_SECRET ?? null,
  };
}

/** The owner's URL, which only migrating commands need; throws `config.owner_url_missing`. */
export function ownerUrl(config: Config): string {
  const owner = config.database.kind === 'server' ? config.database.urls.owner : undefined;
  if (!owner) throw configErrors.owner_url_missing();
  return owner;
}

/** What `yunfab start` insists on; throws `config.secret_missing` or `config.secret_weak`. */
export function requireSecret(config: Config): string {
  const { secret } = config;
  if (!secret) throw configErrors.secret_missing();
  if (secret.length < 32) throw configErrors.secret_weak({ problem: `${secret.length} characters` });
  if (new Set(secret).size < 10) throw configErrors.secret_weak({ problem: 'it repeats few characters' });
  if (/default|change.?me|example|placeholder|demo|password|secret/i.test(secret))
    throw configErrors.secret_weak({ problem: 'it is a placeholder' });
  return secret;
}

type Parsed = z.output<typeof environmentSchema>;

/** Where no URL of their own is given, system and ingest connect like runtime under their own names. */
function urlsOf(runtime: string, env: Parsed): DatabaseUrls {
  const as = (role: string) => {
    const url = new URL(runtime);
    url.username = role;
    return url.toString();
  };
  return {
    runtime,
    system: env.YUNFAB_DATABASE_SYSTEM_URL ?? as('yunfab_system'),
    ingest: env.YUNFAB_DATABASE_INGEST_URL ?? as('yunfab_ingest'),
    ...(env.YUNFAB_DATABASE_OWNER_URL ? { owner: env.YUNFAB_DATABASE_OWNER_URL } : {}),
  };
}

/** All four or none; a store that is named by half would silently be the disk. */
function s3Of(env: Parsed): FilesConfig['s3'] {
  const given = allOrNone(env, [
    'YUNFAB_FILES_S3_ENDPOINT',
    'YUNFAB_FILES_S3_BUCKET',
    'YUNFAB_FILES_S3_ACCESS_KEY_ID',
    'YUNFAB_FILES_S3_SECRET_ACCESS_KEY',
  ]);
  if (!given) return null;
  const [endpoint = '', bucket = '', accessKeyId = '', secretAccessKey = ''] = given;
  return { endpoint, bucket, region: env.YUNFAB_FILES_S3_REGION, accessKeyId, secretAccessKey };
}

/** The values of these in their order; null where none is set. Throws `config.invalid` for the first that is missing. */
function allOrNone<Name extends keyof Parsed>(env: Parsed, names: readonly Name[]): Parsed[Name][] | null {
  const set = names.find((name) => env[name] !== undefined);
  if (set === undefined) return null;
  const missing = names.find((name) => env[name] === undefined);
  if (missing) throw configErrors.invalid({ name: missing, value: '', problem: `${set} is set, so it is needed too` });
  return names.map((name) => env[name]);
}

function brokerOf(env: Parsed): BrokerConfig {
  const emqx = emqxOf(env);
  if (!env.YUNFAB_MQTT_URL) return { kind: 'embedded', host: env.YUNFAB_MQTT_HOST, port: env.YUNFAB_MQTT_PORT, tls: tlsOf(env) };
  return {
    kind: 'external',
    url: env.YUNFAB_MQTT_URL,
    clientId: env.YUNFAB_MQTT_CLIENT_ID ?? null,
    caFile: env.YUNFAB_MQTT_CA ?? null,
    certificate: pairOf(env, 'YUNFAB_MQTT_CERT', 'YUNFAB_MQTT_KEY'),
    accountsUrl: env.YUNFAB_MQTT_ACCOUNTS_URL ?? null,
    emqx,
  };
}

function emqxOf(env: Parsed): Extract<BrokerConfig, { kind: 'external' }>['emqx'] {
  const given = allOrNone(env, ['YUNFAB_MQTT_EMQX_URL', 'YUNFAB_MQTT_EMQX_KEY', 'YUNFAB_MQTT_EMQX_SECRET']);
  if (!given) return null;
  allOrNone(env, ['YUNFAB_MQTT_EMQX_URL', 'YUNFAB_MQTT_URL']);
  if (env.YUNFAB_MQTT_ACCOUNTS_URL)
    throw configErrors.invalid({
      name: 'YUNFAB_MQTT_EMQX_URL',
      value: shown('YUNFAB_MQTT_EMQX_URL', env.YUNFAB_MQTT_EMQX_URL),
      problem: 'YUNFAB_MQTT_ACCOUNTS_URL is set as well, and that is of Mosquitto; one broker is one of the two',
    });
  const [address = '', key = '', secret = ''] = given;
  return { url: address, key, secret };
}

/** What is summed up of samples outlives them, and hours outlive minutes: they are what is left of a year. */
function keptOf(env: Parsed): TelemetryKept {
  const shorter = [
    ['YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS', 'YUNFAB_TELEMETRY_KEEP_DAYS'],
    ['YUNFAB_TELEMETRY_KEEP_HOURS_DAYS', 'YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS'],
  ] as const;
  for (const [name, least] of shorter) {
    const value = env[name];
    if (value !== undefined && value < (env[least] ?? Number.POSITIVE_INFINITY))
      throw configErrors.invalid({
        name,
        value: String(value),
        problem: `it must be at least ${least}, which is ${env[least] ?? 'not set: everything is kept'}`,
      });
  }
  return {
    samplesDays: env.YUNFAB_TELEMETRY_KEEP_DAYS ?? null,
    minutesDays: env.YUNFAB_TELEMETRY_KEEP_MINUTES_DAYS ?? null,
    hoursDays: env.YUNFAB_TELEMETRY_KEEP_HOURS_DAYS ?? null,
    eventsDays: env.YUNFAB_TELEMETRY_KEEP_EVENTS_DAYS ?? null,
    lettersDays: env.YUNFAB_TELEMETRY_KEEP_LETTERS_DAYS ?? null,
    commandsDays: env.YUNFAB_TELEMETRY_KEEP_COMMANDS_DAYS ?? null,
  };
}

function tlsOf(env: Parsed): BrokerTls | null {
  const pair = pairOf(env, 'YUNFAB_MQTT_TLS_CERT', 'YUNFAB_MQTT_TLS_KEY');
  return pair && { port: env.YUNFAB_MQTT_TLS_PORT, ...pair, caFile: env.YUNFAB_MQTT_TLS_CA ?? null };
}

type Certificate = 'YUNFAB_MQTT_TLS_CERT' | 'YUNFAB_MQTT_CERT';
type Key = 'YUNFAB_MQTT_TLS_KEY' | 'YUNFAB_MQTT_KEY';

function pairOf(env: Parsed, certificate: Certificate, key: Key): { readonly certFile: string; readonly keyFile: string } | null {
  const { [certificate]: certFile, [key]: keyFile } = env;
  if (!certFile && !keyFile) return null;
  if (!certFile)
    throw configErrors.invalid({ name: certificate, value: '', problem: `${key} is set, so the certificate file is needed too` });
  if (!keyFile) throw configErrors.invalid({ name: key, value: '', problem: `${certificate} is set, so the key file is needed too` });
  return { certFile, keyFile };
}

/** A wrong value is shown so that it can be found, but never a password. */
function shown(name: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (/SECRET/.test(name)) return '…';
  return value.replace(/:\/\/([^:@/]*):[^@/]*@/, '://$1:…@');
}
