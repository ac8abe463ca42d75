import { z } from 'zod';
import { dateSchema, lineText, organizationCodeSchema, pageInput } from '../../commands/index.js';
import { orderSides, orderStates } from '../order/states.js';

/** What an order list can be sorted by: last changed first, soonest due first, own number from the smallest (without orders that have none). */
export const orderSorts = ['changed', 'due', 'number'] as const;
export type OrderSort = (typeof orderSorts)[number];

const ownNumber = lineText(60);

/** Which of the organization's own orders; every part narrows. */
export const orderFilterInput = {
  side: z.enum(orderSides).optional(),
  state: z.enum(orderStates).optional(),
  /** Any of these. */
  states: z.array(z.enum(orderStates)).min(1).max(orderStates.length).optional(),
  /** Code of the organization on the other side; one that does not exist has no orders. */
  counterparty: organizationCodeSchema.optional(),
  /** First and last day on which the orders are due, both included; such a list is sorted by due date. */
  dueFrom: dateSchema.optional(),
  dueTo: dateSchema.optional(),
  /** Only those by which your organization has work of its own orders done by others (分包). */
  subOrders: z.boolean().optional(),
  /** Exact own number. */
  ownNumber: ownNumber.optional(),
  /** How the own number begins, as it is written; such a list is sorted by own number. */
  ownNumberPrefix: ownNumber.optional(),
  /** Part of the number, the own number or the description, in any case. A page looks through 10,000 orders: it may be short and go on. */
  text: lineText(100).optional(),
};

export const orderListInput = z
  .object({
    ...pageInput,
    ...orderFilterInput,
    /** What the filters ask for when left out: `due` with a due range, `number` with a prefix, else `changed`. */
    sort: z.enum(orderSorts).optional(),
  })
  .superRefine(({ dueFrom, dueTo, ownNumberPrefix, text, sort }, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message });
    if (dueFrom && dueTo && dueFrom > dueTo) wrong('dueTo', 'must not be before dueFrom');
    if (text !== undefined) {
      if (ownNumberPrefix !== undefined) wrong('text', 'also finds own numbers: give text or ownNumberPrefix, not both');
      if (sort && sort !== 'changed') wrong('sort', 'what a text finds is listed last changed first');
    } else if (ownNumberPrefix !== undefined) {
      if (sort && sort !== 'number') wrong('sort', 'what a prefix finds is listed by own number');
    } else if ((dueFrom || dueTo) && sort && sort !== 'due') wrong('sort', 'a due range is listed by due date');
  });
export type OrderListInput = z.output<typeof orderListInput>;

export const orderCountsInput = z.object({
  side: z.enum(orderSides).optional(),
  counterparty: organizationCodeSchema.optional(),
});
/** How far a count counts; beyond it `more` is true and the list is the answer. */
export const countedTo = 1000;
export const orderCountsSchema = z.object({
  states: z.array(z.object({ state: z.enum(orderStates), count: z.number().int(), more: z.boolean() })),
});
