import { connectAsync, type MqttClient } from 'mqtt';
import { type BrokerAddress, loginOf } from '../external/broker-link.js';
import { deviceTopics } from '../topics.js';

/** Mosquitto's plugin for accounts, spoken to as it is over MQTT by one of its administrators. */
export interface DynamicSecurity {
  /** Refuses whatever no role allows; gives gateways their account where it is not there yet. */
  prepare(gateway: Account | null): Promise<void>;
  /** Rejects when the plugin does not answer. */
  ping(): Promise<void>;
  /** Makes the account of a device, or gives it another password; whoever is connected with it is cut off. */
  give(device: DeviceAccount): Promise<void>;
  /** An account that is disabled is cut off and opens nothing. */
  enable(usernames: readonly string[], enabled: boolean): Promise<void>;
  /** Those of these that are there. */
  read(usernames: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** All accounts. */
  list(): Promise<ReadonlyMap<string, Standing>>;
  close(): Promise<void>;
}

export interface Account {
  readonly username: string;
  readonly password: string;
}

export interface DeviceAccount extends Account {
  /** Id of the credential that the password is of; the account is marked with it. */
  readonly credential: string;
}

export interface Standing {
  readonly enabled: boolean;
  /** Id of the credential that its password is of; empty for an account that we have not given one. */
  readonly credential: string;
}

interface Client {
  readonly username: string;
  readonly textdescription?: string;
  readonly disabled?: boolean;
}

interface Reply {
  readonly command: string;
  readonly correlationData?: string;
  readonly error?: string;
  readonly data?: {
    readonly totalCount?: number;
    readonly clients?: readonly Client[];
    readonly client?: Client;
  };
}
type Command = Readonly<Record<string, unknown>> & { readonly command: string };

interface Link {
  readonly client: MqttClient;
  /** Rejects when the connection ends. */
  readonly lost: Promise<never>;
}

const topic = '$CONTROL/dynamic-security/v1';
const patienceMs = 5_000;
const page = 1_000;
/** In one message to the plugin, which writes its whole file anew for each that changes something: 12 ms with 100 accounts. */
const changedAtOnce = 10;
const readAtOnce = 100;
const gatewayRole = 'yunfab-gateway';
const roleOf = (device: string) => `device ${device}`;

const acl = (acltype: string, topicOrFilter: string) => ({ acltype, topic: topicOrFilter, allow: true });
const gatewayRights = [
  acl('publishClientSend', 'yf/v1/#'),
  acl('publishClientReceive', 'yf/v1/#'),
  acl('subscribePattern', 'yf/v1/#'),
  // The plugin compares the whole filter, $share included.
  acl('subscribePattern', '$share/yunfab/yf/v1/#'),
  acl('unsubscribePattern', '#'),
];
const deviceRights = (device: string) => [
  ...deviceTopics.publish.map((channel) => acl('publishClientSend', `yf/v1/${device}/${channel}`)),
  ...deviceTopics.subscribe.flatMap((channel) => [
    acl('publishClientReceive', `yf/v1/${device}/${channel}`),
    acl('subscribeLiteral', `yf/v1/${device}/${channel}`),
  ]),
];

/** `address` is that of an administrator; it is connected to when it is first needed. */
export function createDynamicSecurity(address: BrokerAddress): DynamicSecurity {
  let connecting: Promise<Link> | undefined;
  let asked = 0;
  const waiting = new Map<string, (reply: Reply) => void>();

  function link(): Promise<Link> {
    connecting ??= open().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  async function open(): Promise<Link> {
    const client = await connectAsync(
      address.url,
      { ...loginOf(address), clean: true, reconnectPeriod: 0, connectTimeout: patienceMs },
      false,
    );
    client.on('error', () => {});
    const lost = new Promise<never>((_resolve, reject) => {
      client.once('close', () => {
        connecting = undefined;
        reject(new Error('the connection to Mosquitto’s dynamic-security plugin was lost'));
      });
    });
    lost.catch(() => {});
    client.on('message', (_topic, payload) => {
      for (const reply of (JSON.parse(payload.toString()) as { responses: readonly Reply[] }).responses)
        waiting.get(reply.correlationData ?? '')?.(reply);
    });
    await client.subscribeAsync(`${topic}/response`, { qos: 1 });
    return { client, lost };
  }

  /** One after the other; what is refused is in the replies. */
  async function ask(...commands: readonly Command[]): Promise<readonly Reply[]> {
    const { client, lost } = await link();
    const marked = commands.map((command) => ({ ...command, correlationData: String(++asked) }));
    let late: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      late = setTimeout(
        () => reject(new Error(`Mosquitto’s dynamic-security plugin does not answer within ${patienceMs / 1000} s`)),
        patienceMs,
      );
    });
    try {
      const replies = marked.map(({ correlationData }) => new Promise<Reply>((resolve) => waiting.set(correlationData, resolve)));
      await Promise.race([client.publishAsync(topic, JSON.stringify({ commands: marked }), { qos: 1 }), lost, silence]);
      return await Promise.race([Promise.all(replies), lost, silence]);
    } finally {
      clearTimeout(late);
      for (const { correlationData } of marked) waiting.delete(correlationData);
    }
  }

  /** Throws for what was refused, unless the refusal says that it is so already. */
  async function must(except: RegExp, ...commands: readonly Command[]): Promise<readonly Reply[]> {
    const replies = await ask(...commands);
    const refused = replies.find(({ error }) => error !== undefined && !except.test(error));
    if (refused) throw new Error(`Mosquitto refuses ${refused.command}: ${refused.error}`);
    return replies;
  }

  return {
    async prepare(gateway) {
      const unless = (acltype: string, allow = false) => ({ acltype, allow });
      await must(
        /already exists/,
        {
          command: 'setDefaultACLAccess',
          acls: [unless('publishClientSend'), unless('publishClientReceive'), unless('subscribe'), unless('unsubscribe', true)],
        },
        { command: 'createRole', rolename: gatewayRole },
        { command: 'modifyRole', rolename: gatewayRole, acls: gatewayRights },
        ...(gateway ? [{ command: 'createClient', ...gateway, roles: [{ rolename: gatewayRole }] }] : []),
      );
    },
    async ping() {
      await must(/(?!)/, { command: 'getDefaultACLAccess' });
    },
    async give({ username, password, credential }) {
      const rolename = roleOf(username);
      const account = { username, password, clientid: username, textdescription: credential, roles: [{ rolename }] };
      const [, , made] = await must(
        /already exists/,
        { command: 'createRole', rolename },
        { command: 'modifyRole', rolename, acls: deviceRights(username) },
        { command: 'createClient', ...account },
      );
      if (made?.error === undefined) return;
      await must(
        /(?!)/,
        { command: 'disableClient', username },
        { command: 'modifyClient', ...account },
        { command: 'enableClient', username },
      );
    },
    async enable(usernames, enabled) {
      const command = enabled ? 'enableClient' : 'disableClient';
      for (const some of portions(usernames, changedAtOnce)) await must(/not found/i, ...some.map((username) => ({ command, username })));
    },
    async read(usernames) {
      const found = new Map<string, Standing>();
      for (const some of portions(usernames, readAtOnce)) {
        for (const { data } of await must(/not found/i, ...some.map((username) => ({ command: 'getClient', username }))))
          if (data?.client) found.set(data.client.username, standingOf(data.client));
      }
      return found;
    },
    async list() {
      const all = new Map<string, Standing>();
      for (let offset = 0; ; offset += page) {
        const [reply] = await must(/(?!)/, { command: 'listClients', verbose: true, count: page, offset });
        const { clients = [], totalCount = 0 } = reply?.data ?? {};
        for (const client of clients) all.set(client.username, standingOf(client));
        if (clients.length === 0 || offset + clients.length >= totalCount) return all;
      }
    },
    async close() {
      const open = await connecting?.catch(() => undefined);
      await open?.client.endAsync(!open.client.connected);
    },
  };
}

const standingOf = ({ textdescription = '', disabled }: Client): Standing => ({ enabled: disabled !== true, credential: textdescription });

function* portions(usernames: readonly string[], atOnce: number): Generator<readonly string[]> {
  for (let from = 0; from < usernames.length; from += atOnce) yield usernames.slice(from, from + atOnce);
}
