import { type BothWords, useWords } from '../words/words.js';

type Tone = 'quiet' | 'note' | 'good' | 'warn' | 'bad';

/** One colour and one shape for each state, wherever it appears. */
const tones: Readonly<Record<string, Tone | 'open'>> = {
  proposed: 'open',
  confirmed: 'note',
  in_production: 'note',
  in_delivery: 'note',
  in_progress: 'note',
  running: 'note',
  open: 'note',
  ready: 'open',
  todo: 'quiet',
  paused: 'warn',
  ended: 'open',
  evaluated: 'quiet',
  completed: 'good',
  done: 'good',
  closed: 'good',
  released: 'good',
  made: 'open',
  in_use: 'note',
  installed: 'note',
  removed: 'warn',
  consumed: 'quiet',
  scrapped: 'quiet',
  shipped: 'good',
  pass: 'good',
  active: 'good',
  live: 'good',
  fail: 'bad',
  blocked: 'bad',
  revoked: 'bad',
  inconclusive: 'warn',
  draft: 'open',
  submitted: 'note',
  approved: 'note',
  acknowledged: 'good',
  pending: 'open',
  obsolete: 'quiet',
  rejected: 'quiet',
  declined: 'quiet',
  withdrawn: 'quiet',
  canceled: 'quiet',
  retired: 'quiet',
  on_hold: 'warn',
  disputed: 'warn',
  defaulted: 'bad',
  settled: 'good',
  void: 'quiet',
};

interface BadgeProps {
  readonly state: string;
  readonly words: BothWords | string;
  readonly tone?: Tone | 'open';
}

export function Badge({ state, words, tone = tones[state] ?? 'quiet' }: BadgeProps) {
  const { say } = useWords();
  return (
    <span className={`badge ${tone}`} data-state={state}>
      {typeof words === 'string' ? words : say(words)}
    </span>
  );
}
