import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { readRevision } from '../../engineering/index.js';
import { isYunfabError } from '../../errors/index.js';
import { productionErrors } from '../errors.js';
import type { NewOperationInput, RoutingInput, Specification } from '../schema.js';
import type { NewOperation } from './starting.js';

/** What a released revision says of a job order. */
export interface RoutedJob {
  readonly revision: string;
  readonly item: string;
  readonly specification: Specification | null;
  readonly operations: readonly NewOperation[];
}

/**
 * The operations of a released revision, with the equipment that shall work at each. Throws `production.revision_unknown`,
 * `production.revision_not_released`, `production.unit_differs`, `production.operation_twice`.
 */
export async function routeJob(scope: Scope, unit: string, { revision: id, at }: RoutingInput): Promise<RoutedJob> {
  const revision = await visibleRevision(scope, id);
  const what = `${revision.item.number}/${revision.label}`;
  if (revision.state !== 'released')
    throw productionErrors.revision_not_released({
      what,
      stateEn: revision.stateWords.en.toLowerCase(),
      stateZh: revision.stateWords.zh,
    });
  if (revision.item.unit !== unit) throw productionErrors.unit_differs({ what, expected: revision.item.unit, unit });
  const placed = new Map(at.map((each) => [each.position, each]));
  const odd = at.find(
    (each) => placed.get(each.position) !== each || !revision.operations.some(({ position }) => position === each.position),
  );
  if (odd) throw productionErrors.operation_twice({ position: odd.position });
  return {
    revision: revision.id,
    item: revision.item.id,
    specification: revision.specification,
    operations: revision.operations.map(({ position, name, workCenter, setupSeconds, runSeconds }) => ({
      position,
      words: name,
      equipment: placed.get(position)?.equipment ?? null,
      parallel: placed.get(position)?.parallel ?? false,
      outside: placed.get(position)?.outside ?? false,
      supplier: placed.get(position)?.supplier ?? null,
      workCenter,
      setupSeconds,
      runSeconds,
    })),
  };
}

async function visibleRevision(scope: Scope, id: string) {
  try {
    return await readRevision(scope, id);
  } catch (error) {
    if (isYunfabError(error) && error.code === requestErrors.not_found().code)
      throw productionErrors.revision_unknown({ revision: id }, error);
    throw error;
  }
}

/** Operations as they were named, each with its position. */
export function namedOperations(given: readonly NewOperationInput[]): NewOperation[] {
  const operations = given.map((each, index) => ({
    position: each.position ?? (index + 1) * 10,
    words: each.words,
    equipment: each.equipment ?? null,
    parallel: each.parallel,
    workCenter: each.workCenter ?? null,
    setupSeconds: each.setupSeconds ?? null,
    runSeconds: each.runSeconds ?? null,
    outside: each.outside,
    supplier: each.supplier ?? null,
  }));
  const sorted = operations.sort((a, b) => a.position - b.position);
  const twice = sorted.find((each, index) => sorted[index + 1]?.position === each.position);
  if (twice) throw productionErrors.operation_twice({ position: twice.position });
  return sorted;
}
