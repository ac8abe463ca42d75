import type { ProcedureMeta } from '@yunfab/core/commands';
import { isYunfabError } from '@yunfab/core/errors';
import type { Vertical } from '@yunfab/core/verticals';
import type { z } from 'zod';
import type { Check } from './check.js';
import type { World } from './world.js';

/** The code under which a call was refused; null when it was not. */
export async function refusal(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const known = isYunfabError(error) ? error : (error as { cause?: unknown }).cause;
    return isYunfabError(known) ? known.code : ((error as { code?: string }).code ?? String(error));
  }
}

export interface OwnProcedure {
  /** As the router has it: `kiln.recipes.list`. */
  readonly name: string;
  readonly permission: string | null;
  readonly input: z.ZodType | undefined;
}

export function proceduresOf({ platform }: World, { id }: Vertical): OwnProcedure[] {
  const { procedures } = platform.core.router._def as unknown as {
    readonly procedures: Readonly<
      Record<string, { readonly _def: { readonly meta?: ProcedureMeta; readonly inputs: readonly z.ZodType[] } }>
    >;
  };
  return Object.entries(procedures)
    .filter(([name]) => name.startsWith(`${id}.`))
    .map(([name, { _def }]) => ({ name, permission: _def.meta?.permission ?? null, input: _def.inputs[0] }));
}

export const permissions: Check<World> = {
  name: 'permissions',
  asks: 'No procedure answers a caller who lacks its permission, or an organization that has not enabled the vertical.',
  async run(world) {
    const { vertical, call, stranger } = world;
    const procedures = proceduresOf(world, vertical);
    const problems: string[] = [];
    const others = Object.keys(vertical.permissions ?? {});
    for (const { name, permission: needed } of procedures) {
      const held = others.filter((permission) => permission !== needed);
      const code = await refusal(call(stranger, name, {}, held));
      if (code !== 'access.forbidden')
        problems.push(`${name} answers ${code ?? 'a result'} to a caller without ${needed}; it has to be refused with access.forbidden.`);
    }
    await call(stranger, 'verticals.disable', { vertical: vertical.id });
    for (const { name } of procedures) {
      const code = await refusal(call(stranger, name, {}));
      // An input that cannot be empty is refused first, before the organization is asked.
      if (code !== 'verticals.not_enabled' && code !== 'BAD_REQUEST' && code !== 'request.not_found')
        problems.push(`${name} answers ${code ?? 'a result'} to an organization that has not enabled the vertical.`);
    }
    await call(stranger, 'verticals.enable', { vertical: vertical.id });
    return { problems, note: `${procedures.length} procedures` };
  },
};
