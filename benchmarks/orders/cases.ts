import type { OrganizationId, Scope } from '@yunfab/core/database';
import type { OrderService } from '@yunfab/core/orders';
import type { OrderWorld } from './world.js';

/** One way of asking: under the policies of the runtime role, or as the rival that has none. */
export type Ask = <Result>(organization: OrganizationId, work: (scope: Scope) => Promise<Result>) => Promise<Result>;

export interface Case {
  readonly holds: string;
  readonly what: string;
  readonly organization: OrganizationId;
  /** Answers how many rows it gave; both ways must give as many. */
  readonly run: (scope: Scope) => Promise<number>;
}

type ListInput = Parameters<OrderService['list']>[1];

const deepPage = 100;

/** Everything people ask of a list of orders, of each of the three organizations. */
export async function casesOf(service: OrderService, ask: Ask, world: OrderWorld): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [holds, organization] of [
    ['small', world.small],
    ['medium', world.medium],
    ['large', world.large],
  ] as const) {
    const add = (what: string, input: Partial<ListInput>) =>
      cases.push({
        holds,
        what,
        organization,
        run: async (scope) => (await service.list(scope, { limit: 50, ...input })).items.length,
      });
    const deep = (input: Partial<ListInput>) => ask(organization, (scope) => cursorOf(service, scope, input));
    const first = await ask(organization, (scope) => service.list(scope, { limit: 1, states: ['closed', 'confirmed', 'in_production'] }));
    const known = first.items[0];
    if (!known) throw new Error(`the ${holds} organization has no order`);
    add('page 1', {});
    const recent = await deep({});
    if (recent) add(`page ${deepPage}`, { cursor: recent });
    add('a frequent state', { states: ['closed'] });
    add('three rare states', { states: ['proposed', 'declined', 'withdrawn'] });
    add('a side', { side: 'buyer' });
    add('own number', { ownNumber: known.ownNumber ?? known.number });
    add('own number begins', { ownNumberPrefix: (known.ownNumber ?? known.number).slice(0, 6) });
    add('due in a month', { dueFrom: known.dueOn, dueTo: '2099-01-01' });
    const due = await deep({ sort: 'due' });
    if (due) add(`by due date, page ${deepPage}`, { sort: 'due', cursor: due });
    add('a counterparty', { counterparty: holds === 'large' ? world.partnerCode : known.counterparty.code });
    add('a counterparty, rare states', { counterparty: known.counterparty.code, states: ['proposed', 'withdrawn'] });
    add('text, frequent', { text: '轮胎' });
    add('text, nowhere', { text: 'nowhere to be found' });
    cases.push({
      holds,
      what: 'counts by state',
      organization,
      run: async (scope) => (await service.counts(scope, {})).states.reduce((sum, { count }) => sum + count, 0),
    });
  }
  return cases;
}

async function cursorOf(service: OrderService, scope: Scope, input: Partial<ListInput>): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 1; page < deepPage; page += 1) {
    const { next } = await service.list(scope, { limit: 50, ...input, ...(cursor ? { cursor } : {}) });
    if (next === null) return null;
    cursor = next;
  }
  return cursor ?? null;
}
