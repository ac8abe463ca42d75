import { type BothWords, useWords } from '../words/words.js';
import { Button } from './button.js';
import { type Action, ActionMenu } from './menu.js';

export interface HeadMove<Move extends string> {
  readonly move: Move;
  readonly words: BothWords;
  readonly allowed?: boolean;
  readonly reason?: { readonly words: BothWords } | null;
}

interface MoveButtonsProps<Move extends string> {
  /** As the platform's transition table gives them to this side; `reason` says why one is not possible just now. */
  readonly moves: readonly HeadMove<Move>[];
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

interface HeadMovesProps<Move extends string> extends MoveButtonsProps<Move> {
  /** What people come for, first things first: two of these that are possible stand as buttons. */
  readonly main: readonly Move[];
  /** What else stands in the menu. */
  readonly more?: readonly Action[];
}

/** A record of many moves: one or two as buttons, the others in a menu, where a blocked one says why. */
export function HeadMoves<Move extends string>({ moves, primary, dangerous, main, more = [], onChoose }: HeadMovesProps<Move>) {
  const { t, say } = useWords();
  const possible = main.flatMap((each) => moves.filter(({ move, allowed = true }) => move === each && allowed));
  const shown = possible.slice(0, 2);
  const rest = moves
    .filter((each) => !shown.includes(each))
    .map(
      ({ move, words, allowed = true, reason }): Action => ({
        move,
        words: say(words),
        run: () => onChoose(move),
        danger: dangerous.includes(move),
        blocked: allowed ? undefined : reason ? say(reason.words) : '',
      }),
    );
  const open = rest.filter(({ blocked }) => blocked === undefined);
  const actions = [
    ...open.filter(({ danger }) => !danger),
    ...more,
    ...open.filter(({ danger }) => danger),
    ...rest.filter(({ blocked }) => blocked !== undefined),
  ];
  return (
    <>
      <MoveButtons moves={shown} primary={primary} dangerous={dangerous} onChoose={onChoose} />
      {actions.length > 0 ? (
        <ActionMenu
          label={t('orders.moreMoves')}
          trigger={
            <Button icon="down" data-more-moves>
              {t('orders.moreMoves')}
            </Button>
          }
          actions={actions}
        />
      ) : null}
    </>
  );
}
