import { z } from 'zod';
import { wordsSchema } from '../../commands/index.js';
import { orderMoves, orderSides, orderStates, orderTransitions } from './states.js';
import { obstacleWords, orderMoveWords, orderStateWords } from './words.js';

export const transitionTableSchema = z.object({
  states: z.array(z.object({ state: z.enum(orderStates), words: wordsSchema })),
  moves: z.array(
    z.object({
      move: z.enum(orderMoves),
      words: wordsSchema,
      side: z.enum([...orderSides, 'either']),
      /** `resumed`: the state that was left for this one. */
      from: z.array(z.object({ state: z.enum(orderStates), to: z.enum([...orderStates, 'resumed']) })),
    }),
  ),
  /** Why a move may be refused although the table allows it, by code. */
  obstacles: z.array(z.object({ code: z.string(), words: wordsSchema })),
});
export type TransitionTable = z.infer<typeof transitionTableSchema>;

/** The transition table as it is drawn: the documentation and the console show this, the service judges by the same. */
export const transitionTable: TransitionTable = {
  states: orderStates.map((state) => ({ state, words: orderStateWords[state] })),
  moves: orderMoves.map((move) => {
    const { side, states } = orderTransitions[move];
    const from = orderStates.flatMap((state) => {
      const to = states[state];
      return to === undefined ? [] : [{ state, to }];
    });
    return { move, words: orderMoveWords[move], side, from };
  }),
  obstacles: Object.entries(obstacleWords).map(([code, words]) => ({ code: `orders.${code}`, words })),
};
