import type { z } from 'zod';
import { type ApiTree, contractVersion, type Vertical, type VerticalDefinition, verticalType } from './contract.js';

/** Makes the value that a vertical's package exports. Nothing is checked or run here; the platform checks it whole before loading. */
export function defineVertical<
  const Id extends string,
  Config extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Api extends ApiTree = Record<never, never>,
>(definition: VerticalDefinition<Id, Config, Api>): Vertical<Id, Config, Api> {
  return { $$type: verticalType, contract: contractVersion, ...definition };
}
