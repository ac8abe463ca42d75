import type { Scope } from '../../database/index.js';
import { lifecycleErrors } from '../errors.js';
import { codeOf, findThings } from '../things.js';
import { anyMadeOf, lockGenealogy, reachedAmong } from './repository.js';

/**
 * Refuses what would make a thing part of itself, as far as the organization sees: what it may not see is not asked, for the refusal
 * would tell of it. An output of which nothing was made yet closes no circle, which is nearly always so and costs one look.
 */
export async function requireNoCycle(
  scope: Scope,
  { inputs, outputs }: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): Promise<void> {
  if (!(await anyMadeOf(scope, outputs))) return;
  await lockGenealogy(scope);
  const [circular] = await reachedAmong(scope, 'forward', { starts: outputs, wanted: inputs });
  if (circular === undefined) return;
  const thing = (await findThings(scope, [circular])).get(circular);
  throw lifecycleErrors.would_contain_itself({ thing: thing ? codeOf(thing) : circular });
}
