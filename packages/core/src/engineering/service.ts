import type { z } from 'zod';
import type { Scope } from '../database/index.js';
import { answering } from './changes/answering.js';
import { deciding } from './changes/deciding.js';
import { drafting } from './changes/drafting.js';
import { reading } from './changes/reading.js';
import type * as changes from './changes/schema.js';
import { createItems } from './items.js';
import { coreItemKind, type ItemKinds } from './kinds.js';
import { createRevisions } from './revisions.js';
import type * as schema from './schema.js';
import { structure } from './structure.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Out<Schema extends z.ZodType> = z.infer<Schema>;

export interface EngineeringService {
  createItem(scope: Scope, input: In<typeof schema.createItemInput>): Promise<schema.ItemView>;
  getItem(scope: Scope, item: string): Promise<schema.ItemView>;
  listItems(scope: Scope, input: In<typeof schema.itemListInput>): Promise<Out<typeof schema.itemPageSchema>>;
  annotateItem(scope: Scope, input: In<typeof schema.annotateItemInput>): Promise<schema.ItemView>;
  createRevision(scope: Scope, input: In<typeof schema.createRevisionInput>): Promise<schema.RevisionView>;
  editRevision(scope: Scope, input: In<typeof schema.editRevisionInput>): Promise<schema.RevisionView>;
  releaseRevision(scope: Scope, input: In<typeof schema.revisionMoveInput>): Promise<schema.RevisionView>;
  retireRevision(scope: Scope, input: In<typeof schema.revisionMoveInput>): Promise<schema.RevisionView>;
  getRevision(scope: Scope, revision: string): Promise<schema.RevisionView>;
  listRevisions(scope: Scope, item: string): Promise<Out<typeof schema.revisionListSchema>>;
  explode(scope: Scope, input: In<typeof schema.explodeInput>): Promise<schema.Explosion>;
  whereUsed(scope: Scope, item: string): Promise<schema.WhereUsed>;
  compareRevisions(scope: Scope, input: In<typeof schema.compareInput>): Promise<schema.Comparison>;
  draftChange(scope: Scope, input: In<typeof changes.draftChangeInput>): Promise<changes.ChangeView>;
  editChange(scope: Scope, input: In<typeof changes.editChangeInput>): Promise<changes.ChangeView>;
  submitChange(scope: Scope, input: In<typeof changes.submitChangeInput>): Promise<changes.ChangeView>;
  approveChange(scope: Scope, input: In<typeof changes.changeMoveInput>): Promise<changes.ChangeView>;
  rejectChange(scope: Scope, input: In<typeof changes.changeMoveInput>): Promise<changes.ChangeView>;
  releaseChange(scope: Scope, input: In<typeof changes.changeMoveInput>): Promise<changes.ChangeView>;
  cancelChange(scope: Scope, input: In<typeof changes.changeMoveInput>): Promise<changes.ChangeView>;
  acknowledgeChange(scope: Scope, input: In<typeof changes.acknowledgeInput>): Promise<changes.ChangeView>;
  declineChange(scope: Scope, input: In<typeof changes.declineChangeInput>): Promise<changes.ChangeView>;
  getChange(scope: Scope, change: string): Promise<changes.ChangeView>;
  listChanges(scope: Scope, input: In<typeof changes.changeListInput>): Promise<Out<typeof changes.changePageSchema>>;
}

export interface EngineeringPorts {
  readonly itemKinds: ItemKinds;
  /** Gives a revision's specification back as its vertical's schema parsed it, or throws why it cannot stand. */
  readonly specifications: (given: schema.Specification) => schema.Specification;
}

/** Without ports: the kinds of core, and specifications as they are given. */
export function createEngineeringService(ports: Partial<EngineeringPorts> = {}): EngineeringService {
  const whole: EngineeringPorts = { itemKinds: coreItemKind, specifications: (given) => given, ...ports };
  return { ...createItems(whole), ...createRevisions(whole), ...structure, ...drafting, ...answering, ...deciding, ...reading };
}
