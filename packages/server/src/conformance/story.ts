import type { Check } from './check.js';
import type { World } from './world.js';

export const story: Check<World> = {
  name: 'story',
  asks: 'Its story can be told to the end: organizations, calls, orders, machines, and what follows from their runs.',
  async run({ vertical, ended, owner }) {
    const { story: told } = vertical;
    if (!told) return { problems: [], note: 'it has none' };
    const problems = ended ? [] : ['The story did not come to its end in time. Start `yunfab demo` with it and look which call waits.'];
    const { rows } = await owner.pool.query<{ accepted: string }>(
      `select coalesce(sum(quantity), 0)::text as accepted from core.order_entry where kind = 'accepted'`,
    );
    const accepted = Number(rows[0]?.accepted ?? 0);
    if (ended && told.epilogue && told.epilogue.length > 0 && accepted === 0)
      problems.push('The story ends without one accepted unit. Let its epilogue ship, receive and accept what was made.');
    return { problems, note: `${told.organizations.length} organizations, ${told.orders.length} orders, ${accepted} accepted` };
  },
};
