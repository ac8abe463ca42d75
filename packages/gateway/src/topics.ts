import type { DownlinkChannel } from './front.js';

/** What a device publishes on its own prefix; it reads `time` and what the platform has to say to it. */
export type Channel = 'telemetry' | 'event' | 'status' | 'time' | 'command/ack' | 'config/reported';

/** `yf/v1/{organization}/{device}/{channel}`. */
export interface DeviceTopic {
  readonly organization: string;
  readonly device: string;
  readonly channel: Channel;
}

const shape = /^yf\/v1\/([a-z0-9-]{1,40})\/([a-z0-9-]{1,40})\/(telemetry|event|status|time|command\/ack|config\/reported)$/;

/** Null for every other topic. */
export function parseTopic(topic: string): DeviceTopic | null {
  const match = shape.exec(topic);
  return match ? { organization: match[1] as string, device: match[2] as string, channel: match[3] as Channel } : null;
}

const user = /^([a-z0-9-]{1,40})\/([a-z0-9-]{1,40})$/;

/** `{organization}/{device}`, which is user name and client id at once. */
export function parseUsername(username: string): { organization: string; device: string } | null {
  const match = user.exec(username);
  return match ? { organization: match[1] as string, device: match[2] as string } : null;
}

export function topicOf(device: string, channel: Channel | DownlinkChannel): string {
  return `yf/v1/${device}/${channel}`;
}

const published: readonly string[] = ['telemetry', 'event', 'status', 'time', 'command/ack', 'config/reported'] satisfies Channel[];
const subscribed: readonly string[] = ['time', 'command', 'config'] satisfies (Channel | DownlinkChannel)[];

/** What the contract lets a device do, for whoever guards a broker; a wildcard or `$share` is nothing of a device's. */
export const deviceTopics = { publish: published, subscribe: subscribed } as const;

/** Whether a device (`{organization}/{device}`) may publish on a topic, or subscribe to it. */
export function deviceMay(action: 'publish' | 'subscribe', device: string, topic: string): boolean {
  const prefix = `yf/v1/${device}/`;
  return parseUsername(device) !== null && topic.startsWith(prefix) && deviceTopics[action].includes(topic.slice(prefix.length));
}
