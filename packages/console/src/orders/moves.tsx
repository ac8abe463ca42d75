import { useState } from 'react';
import { Button } from '../design/button.js';
import { ActionMenu } from '../design/menu.js';
import { useWords } from '../words/words.js';
import { AcceptDialog, CloseDialog, DeclineDialog, WithdrawDialog } from './answer-moves.js';
import { AcceptChangeDialog, DeclineChangeDialog, ProposeChangeDialog, WithdrawChangeDialog } from './change-moves.js';
import {
  ConfirmMilestoneDialog,
  DeclareDefaultDialog,
  DisputeDialog,
  HoldDialog,
  ReachMilestoneDialog,
  ResolveDialog,
  ResumeDialog,
} from './halt-moves.js';
import { InspectDialog } from './inspect-move.js';
import type { Order } from './order-page.js';
import { ReceiveDialog } from './receive-move.js';
import { ReturnDialog } from './return-move.js';
import { ReverseDialog } from './reverse-move.js';
import { ShipDialog } from './ship-move.js';
import { StartDialog } from './start-move.js';
import { TransitionsDialog } from './transitions-dialog.js';

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
  return: ReturnDialog,
  reverse: ReverseDialog,
  close: CloseDialog,
  hold: HoldDialog,
  resume: ResumeDialog,
  dispute: DisputeDialog,
  resolve: ResolveDialog,
  propose_change: ProposeChangeDialog,
  accept_change: AcceptChangeDialog,
  accept_cancellation: AcceptChangeDialog,
  accept_short_close: AcceptChangeDialog,
  decline_change: DeclineChangeDialog,
  withdraw_change: WithdrawChangeDialog,
  declare_default: DeclareDefaultDialog,
  reach_milestone: ReachMilestoneDialog,
  confirm_milestone: ConfirmMilestoneDialog,
};

/** What is seldom done stands in a menu, and what nobody waits for is not shown while it is not possible. */
const seldom: readonly Move[] = [
  'hold',
  'dispute',
  'propose_change',
  'declare_default',
  'reach_milestone',
  'withdraw_change',
  'return',
  'reverse',
];
const onlyWhenPossible: readonly Move[] = [
  'accept_change',
  'accept_cancellation',
  'accept_short_close',
  'decline_change',
  'withdraw_change',
  'confirm_milestone',
  'reach_milestone',
  'propose_change',
  'declare_default',
];

const taking: readonly Move[] = ['decline', 'withdraw', 'decline_change'];

/** The moves of this side, from the platform's transition table; a blocked one says why. */
export function Moves({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  const [drawn, setDrawn] = useState(false);
  const [opened, setOpened] = useState<Move | null>(null);
  const known = order.moves.filter(({ move, allowed }) => dialogs[move] && (allowed || !onlyWhenPossible.includes(move)));
  const moves = known.filter(({ move }) => !seldom.includes(move));
  const rest = known.filter(({ move, allowed }) => seldom.includes(move) && allowed);
  const possible = moves.filter(({ allowed, move }) => allowed && !taking.includes(move)).map(({ move }) => move);
  const awaited = order.waitingFor.own ? possible.find((move) => move === order.waitingFor.move) : undefined;
  const first = awaited ?? possible[0];
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
        <ActionMenu
          label={t('orders.moreMoves')}
          trigger={<Button data-more-moves>{t('orders.moreMoves')}</Button>}
          actions={[
            ...rest.map(({ move, words }) => ({ words: <span data-move={move}>{say(words)}</span>, run: () => setOpened(move) })),
            { words: t('table.open'), run: () => setDrawn(true) },
          ]}
        />
      </div>
      {drawn ? <TransitionsDialog current={order.state} onClose={() => setDrawn(false)} /> : null}
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
