import type { RecordId, Scope } from '../../database/index.js';
import type { LineOutlook } from '../outlook/line.js';
import type { EvidenceKind } from './evidence.js';

/** Good units made for a line of an order since the last report. */
export interface ProducedUnits {
  readonly orderLine: string;
  readonly lot: RecordId;
  readonly good: string;
  readonly evidence: EvidenceKind;
  readonly reason: string | null;
}

/** Part of a lot that goes into a job order, or came out of it again. */
export interface IssuedMaterial {
  /** The order that the job order works for. */
  readonly order: string | null;
  readonly lot: string;
  readonly quantity: string;
}

/** How an order is called: its number, and what the asking organization calls it. */
export interface OrderNumbers {
  readonly number: string;
  readonly ownNumber: string | null;
}

/** Port: where production reports what it made for orders, in the transaction that counts it. */
export interface ProgressSink {
  /**
   * Locks the orders of these lines. Always the first lock of a transaction that counts: everybody locks order, then job
   * order, then operation, then lot, so nobody waits in a circle.
   */
  lock(scope: Scope, orderLines: readonly string[]): Promise<void>;
  produced(scope: Scope, units: readonly ProducedUnits[]): Promise<void>;
  /** What becomes of these lines, for those who ordered them: derived figures and nothing else. */
  foresee(scope: Scope, outlooks: readonly LineOutlook[]): Promise<void>;
  /**
   * Before part of a lot goes into a job order, the order locked: what somebody else provided is for one order only. Throws when the lot
   * may not be used for this one.
   */
  issuing(scope: Scope, material: IssuedMaterial): Promise<void>;
  /** After what went in by mistake is in its lot again. */
  takenBack(scope: Scope, material: IssuedMaterial): Promise<void>;
  /** How the asking organization calls these orders, by id; those that it does not see are missing. */
  numbersOf(scope: Scope, orders: readonly string[]): Promise<ReadonlyMap<string, OrderNumbers>>;
}
