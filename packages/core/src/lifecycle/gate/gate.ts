import type { Words } from '../../access/index.js';
import type { Scope } from '../../database/index.js';

/** What a predicate may rest on: `{ kind: 'process_run', id }`. */
export interface Evidence {
  readonly kind: string;
  readonly id: string;
}

/** The lot as a predicate sees it. */
export interface GateLot {
  readonly id: string;
  readonly code: string;
  readonly unit: string;
  readonly quantity: string;
}

export interface GateAnswer {
  readonly holds: boolean;
  /** Why it holds or not, with the values. */
  readonly words: Words;
  readonly evidence: readonly Evidence[];
}

/** One condition of release. A lot is released only when every predicate holds. */
export interface GatePredicate {
  /** `production.runs_complete` */
  readonly id: string;
  readonly words: Words;
  check(scope: Scope, lot: GateLot): Promise<GateAnswer>;
}

/** Port: the predicates that apply to a lot; production and the enabled verticals give theirs, composition joins them. */
export interface ReleaseGates {
  predicates(scope: Scope, lot: GateLot): Promise<readonly GatePredicate[]>;
}

/** Several sources of predicates as one. */
export function joinGates(...gates: readonly ReleaseGates[]): ReleaseGates {
  return {
    async predicates(scope, lot) {
      const found: GatePredicate[] = [];
      for (const gate of gates) found.push(...(await gate.predicates(scope, lot)));
      return found;
    },
  };
}
