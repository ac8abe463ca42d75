import type { z } from 'zod';
import type { Scope } from '../database/index.js';
import type * as schema from './schema.js';

export interface ProductionService {
  getJob(scope: Scope, job: string): Promise<schema.JobDetail>;
  listJobs(scope: Scope, input: z.output<typeof schema.jobListInput>): Promise<z.infer<typeof schema.jobPageSchema>>;
  completeJob(scope: Scope, input: z.output<typeof schema.completeJobInput>): Promise<schema.JobDetail>;
  openLot(scope: Scope, input: z.output<typeof schema.openLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  closeLot(scope: Scope, input: z.output<typeof schema.closeLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  countByHand(scope: Scope, input: z.output<typeof schema.countByHandInput>): Promise<schema.JobDetail>;
  getRun(scope: Scope, run: string): Promise<schema.RunView>;
  listRuns(scope: Scope, input: z.output<typeof schema.runListInput>): Promise<z.infer<typeof schema.runPageSchema>>;
  reevaluateRun(scope: Scope, run: string): Promise<schema.RunView>;
}
