import type { RecordId, Scope } from '../../database/index.js';
import type { EvidenceKind } from './evidence.js';

/** Good units made for a line of an order since the last report. */
export interface ProducedUnits {
  readonly orderLine: string;
  readonly lot: RecordId;
  readonly good: string;
  readonly evidence: EvidenceKind;
  readonly reason: string | null;
}

/** Port: where production reports what it made for orders, in the transaction that counts it. */
export interface ProgressSink {
  /**
   * Locks the orders of these lines. Always the first lock of a transaction that counts: everybody locks order, then job
   * order, then operation, then lot, so nobody waits in a circle.
   */
  lock(scope: Scope, orderLines: readonly string[]): Promise<void>;
  produced(scope: Scope, units: readonly ProducedUnits[]): Promise<void>;
}
