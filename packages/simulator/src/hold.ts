import type { CommandAct } from './machine.js';
import { refusal } from './refusal.js';

/**
 * A stop before the next run, asked for from afar. Nothing from afar ends it: a person at the machine does, who sees that nobody
 * is in danger (ISO 14118). Here that person comes after a while.
 */
export interface Hold {
  /** The command; refuses while the machine is held already. */
  readonly ask: CommandAct;
  /** Asked in the second in which a run would begin; true: the machine waits. */
  waits(): boolean;
}

export function createHold(attendedAfterSeconds = 600): Hold {
  let asked = false;
  let waited = 0;
  return {
    ask() {
      if (asked) throw refusal('it is held already', '已处于暂停状态');
      asked = true;
      waited = 0;
      return undefined;
    },
    waits() {
      if (asked && ++waited > attendedAfterSeconds) asked = false;
      return asked;
    },
  };
}
