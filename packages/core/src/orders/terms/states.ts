import type { OrderState } from '../order/states.js';

/** What is done with the terms of an order. */
export const termsMoves = ['attach', 'detach', 'accept'] as const;
export type TermsMove = (typeof termsMoves)[number];

/** Order states in which a side may make the move: terms are offered before the order is agreed, and settled before anything is made. */
export const termsTransitions: Readonly<Record<TermsMove, readonly OrderState[]>> = {
  attach: ['proposed'],
  detach: ['proposed', 'confirmed'],
  accept: ['proposed', 'confirmed'],
};

export const mayDoTerms = (move: TermsMove, state: OrderState): boolean => termsTransitions[move].includes(state);

/** One text attached to an order and who has accepted it. */
export interface AttachedTerms {
  readonly detached: boolean;
  readonly acceptedBy: readonly ('buyer' | 'supplier')[];
}

/** Whether every text attached to an order is accepted by both sides; true when none is. Production may not start otherwise. */
export const termsAccepted = (attached: readonly AttachedTerms[]): boolean =>
  attached.every(({ detached, acceptedBy }) => detached || (acceptedBy.includes('buyer') && acceptedBy.includes('supplier')));
