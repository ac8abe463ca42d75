import { beginning } from '@yunfab/core/database';

/** Why a message, or a value of it, was not stored. Closed; docs/devices.md explains each. */
export type RefusalReason =
  | 'too_large'
  | 'not_json'
  | 'too_deep'
  | 'bad_shape'
  | 'too_many_values'
  | 'too_many_days'
  | 'bad_time'
  | 'time_out_of_reach'
  | 'no_longer_kept'
  | 'bad_seq'
  | 'bad_value'
  | 'bad_event'
  | 'bad_status'
  | 'bad_topic'
  | 'unknown_device'
  | 'device_revoked'
  | 'unknown_signal'
  | 'refused_by_database'
  | 'gateway_failed';

export interface Refusal {
  readonly reason: RefusalReason;
  /** Names the field and the value. */
  readonly detail: string;
  /** Of `unknown_signal`: its name, and what it was. */
  readonly signal?: { readonly name: string; readonly value: unknown };
}

/** Its detail is kept as text that PostgreSQL takes, whatever was in it. */
export function refusal(reason: RefusalReason, detail: string): Refusal {
  return { reason, detail: beginning(detail, 500).replaceAll('\0', '\ufffd') };
}
