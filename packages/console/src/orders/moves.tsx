import { useState } from 'react';
import { Button } from '../design/button.js';
import { useWords } from '../words/words.js';
import { AcceptDialog, CloseDialog, DeclineDialog, WithdrawDialog } from './answer-moves.js';
import { InspectDialog } from './inspect-move.js';
import type { Order } from './order-page.js';
import { ReceiveDialog } from './receive-move.js';
import { ReverseDialog } from './reverse-move.js';
import { ShipDialog } from './ship-move.js';
import { StartDialog } from './start-move.js';

type Move = Order['moves'][number]['move'];

/** What the dialog of any move is given. */
export interface MoveProps {
  readonly order: Order;
  readonly onDone: () => void;
}

const dialogs: Readonly<Partial<Record<Move, (props: MoveProps) => React.JSX.Element>>> = {
  accept: AcceptDialog,
  decline: DeclineDialog,
  withdraw: WithdrawDialog,
  start: StartDialog,
  ship: ShipDialog,
  receive: ReceiveDialog,
  inspect: InspectDialog,
  reverse: ReverseDialog,
  close: CloseDialog,
};

const taking: readonly Move[] = ['decline', 'withdraw', 'reverse'];

/** The moves of this side, from the platform's transition table; a blocked one says why. */
export function Moves({ order }: { readonly order: Order }) {
  const { say } = useWords();
  const [opened, setOpened] = useState<Move | null>(null);
  const moves = order.moves.filter(({ move }) => dialogs[move]);
  const first = moves.find(({ allowed, move }) => allowed && !taking.includes(move))?.move;
  const MoveDialog = opened ? dialogs[opened] : null;
  const blocked = moves.filter((move) => !move.allowed && move.reason);
  return (
    <div>
      <div className="actions end">
        {moves.map(({ move, words, allowed, reason }) => (
          <Button
            key={move}
            look={move === first ? 'primary' : taking.includes(move) ? 'danger' : 'plain'}
            aria-disabled={!allowed}
            aria-describedby={reason ? `why-${move}` : undefined}
            title={reason ? say(reason.words) : undefined}
            data-move={move}
            onClick={() => (allowed ? setOpened(move) : undefined)}
          >
            {say(words)}
          </Button>
        ))}
      </div>
      {blocked.map(({ move, words, reason }) => (
        <p
          key={move}
          id={`why-${move}`}
          className="soft small"
          style={{ textAlign: 'end', marginTop: 4, maxWidth: 460, marginInlineStart: 'auto' }}
        >
          {say(words)}: {reason ? say(reason.words) : null}
        </p>
      ))}
      {MoveDialog ? <MoveDialog order={order} onDone={() => setOpened(null)} /> : null}
    </div>
  );
}
