import { command, query } from '../../commands/index.js';
import {
  countDeadLettersInput,
  deadLetterCounts,
  deadLetterDetail,
  deadLetterInput,
  deadLetterPage,
  deadLettersDone,
  deadLettersInput,
  listDeadLettersInput,
  standingLettersView,
} from './schema.js';
import { countDeadLetters, discardDeadLetters, getDeadLetter, listDeadLetters, replayDeadLetters, standingDeadLetters } from './service.js';

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
  counts: query({
    permission: 'equipment.read',
    rest: { method: 'GET', path: '/dead-letters/counts', summary: 'Count such messages by reason and by device', tags },
    input: countDeadLettersInput,
    output: deadLetterCounts,
    run: countDeadLetters,
  }),
  standing: query({
    permission: 'equipment.read',
    // POST, because a list of ids does not fit a REST query; it changes nothing.
    rest: { method: 'POST', path: '/dead-letters/standing', summary: 'Read which of these messages still could not be stored', tags },
    input: deadLettersInput,
    output: standingLettersView,
    run: standingDeadLetters,
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
