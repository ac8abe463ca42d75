import { useState } from 'react';
import { HeadMoves } from '../design/move-buttons.js';
import { useWords } from '../words/words.js';
import { AcceptDialog, CloseDialog, DeclineDialog, SettleDialog, WithdrawDialog } from './answer-moves.js';
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
import { OrderTransitions } from './transitions-dialog.js';

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
  settle: SettleDialog,
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

/** What people come for; the rest stands in the menu. */
const main: readonly Move[] = [
  'accept_change',
  'accept_cancellation',
  'accept_short_close',
  'accept',
  'resume',
  'resolve',
  'receive',
  'inspect',
  'close',
  'settle',
  'ship',
  'start',
  'confirm_milestone',
  'decline_change',
  'decline',
  'withdraw',
];
/** What nobody waits for is not shown while it is not possible. */
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
  const moves = order.moves.filter(({ move, allowed }) => dialogs[move] && (allowed || !onlyWhenPossible.includes(move)));
  const awaited = order.waitingFor.own ? moves.find(({ move }) => move === order.waitingFor.move) : undefined;
  const wanted = awaited ? [awaited.move, ...main.filter((move) => move !== awaited.move)] : main;
  const possible = wanted.filter((move) => !taking.includes(move) && moves.some((each) => each.move === move && each.allowed));
  const MoveDialog = opened ? dialogs[opened] : null;
  return (
    <div>
      <div className="actions end">
        <HeadMoves
          moves={moves}
          main={wanted}
          primary={possible[0]}
          dangerous={taking}
          more={[{ words: t('table.open'), run: () => setDrawn(true) }]}
          onChoose={setOpened}
        />
      </div>
      {awaited && !awaited.allowed && awaited.reason ? (
        <p className="soft small" style={{ textAlign: 'end', marginTop: 4, maxWidth: 460, marginInlineStart: 'auto' }}>
          {say(awaited.words)}: {say(awaited.reason.words)}
        </p>
      ) : null}
      {drawn ? <OrderTransitions current={order.state} onClose={() => setDrawn(false)} /> : null}
      {MoveDialog ? <MoveDialog order={order} onDone={() => setOpened(null)} /> : null}
    </div>
  );
}
