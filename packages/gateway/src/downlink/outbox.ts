import type { Connection } from '@yunfab/core/database';
import type { DownlinkChannel } from '../front.js';

/** One thing to be given to one device, held for 15 s by who claimed it. */
export interface Claimed {
  readonly id: string;
  readonly device: string;
  readonly payload: string;
  readonly expires_at: Date | null;
  readonly claim: string;
}

/** What waits in the database for devices, on one channel. */
export interface Outbox {
  readonly channel: DownlinkChannel;
  /** `readers`: of these devices only; null: of any. */
  claim(readers: readonly string[] | null, limit: number): Promise<readonly Claimed[]>;
  sent(claimed: readonly Claimed[]): Promise<void>;
  /** `retained`: a broker keeps the newest for them. */
  dueAgain(devices: readonly string[], retained: boolean): Promise<void>;
}

const idsOf = (claimed: readonly Claimed[]) => [claimed.map(({ id }) => id), claimed.map(({ claim }) => claim)];

export function commandOutbox({ pool }: Connection): Outbox {
  return {
    channel: 'command',
    async claim(readers, limit) {
      return (
        await pool.query<Claimed>('select id, device, payload, expires_at, claim from telemetry.claim_commands($1, $2)', [readers, limit])
      ).rows;
    },
    async sent(claimed) {
      await pool.query('select telemetry.commands_sent($1, $2)', idsOf(claimed));
    },
    async dueAgain(devices) {
      await pool.query('select telemetry.commands_due_again($1)', [devices]);
    },
  };
}

export function configurationOutbox({ pool }: Connection): Outbox {
  return {
    channel: 'config',
    async claim(readers, limit) {
      const text = 'select id, device, payload, null::timestamptz as expires_at, claim from telemetry.claim_configurations($1, $2)';
      return (await pool.query<Claimed>(text, [readers, limit])).rows;
    },
    async sent(claimed) {
      await pool.query('select telemetry.configurations_sent($1, $2)', idsOf(claimed));
    },
    async dueAgain(devices, retained) {
      await pool.query('select telemetry.configurations_due_again($1, $2)', [devices, retained]);
    },
  };
}
