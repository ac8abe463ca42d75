import { command, query } from '../../commands/index.js';
import { deadLetterDetail, deadLetterInput, deadLetterPage, deadLettersDone, deadLettersInput, listDeadLettersInput } from './schema.js';
import { discardDeadLetters, getDeadLetter, listDeadLetters, replayDeadLetters } from './service.js';

const tags = ['equipment'];

/** `equipment.deadLetters.*`. */
export const deadLettersRouter = {
  list: query({
    permission: 'equipment.read',
    rest: { method: 'GET', path: '/dead-letters', summary: 'List the messages of your devices that could not be stored', tags },
    input: listDeadLettersInput,
    output: deadLetterPage,
    run: listDeadLetters,
  }),
  get: query({
    permission: 'equipment.read',
    rest: { method: 'GET', path: '/dead-letters/{letter}', summary: 'Read such a message and why it could not be stored', tags },
    input: deadLetterInput,
    output: deadLetterDetail,
    run: (scope, { letter }) => getDeadLetter(scope, letter),
  }),
  replay: command({
    permission: 'equipment.devices',
    rest: { method: 'POST', path: '/dead-letters/replay', summary: 'Put such messages through again, once their cause is mended', tags },
    input: deadLettersInput,
    output: deadLettersDone,
    run: replayDeadLetters,
  }),
  discard: command({
    permission: 'equipment.devices',
    rest: { method: 'POST', path: '/dead-letters/discard', summary: 'Throw such messages away', tags },
    input: deadLettersInput,
    output: deadLettersDone,
    run: discardDeadLetters,
  }),
};
