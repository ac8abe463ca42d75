import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BrokerOptions, GatewayCounters } from '../index.js';
import type { Plant } from './plant.js';

/** A gateway process (as built: it starts in a fraction of the time) that can be killed and started again on the same place. */
export interface KillableGateway {
  start(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  counters(): Promise<GatewayCounters>;
  pid(): number | undefined;
}

const script = fileURLToPath(new URL('../../dist/testing/gateway-process.js', import.meta.url));

export function killableGateway(plant: Plant, broker: BrokerOptions): KillableGateway {
  let child: ChildProcess | undefined;
  return {
    async start() {
      const started = fork(script, {
        execArgv: [],
        env: { ...process.env, YUNFAB_TEST_GATEWAY: JSON.stringify({ urls: plant.db.urls, broker }) },
      });
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.once('message', () => resolve());
        started.once('exit', (code, signal) => reject(new Error(`the gateway process ended before it was ready (${code ?? signal})`)));
      });
    },
    pid: () => child?.pid,
    async counters() {
      const answer = new Promise<GatewayCounters>((resolve) => child?.once('message', (counters) => resolve(counters as GatewayCounters)));
      child?.send('counters');
      return answer;
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
