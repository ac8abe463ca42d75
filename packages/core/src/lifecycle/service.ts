import type { z } from 'zod';
import type { Scope } from '../database/index.js';
import type { blockInput, LotView, lotListInput, lotPageSchema, ReleaseCheck, releasedSchema, releaseInput } from './schema.js';

export interface LifecycleService {
  get(scope: Scope, lot: string): Promise<LotView>;
  list(scope: Scope, input: z.output<typeof lotListInput>): Promise<z.infer<typeof lotPageSchema>>;
  checkRelease(scope: Scope, lot: string): Promise<ReleaseCheck>;
  release(scope: Scope, input: z.output<typeof releaseInput>): Promise<z.infer<typeof releasedSchema>>;
  block(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
  unblock(scope: Scope, input: z.output<typeof blockInput>): Promise<LotView>;
}
