/** Where the order of a person outside the platform stands with the organization that sold to them. */
export const consumerOrderStates = ['placed', 'confirmed', 'in_production', 'shipped', 'delivered', 'canceled'] as const;
export type ConsumerOrderState = (typeof consumerOrderStates)[number];

export const consumerOrderMoves = ['confirm', 'start', 'ship', 'deliver', 'cancel'] as const;
export type ConsumerOrderMove = (typeof consumerOrderMoves)[number];

/** The one transition table; what is being made for one person is no longer canceled. */
export const consumerOrderTransitions: Readonly<Record<ConsumerOrderMove, Partial<Record<ConsumerOrderState, ConsumerOrderState>>>> = {
  confirm: { placed: 'confirmed' },
  start: { confirmed: 'in_production' },
  ship: { in_production: 'shipped' },
  deliver: { shipped: 'delivered' },
  cancel: { placed: 'canceled', confirmed: 'canceled' },
};

export const consumerOrderMovesOf = (state: ConsumerOrderState): ConsumerOrderMove[] =>
  consumerOrderMoves.filter((move) => consumerOrderTransitions[move][state] !== undefined);
