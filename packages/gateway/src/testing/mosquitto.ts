import { type ChildProcess, spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const binary = [
  process.env['YUNFAB_TEST_MOSQUITTO'],
  ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'mosquitto')),
  '/usr/sbin/mosquitto',
].find((path) => path && existsSync(path));

/** As docs/devices.md gives them for every Mosquitto. */
const bounds = ['max_queued_messages 0', 'max_inflight_messages 0', 'max_packet_size 4194304'];

/** Why the tests on a real Mosquitto are skipped; null when there is one. */
export const withoutMosquitto: string | null = binary ? null : 'no mosquitto binary; install mosquitto or name it in YUNFAB_TEST_MOSQUITTO';

export interface Mosquitto {
  readonly url: string;
  /** Where gateways come in: a user there may have several clients. */
  readonly gatewayUrl: string;
  stop(): Promise<void>;
}

export interface MosquittoUser {
  readonly username: string;
  readonly password: string;
}

/** The access list that docs/devices.md gives: a device reaches its own topics, the gateway all of them. */
const accessList = (gateway: string) => `user ${gateway}
topic readwrite yf/v1/#

pattern write yf/v1/%u/telemetry
pattern write yf/v1/%u/event
pattern write yf/v1/%u/status
pattern write yf/v1/%u/command/ack
pattern write yf/v1/%u/config/reported
pattern readwrite yf/v1/%u/time
pattern read yf/v1/%u/command
pattern read yf/v1/%u/config
`;

const plugin = [
  process.env['YUNFAB_TEST_MOSQUITTO_DYNSEC'],
  '/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/mosquitto_dynamic_security.so',
].find((path) => path && existsSync(path));

/** Why the tests on its dynamic-security plugin are skipped; null when it is there. */
export const withoutDynamicSecurity: string | null =
  withoutMosquitto ?? (plugin ? null : 'no mosquitto_dynamic_security.so; name it in YUNFAB_TEST_MOSQUITTO_DYNSEC');

/** One with the dynamic-security plugin and nobody in it but this administrator; stopped and started it keeps its port and accounts. */
export async function startSecuredMosquitto(admin: MosquittoUser): Promise<Mosquitto & { start(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'yunfab-mosquitto-'));
  const port = await freePort();
  const salt = randomBytes(12);
  const acls = ['publishClientSend', 'publishClientReceive', 'subscribePattern'].map((acltype) => ({
    acltype,
    topic: '$CONTROL/dynamic-security/#',
    allow: true,
  }));
  const client = {
    username: admin.username,
    password: pbkdf2Sync(admin.password, salt, 101, 64, 'sha512').toString('base64'),
    salt: salt.toString('base64'),
    iterations: 101,
    roles: [{ rolename: 'admin' }],
  };
  writeFileSync(join(folder, 'accounts.json'), JSON.stringify({ clients: [client], roles: [{ rolename: 'admin', acls }] }));
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    `plugin ${plugin}`,
    `plugin_opt_config_file ${join(folder, 'accounts.json')}`,
    ...bounds,
    'persistence false',
    'user root',
  ];
  writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  let child: ChildProcess | undefined;
  process.once('exit', () => child?.kill('SIGKILL'));
  const url = `mqtt://127.0.0.1:${port}`;
  const secured = {
    url,
    gatewayUrl: url,
    async start() {
      child = spawn(binary as string, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
      await answering(port, child);
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
  await secured.start();
  return secured;
}

/** PEM texts. */
export interface MosquittoTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Whoever connects shows a certificate of this CA. */
  readonly requireCertificate?: boolean;
}

/** One that speaks TLS only, to anyone. */
export async function startTlsMosquitto({ ca, cert, key, requireCertificate = false }: MosquittoTls): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'yunfab-mosquitto-'));
  const port = await freePort();
  for (const [name, pem] of Object.entries({ ca, cert, key })) writeFileSync(join(folder, `${name}.pem`), pem);
  return startOn(folder, port, port, [
    ...[...bounds, 'persistence false', 'user root', `listener ${port} 127.0.0.1`],
    ...['ca', 'cert', 'key'].map((name) => `${name}file ${join(folder, `${name}.pem`)}`),
    `require_certificate ${requireCertificate}`,
    'allow_anonymous true',
  ]);
}

/** Starts one on a free port. With users it asks for passwords and binds the client id to the user; otherwise anyone may enter. */
export async function startMosquitto(users?: {
  readonly gateway: MosquittoUser;
  readonly devices: readonly MosquittoUser[];
}): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'yunfab-mosquitto-'));
  const port = await freePort();
  const gatewayPort = users ? await freePort() : port;
  const lines = [...bounds, 'persistence false', 'user root', `listener ${port} 127.0.0.1`];
  if (users) {
    writeFileSync(join(folder, 'passwords'), [users.gateway, ...users.devices].map(passwordLine).join(''));
    writeFileSync(join(folder, 'access'), accessList(users.gateway.username));
    lines.push('use_username_as_clientid true', `listener ${gatewayPort} 127.0.0.1`);
    lines.push(`password_file ${join(folder, 'passwords')}`, `acl_file ${join(folder, 'access')}`, 'allow_anonymous false');
  } else {
    lines.push('allow_anonymous true');
  }
  return startOn(folder, port, gatewayPort, lines);
}

async function startOn(folder: string, port: number, gatewayPort: number, lines: readonly string[]): Promise<Mosquitto> {
  writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  const child = spawn(binary as string, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
  // A test process that fails does not leave it behind.
  process.once('exit', () => child.kill('SIGKILL'));
  await answering(port, child);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    gatewayUrl: `mqtt://127.0.0.1:${gatewayPort}`,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await new Promise((resolve) => child.once('exit', resolve));
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Mosquitto's own form: $7$ rounds $ salt $ PBKDF2-SHA512. */
function passwordLine({ username, password }: MosquittoUser): string {
  const salt = randomBytes(12);
  const hash = pbkdf2Sync(password, salt, 101, 64, 'sha512');
  return `${username}:$7$101$${salt.toString('base64')}$${hash.toString('base64')}\n`;
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('mosquitto does not answer');
}
