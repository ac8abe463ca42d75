import { type BothWords, useWords } from '../words/words.js';
import { Button } from './button.js';

interface MoveButtonsProps<Move extends string> {
  /** As the platform's transition table gives them to this side; `reason` says why one is not possible just now. */
  readonly moves: readonly {
    readonly move: Move;
    readonly words: BothWords;
    readonly allowed?: boolean;
    readonly reason?: { readonly words: BothWords } | null;
  }[];
  readonly primary: Move | undefined;
  readonly dangerous: readonly Move[];
  readonly onChoose: (move: Move) => void;
}

/** A button for each move of a record. */
export function MoveButtons<Move extends string>({ moves, primary, dangerous, onChoose }: MoveButtonsProps<Move>) {
  const { say } = useWords();
  return moves.map(({ move, words, allowed = true, reason }) => (
    <Button
      key={move}
      look={move === primary ? 'primary' : dangerous.includes(move) ? 'danger' : 'plain'}
      data-move={move}
      disabled={!allowed}
      title={reason ? say(reason.words) : undefined}
      onClick={() => onChoose(move)}
    >
      {say(words)}
    </Button>
  ));
}
