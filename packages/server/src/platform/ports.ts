import { createServer } from 'node:net';
import { configErrors } from '../config/index.js';

/** Throws `config.port_taken` naming the port and its variable when another program listens there. */
export async function assertPortFree(host: string, port: number, name: string): Promise<void> {
  if (port !== 0 && !(await isFree(host, port))) throw configErrors.port_taken({ host, port, name });
}

/** The first free port from `port` on that is not `except`; 0 stays 0. */
export async function nextFreePort(host: string, port: number, except?: number): Promise<number> {
  for (let candidate = port; candidate !== 0 && candidate < port + 100 && candidate < 65536; candidate++)
    if (candidate !== except && (await isFree(host, candidate))) return candidate;
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
