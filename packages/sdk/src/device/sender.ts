import { setTimeout } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { type DeviceMessage, messagesOf } from './messages.js';
import type { Spool, Spooled } from './spool.js';

export interface SenderOptions {
  readonly link: MqttClient;
  readonly spool: Spool;
  readonly topicOf: (channel: string) => string;
  readonly onAcknowledged: () => void;
  readonly onProblem: (error: Error) => void;
}

const inFlightMessages = 50;
const inFlightBytes = 2 * 1024 * 1024;
const readAtOnce = 500;
const retryMs = 1_000;

/** Sends what waits, oldest first, over one connection; call the answer whenever something may be waiting. */
export function createSender({ link, spool, topicOf, onAcknowledged, onProblem }: SenderOptions): () => void {
  let sent = 0;
  let inFlight = 0;
  let bytes = 0;
  let asked = false;
  let reading = false;

  async function send(): Promise<void> {
    asked = true;
    if (reading) return;
    reading = true;
    try {
      while (asked && link.connected && inFlight < inFlightMessages && bytes < inFlightBytes) {
        asked = false;
        const found = await spool.after(sent, readAtOnce);
        sent = found.at(-1)?.seq ?? sent;
        for (const message of messagesOf(found)) give(message);
        asked ||= found.length > 0;
      }
    } finally {
      reading = false;
    }
  }

  function give({ channel, payload, of }: DeviceMessage): void {
    const size = Buffer.byteLength(payload);
    inFlight += 1;
    bytes += size;
    link.publish(topicOf(channel), payload, { qos: 1 }, (error) => {
      // On a connection that broke nothing is acknowledged any more; the next one reads it from the disk again.
      if (error) return;
      void removed(of).then(() => {
        inFlight -= 1;
        bytes -= size;
        onAcknowledged();
        wake();
      });
    });
  }

  /** While the disk cannot take it in, nothing more is sent: it would all be sent again. */
  async function removed(messages: readonly Spooled[]): Promise<void> {
    while (link.connected) {
      try {
        return await spool.remove(messages);
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error(String(error)));
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
  return wake;
}

const pause = () => setTimeout(retryMs, undefined, { ref: false });
