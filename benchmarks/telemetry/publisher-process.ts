import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchDevice, signalsOfDevice } from './signals.js';

/**
 * Devices under load in a process of their own: MQTT 3.1.1 over plain sockets, QoS 1, written by hand because on two
 * cores whatever the load costs is missing to what is measured.
 */
export interface PublisherOrder {
  readonly port: number;
  readonly devices: readonly BenchDevice[];
  readonly valuesOfMessage: number;
  /** How many messages may be on their way: unacknowledged, and by the bench's account not yet committed. */
  readonly window: number;
}

/** To the process. `credit`: so many messages may have been sent by all its devices since it began. */
export type ToPublisher =
  | { readonly kind: 'open'; readonly order: PublisherOrder }
  | { readonly kind: 'credit'; readonly messages: number }
  | { readonly kind: 'stop' };

/** From the process: once after `open`, then every 20 ms, and a last time when all is acknowledged. */
export type FromPublisher =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly sent: number; readonly acknowledged: number; readonly done: boolean };

interface Line {
  readonly socket: Socket;
  readonly topic: Buffer;
  sent: number;
  acknowledged: number;
  turn: number;
}

const lines: Line[] = [];
const tickMs = 4;
const told = 20;
let order: PublisherOrder | undefined;
let credit = 0;
let sent = 0;
let acknowledged = 0;
let stopping = false;
let next = 0;

process.on('message', (message: ToPublisher) => {
  if (message.kind === 'open') void open(message.order);
  else if (message.kind === 'credit') credit = message.messages;
  else stopping = true;
});
process.on('disconnect', () => process.exit(0));

async function open(given: PublisherOrder): Promise<void> {
  order = given;
  for (const device of given.devices) lines.push(await openLine(given.port, device));
  process.send?.({ kind: 'ready' } satisfies FromPublisher);
  setInterval(publish, tickMs);
  setInterval(tell, told);
}

async function openLine(port: number, { username, token }: BenchDevice): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const line: Line = { socket, topic: lengthFirst(`yf/v1/${username}/telemetry`), sent: 0, acknowledged: 0, turn: 0 };
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    let head = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      if (head.length < 4) return;
      socket.off('data', onData);
      if (head[3] !== 0) return reject(new Error(`${username} was refused with ${head[3]}`));
      // Every packet from here on is a PUBACK of four bytes.
      let bytes = head.length - 4;
      socket.on('data', (more: Buffer) => {
        bytes += more.length;
        const all = Math.floor(bytes / 4);
        acknowledged += all - line.acknowledged;
        line.acknowledged = all;
      });
      resolve();
    };
    socket.on('data', onData);
    socket.write(connectPacket(username, token));
  });
  socket.on('error', fail);
  socket.on('close', () => !stopping && fail(new Error(`the broker hung up on ${username}`)));
  return line;
}

function fail(error: Error): void {
  console.error(error.message);
  process.exit(1);
}

/** As much as window and credit let, spread over the devices. */
function publish(): void {
  if (!order || stopping) return;
  let room = Math.min(credit, acknowledged + order.window) - sent;
  if (room <= 0) return;
  const each = Math.max(1, Math.ceil(room / lines.length));
  for (let n = 0; n < lines.length && room > 0; n += 1) {
    const line = lines[next] as Line;
    next = (next + 1) % lines.length;
    const count = Math.min(each, room);
    line.socket.cork();
    for (let message = 0; message < count; message += 1) line.socket.write(publishPacket(line, order.valuesOfMessage));
    line.socket.uncork();
    room -= count;
    sent += count;
  }
}

function publishPacket(line: Line, values: number): Buffer {
  line.sent += 1;
  const seq = line.sent;
  let body = `{"ts":${Date.now()},"seq":${seq},"values":{`;
  for (let n = 0; n < values; n += 1) {
    const signal = line.turn;
    line.turn = (line.turn + 1) % signalsOfDevice;
    body += `${n === 0 ? '' : ','}"v${signal}":${((seq * 7 + signal * 131) % 4000) / 10}`;
  }
  body += '}}';
  const remaining = line.topic.length + 2 + body.length;
  const packet = Buffer.allocUnsafe(1 + (remaining < 128 ? 1 : 2) + remaining);
  packet[0] = 0x32;
  let at = 1;
  if (remaining < 128) packet[at++] = remaining;
  else {
    packet[at++] = (remaining & 0x7f) | 0x80;
    packet[at++] = remaining >> 7;
  }
  at += line.topic.copy(packet, at);
  packet.writeUInt16BE(((seq - 1) % 65_535) + 1, at);
  packet.write(body, at + 2, 'latin1');
  return packet;
}

function connectPacket(username: string, token: string): Buffer {
  const user = lengthFirst(username);
  // Clean session, user name and password; keepalive of 60 s.
  const body = Buffer.concat([lengthFirst('MQTT'), Buffer.from([4, 0xc2, 0, 60]), user, user, lengthFirst(token)]);
  if (body.length > 127) return Buffer.concat([Buffer.from([0x10, (body.length & 0x7f) | 0x80, body.length >> 7]), body]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

function lengthFirst(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

let ending = false;
function tell(): void {
  const done = stopping && acknowledged === sent;
  process.send?.({ kind: 'progress', sent, acknowledged, done } satisfies FromPublisher);
  if (done && !ending) {
    ending = true;
    for (const { socket } of lines) socket.end(Buffer.from([0xe0, 0]));
    void sleep(100).then(() => process.exit(0));
  }
}
