import type { z } from 'zod';
import type { Scope } from '../database/index.js';
import type { Specification } from '../production/index.js';
import { createAgreement } from './agreement/answering.js';
import { defaulting } from './agreement/defaulting.js';
import { halting } from './agreement/halting.js';
import { milestones } from './agreement/milestones.js';
import { type ChangeService, createChangeService } from './changes/service.js';
import { acceptance } from './delivery/acceptance.js';
import { delivery } from './delivery/shipping.js';
import { createImportService, type ImportService } from './imports/service.js';
import type * as lists from './listing/schema.js';
import { listing } from './listing/service.js';
import { reading } from './order/reading.js';
import type * as schema from './order/schema.js';
import { createRfqService, type RfqService } from './rfq/index.js';
import { createSubcontractService, type SubcontractService } from './subcontract/service.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export interface OrderService {
  readonly rfq: RfqService;
  readonly subcontract: SubcontractService;
  readonly imports: ImportService;
  propose(scope: Scope, input: schema.ProposeInput): Promise<schema.OrderView>;
  accept(scope: Scope, input: In<typeof schema.acceptInput>): Promise<schema.OrderView>;
  decline(scope: Scope, input: In<typeof schema.declineInput>): Promise<schema.OrderView>;
  withdraw(scope: Scope, input: In<typeof schema.withdrawInput>): Promise<schema.OrderView>;
  start(scope: Scope, input: In<typeof schema.startInput>): Promise<z.infer<typeof schema.startedSchema>>;
  ship(scope: Scope, input: In<typeof schema.shipInput>): Promise<schema.OrderView>;
  receive(scope: Scope, input: In<typeof schema.receiveInput>): Promise<schema.OrderView>;
  inspect(scope: Scope, input: In<typeof schema.inspectInput>): Promise<schema.OrderView>;
  return(scope: Scope, input: In<typeof schema.returnInput>): Promise<schema.OrderView>;
  reverse(scope: Scope, input: In<typeof schema.reverseInput>): Promise<schema.OrderView>;
  hold(scope: Scope, input: In<typeof schema.holdInput>): Promise<schema.OrderView>;
  resume(scope: Scope, input: In<typeof schema.resumeInput>): Promise<schema.OrderView>;
  dispute(scope: Scope, input: In<typeof schema.disputeInput>): Promise<schema.OrderView>;
  resolve(scope: Scope, input: In<typeof schema.resolveInput>): Promise<schema.OrderView>;
  declareDefault(scope: Scope, input: In<typeof schema.declareDefaultInput>): Promise<schema.OrderView>;
  reachMilestone(scope: Scope, input: In<typeof schema.reachMilestoneInput>): Promise<schema.OrderView>;
  confirmMilestone(scope: Scope, input: In<typeof schema.confirmMilestoneInput>): Promise<schema.OrderView>;
  readonly changes: ChangeService;
  close(scope: Scope, input: In<typeof schema.closeInput>): Promise<schema.OrderView>;
  settle(scope: Scope, input: In<typeof schema.settleInput>): Promise<schema.OrderView>;
  annotate(scope: Scope, input: In<typeof schema.annotateInput>): Promise<schema.OrderView>;
  get(scope: Scope, order: string): Promise<schema.OrderView>;
  list(scope: Scope, input: lists.OrderListInput): Promise<z.infer<typeof schema.orderPageSchema>>;
  counts(scope: Scope, input: In<typeof lists.orderCountsInput>): Promise<z.infer<typeof lists.orderCountsSchema>>;
  timeline(scope: Scope, input: In<typeof schema.timelineInput>): Promise<z.infer<typeof schema.timelinePageSchema>>;
  ledger(scope: Scope, input: In<typeof schema.ledgerInput>): Promise<z.infer<typeof schema.ledgerPageSchema>>;
}

export interface OrderPorts {
  /** Gives a line's specification back as its vertical's schema parsed it, or throws why it cannot be ordered. */
  readonly specifications: (given: Specification) => Specification;
}

export function createOrderService(ports: OrderPorts): OrderService {
  return {
    ...createAgreement(ports),
    ...halting,
    ...defaulting,
    ...milestones,
    changes: createChangeService(ports),
    ...delivery,
    ...acceptance,
    ...reading,
    ...listing,
    rfq: createRfqService(ports),
    subcontract: createSubcontractService(ports),
    imports: createImportService(ports),
  };
}
