import { requestErrors } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { findThings, getActivity } from '../lifecycle/index.js';
import type { ProductionService } from '../production/index.js';

/** What a case may rest on. */
export const evidenceKinds = ['unit', 'lot', 'activity', 'run'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Answers for runs; production gives it. */
export type RunReader = Pick<ProductionService, 'getRun'>;

/** Throws `request.not_found` unless the organization sees what it names as evidence. */
export async function requireEvidence(
  scope: Scope,
  { kind, id }: { readonly kind: EvidenceKind; readonly id: string },
  runs: RunReader,
): Promise<void> {
  if (kind === 'run') await runs.getRun(scope, id);
  else if (kind === 'activity') await getActivity(scope, id);
  else if ((await findThings(scope, [id])).get(id)?.kind !== kind) throw requestErrors.not_found({ kind });
}
