import type { MqttClient } from 'mqtt';
import { type DeviceMessage, messagesOf } from './messages.js';
import type { Spool } from './spool.js';

export interface SenderOptions {
  readonly link: MqttClient;
  readonly spool: Spool;
  readonly topicOf: (channel: string) => string;
  readonly onAcknowledged: () => void;
  readonly onProblem: (error: Error) => void;
}

const inFlightMessages = 50;
const readAtOnce = 500;

/** Sends what waits, oldest first, over one connection; call the answer whenever something may be waiting. */
export function createSender({ link, spool, topicOf, onAcknowledged, onProblem }: SenderOptions): () => void {
  let sent = 0;
  let inFlight = 0;
  let asked = false;
  let reading = false;

  async function send(): Promise<void> {
    asked = true;
    if (reading) return;
    reading = true;
    try {
      while (asked && link.connected && inFlight < inFlightMessages) {
        asked = false;
        const found = await spool.after(sent, readAtOnce);
        sent = found.at(-1)?.seq ?? sent;
        for (const message of messagesOf(found)) give(message);
        asked ||= found.length === readAtOnce;
      }
    } finally {
      reading = false;
    }
  }

  function give({ channel, payload, of }: DeviceMessage): void {
    inFlight += 1;
    link.publish(topicOf(channel), payload, { qos: 1 }, (error) => {
      inFlight -= 1;
      // On a connection that broke nothing is acknowledged any more; the next one reads it from the disk again.
      if (error) return;
      spool.remove(of).then(() => {
        onAcknowledged();
        wake();
      }, onProblem);
    });
  }

  const wake = () => void send().catch(onProblem);
  return wake;
}
