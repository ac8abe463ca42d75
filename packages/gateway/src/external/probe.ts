import { connectAsync } from 'mqtt';
import { type BrokerAddress, loginOf } from './broker-link.js';

/** Whether the broker lets in whoever comes from here; nothing of it stays there. */
export async function isReachable(address: BrokerAddress, clientId: string, withinMs: number): Promise<boolean> {
  const options = { ...loginOf(address), clientId, clean: true, reconnectPeriod: 0, connectTimeout: withinMs };
  try {
    const client = await connectAsync(address.url, options, false);
    client.on('error', () => {});
    client.end();
    return true;
  } catch {
    return false;
  }
}
