import type { Garment } from '../pattern/index.js';
import { type AddedOperationName, addedOperations, type Operation, shirtOperations, trousersOperations } from './operations.js';

/** What a customer chose and what the body asks for, as far as it changes the work. */
export interface RoutingChoice {
  readonly garment: Garment;
  readonly monogram?: boolean;
  readonly chest_pocket?: boolean;
  readonly turn_up?: boolean;
  /** Of the drafted pattern: a body that fits without them gets none. */
  readonly dart?: boolean;
  readonly pleat?: boolean;
}

const forGarment: Readonly<Record<Garment, readonly AddedOperationName[]>> = {
  shirt: ['chest_pocket', 'monogram'],
  trousers: ['pleat', 'dart', 'turn_up'],
};

/** The routing of one garment, in an order in which it can be worked. */
export function routingOf(choice: RoutingChoice): Operation[] {
  const { garment } = choice;
  const added = forGarment[garment].filter((name) => choice[name]).map((name) => addedOperations[name]);
  const basic = (garment === 'shirt' ? shirtOperations : trousersOperations).map(
    (each): Operation => ({
      ...each,
      after: [
        ...each.after,
        ...added.filter(({ before }) => (before as readonly string[]).includes(each.id)).map(({ operation }) => operation.id),
      ],
    }),
  );
  return inOrder([...basic, ...added.map(({ operation }) => operation)]);
}

/** SAM of a station's program, garment and operation (`shirt/side`); null when there is no such operation. */
export function samOf(program: string | null): number | null {
  const [garment, id] = (program ?? '').split('/');
  if (garment !== 'shirt' && garment !== 'trousers') return null;
  const every = routingOf({ garment, monogram: true, chest_pocket: true, turn_up: true, dart: true, pleat: true });
  return every.find((each) => each.id === id)?.sam ?? null;
}

export const totalSam = (routing: readonly Operation[]): number => Number(routing.reduce((sum, { sam }) => sum + sam, 0).toFixed(2));

function inOrder(operations: readonly Operation[]): Operation[] {
  const done = new Set<string>();
  const ordered: Operation[] = [];
  while (ordered.length < operations.length) {
    const next = operations.find(({ id, after }) => !done.has(id) && after.every((before) => done.has(before)));
    if (!next) throw new RangeError('operations wait for one another in a circle');
    done.add(next.id);
    ordered.push(next);
  }
  return ordered;
}
