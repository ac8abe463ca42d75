import type { Config } from '../config/index.js';
import type { Logger } from '../operations/log.js';
import { startPlatform } from '../platform/platform.js';
import { nextFreePort } from '../platform/ports.js';
import { demoSecret } from '../platform/secret.js';

export interface DemoOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly say: (message: string) => void;
  readonly seed: number;
  readonly devices: number | null;
  readonly speed: number;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly organization: string;
}

export interface Demo {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  readonly signIns: readonly SignIn[];
  stop(): Promise<void>;
}

/** The platform on free ports with the demo world in it; starting again on the same data folder goes on where it stopped. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { log, say } = options;
  const config = await onFreePorts(options.config, say);
  const platform = await startPlatform({ config, secret: demoSecret(config.dataDir), log, say });
  return { httpUrl: platform.httpUrl, mqttUrl: platform.mqttUrl, signIns: [], stop: platform.stop };
}

async function onFreePorts(config: Config, say: (message: string) => void): Promise<Config> {
  const { http, broker } = config;
  const port = await nextFreePort(http.host, http.port);
  if (port !== http.port) say(`port ${http.port} is taken; serving on ${port}`);
  if (broker.kind === 'external') return { ...config, http: { ...http, port } };
  const mqttPort = await nextFreePort(broker.host, broker.port);
  if (mqttPort !== broker.port) say(`port ${broker.port} is taken; MQTT on ${mqttPort}`);
  return { ...config, http: { ...http, port }, broker: { ...broker, port: mqttPort } };
}
