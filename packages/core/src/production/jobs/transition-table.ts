import { z } from 'zod';
import { wordsSchema } from '../../commands/index.js';
import { operationMoves, operationMoveWords, operationStates, operationStateWords, operationTransitions } from './states.js';

export const operationTableSchema = z.object({
  states: z.array(z.object({ state: z.enum(operationStates), words: wordsSchema })),
  moves: z.array(
    z.object({
      move: z.enum(operationMoves),
      words: wordsSchema,
      from: z.array(z.object({ state: z.enum(operationStates), to: z.enum(operationStates) })),
    }),
  ),
});

/** The transition table of operations as it is drawn: the documentation and the console show this, the service judges by the same. */
export const operationTable: z.infer<typeof operationTableSchema> = {
  states: operationStates.map((state) => ({ state, words: operationStateWords[state] })),
  moves: operationMoves.map((move) => ({
    move,
    words: operationMoveWords[move],
    from: operationStates.flatMap((state) => {
      const to = operationTransitions[move][state];
      return to === undefined ? [] : [{ state, to }];
    }),
  })),
};
