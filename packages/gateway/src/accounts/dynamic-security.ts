import { connectAsync, type MqttClient } from 'mqtt';
import { type BrokerAddress, loginOf } from '../external/broker-link.js';
import { deviceTopics } from '../topics.js';

/** Mosquitto's plugin for accounts, spoken to as it is over MQTT by one of its administrators. */
export interface DynamicSecurity {
  /** Refuses whatever no role allows; gives gateways their account where it is not there yet. */
  prepare(gateway: Account | null): Promise<void>;
  /** Makes the account of a device, or gives it another password; whoever is connected with it is cut off. */
  give(device: Account): Promise<void>;
  /** An account that is disabled is cut off and opens nothing. False when there is none. */
  enable(username: string, enabled: boolean): Promise<boolean>;
  /** All accounts: user name → whether it is enabled. */
  list(): Promise<ReadonlyMap<string, boolean>>;
  close(): Promise<void>;
}

export interface Account {
  readonly username: string;
  readonly password: string;
}

interface Reply {
  readonly command: string;
  readonly correlationData?: string;
  readonly error?: string;
  readonly data?: {
    readonly totalCount?: number;
    readonly clients?: readonly { readonly username: string; readonly disabled?: boolean }[];
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
    async give({ username, password }) {
      const rolename = roleOf(username);
      const account = { username, password, clientid: username, roles: [{ rolename }] };
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
    async enable(username, enabled) {
      const [reply] = await must(/not found/i, { command: enabled ? 'enableClient' : 'disableClient', username });
      return reply?.error === undefined;
    },
    async list() {
      const all = new Map<string, boolean>();
      for (let offset = 0; ; offset += page) {
        const [reply] = await must(/(?!)/, { command: 'listClients', verbose: true, count: page, offset });
        const { clients = [], totalCount = 0 } = reply?.data ?? {};
        for (const { username, disabled } of clients) all.set(username, disabled !== true);
        if (clients.length === 0 || offset + clients.length >= totalCount) return all;
      }
    },
    async close() {
      const open = await connecting?.catch(() => undefined);
      await open?.client.endAsync(!open.client.connected);
    },
  };
}
