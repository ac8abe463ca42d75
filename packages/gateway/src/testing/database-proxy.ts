import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { DatabaseUrls } from '@yunfab/core/database';

/** A way to the database that fails as networks do. */
export interface DatabaseProxy {
  /** The same roles, through the proxy. */
  readonly urls: DatabaseUrls;
  /** What is open now hears nothing any more, and is not told; what is opened anew goes through: as after a failover. */
  silence(): void;
  /** Cuts the connection that carries the next COMMIT, after the server has done it and before it could say so; whether it did. */
  loseNextCommit(): () => boolean;
  /** What becomes of those who would LISTEN: their connection is cut, their word is lost, or (at first) it goes through; how often since. */
  whenListening(fate: 'cut' | 'lost' | 'through'): () => number;
  close(): void;
}

export async function startDatabaseProxy(urls: DatabaseUrls): Promise<DatabaseProxy> {
  const real = new URL(urls.ingest);
  const pairs = new Set<readonly [Socket, Socket]>();
  let losing: { lost: boolean } | undefined;
  let listening: { readonly fate: 'cut' | 'lost' | 'through'; count: number } = { fate: 'through', count: 0 };
  const proxy = createServer((client) => {
    const server = connect(Number(real.port), real.hostname);
    const pair = [client, server] as const;
    pairs.add(pair);
    const hangUp = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', () => {}).on('close', hangUp);
    client.on('data', (chunk) => {
      const { fate } = listening;
      if (chunk.includes('listen ')) {
        listening.count += 1;
        if (fate === 'cut') return hangUp();
        if (fate === 'lost') return;
      }
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (losing && !losing.lost && chunk.includes('COMMIT\0')) {
        losing.lost = true;
        hangUp();
      } else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const through = (url: string) => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).toString();
  return {
    urls: { runtime: through(urls.runtime), system: through(urls.system), ingest: through(urls.ingest) },
    silence() {
      for (const [client, server] of pairs) {
        for (const socket of [client, server]) socket.removeAllListeners('data').removeAllListeners('close').resume();
      }
    },
    loseNextCommit() {
      const own = { lost: false };
      losing = own;
      return () => own.lost;
    },
    whenListening(fate) {
      const own = { fate, count: 0 };
      listening = own;
      return () => own.count;
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      proxy.close();
    },
  };
}
