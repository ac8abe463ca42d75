import { Aedes, type AedesOptions, type Client, type PublishPacket } from 'aedes';

type Done = (error?: Error) => void;

/**
 * A broker that routes nothing from a device to another: what devices publish ends in the pipeline, and the
 * platform's own messages (time, commands) go to one connection. So no subscription, whatever it names, can overhear a device, and
 * nothing that a device publishes is retained or queued for absent subscribers.
 */
export class DeviceBroker extends Aedes {
  // The broker's handlers pass the client that published; its declaration leaves that out.
  override publish(packet: PublishPacket, clientOrDone: Client | null | Done, done?: Done): void {
    if (typeof clientOrDone === 'function') super.publish(packet, clientOrDone);
    else if (clientOrDone === null) super.publish(packet, done ?? (() => {}));
    else done?.();
  }
}

export async function listenDeviceBroker(options: AedesOptions): Promise<DeviceBroker> {
  const broker = new DeviceBroker(options);
  await broker.listen();
  return broker;
}
