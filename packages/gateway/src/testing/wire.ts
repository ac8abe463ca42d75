import { connect, createServer, type Socket } from 'node:net';

/** A wire to a port of this machine that can be cut. */
export interface Wire {
  readonly port: number;
  /** Breaks every connection, or those in whose first words this is; new ones of them are refused until it is mended. */
  cut(whose?: string): void;
  mend(): void;
  close(): Promise<void>;
}

export async function layWire(to: number): Promise<Wire> {
  const pairs = new Map<Socket, { readonly far: Socket; readonly greeting: Buffer }>();
  let severed: string | undefined;
  const isSevered = (greeting: Buffer) => severed !== undefined && greeting.includes(severed);
  const server = createServer((near) => {
    near.on('error', () => {});
    if (severed === '') return void near.destroy();
    near.once('data', (greeting) => {
      if (isSevered(greeting)) return void near.destroy();
      const far = connect(to, '127.0.0.1');
      pairs.set(near, { far, greeting });
      far.on('error', () => {});
      far.on('close', () => near.destroy());
      near.on('close', () => {
        pairs.delete(near);
        far.destroy();
      });
      far.write(greeting);
      near.pipe(far).pipe(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = (whose = '') => {
    severed = whose;
    for (const [near, { greeting }] of pairs) if (isSevered(greeting)) near.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    mend() {
      severed = undefined;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
