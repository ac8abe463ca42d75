import { setTimeout } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { type DeviceMessage, messagesOf } from './messages.js';
import type { Refusals } from './refusals.js';
import type { Spool, Spooled } from './spool.js';

export interface SenderOptions {
  readonly link: MqttClient;
  readonly spool: Spool;
  readonly refusals: Refusals;
  /** The platform has acknowledged on this connection that the device is online. */
  readonly isWelcome: () => boolean;
  readonly topicOf: (channel: string) => string;
  readonly onAcknowledged: () => void;
  readonly onProblem: (error: Error) => void;
}

export interface Sender {
  /** To be called whenever something may be waiting. */
  wake(): void;
  /** To be called when the other side ended the connection; answers what is left out from now on. */
  hungUp(): Spooled | undefined;
}

const inFlightMessages = 50;
const inFlightBytes = 2 * 1024 * 1024;
const readAtOnce = 500;
const retryMs = 1_000;
/** Well before a connection that is silent is given up. */
const hungUpMs = 5_000;

/** Sends what waits, oldest first, over one connection. */
export function createSender({ link, spool, refusals, isWelcome, topicOf, onAcknowledged, onProblem }: SenderOptions): Sender {
  const inFlight = new Set<DeviceMessage>();
  let sent = 0;
  let bytes = 0;
  let asked = false;
  let reading = false;
  let careful = false;
  /** Sent alone, to see what the broker says to it. */
  let trial: DeviceMessage | undefined;
  let givenAt = 0;

  function hasRoom(): boolean {
    if (trial) return false;
    careful = sent < refusals.carefulTo;
    return careful ? isWelcome() && inFlight.size === 0 : inFlight.size < inFlightMessages && bytes < inFlightBytes;
  }

  async function send(): Promise<void> {
    asked = true;
    if (reading) return;
    reading = true;
    try {
      while (asked && link.connected && hasRoom()) {
        asked = false;
        const found = await spool.after(sent, readAtOnce, refusals.refused);
        const messages = [...messagesOf(found, sent < refusals.singleTo ? 1 : undefined)];
        for (const message of careful ? messages.slice(0, 1) : messages) give(message);
        asked ||= found.length > 0;
      }
    } finally {
      reading = false;
    }
  }

  function give(message: DeviceMessage): void {
    const { channel, payload, of } = message;
    const size = Buffer.byteLength(payload);
    inFlight.add(message);
    if (careful) trial = message;
    bytes += size;
    sent = of.at(-1)?.seq ?? sent;
    givenAt = performance.now();
    link.publish(topicOf(channel), payload, { qos: 1 }, (error) => {
      // On a connection that broke nothing is acknowledged any more; the next one reads it from the disk again.
      if (error) return;
      void removed(of).then(() => {
        inFlight.delete(message);
        if (trial === message) trial = undefined;
        bytes -= size;
        onAcknowledged();
        wake();
      });
    });
  }

  /** While the disk cannot take it in, nothing more is sent: it would all be sent again. */
  async function removed(messages: readonly Spooled[]): Promise<void> {
    for (;;) {
      try {
        return await spool.remove(messages);
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error(String(error)));
        if (!link.connected) return;
        await pause();
      }
    }
  }

  function wake(): void {
    send().catch((error) => {
      onProblem(error);
      void pause().then(() => link.connected && wake());
    });
  }

  return {
    wake,
    hungUp: () =>
      refusals.ended({
        unacknowledged: [...inFlight].map(({ of }) => of),
        proven: trial !== undefined && performance.now() - givenAt < hungUpMs,
      }),
  };
}

const pause = () => setTimeout(retryMs, undefined, { ref: false });
