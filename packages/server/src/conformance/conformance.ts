import { type Vertical, verticalType } from '@yunfab/core/verticals';
import { exportedVertical } from '../platform/verticals.js';
import { type Check, type CheckResult, carryOut } from './check.js';
import { golden, manifest, words } from './declared.js';
import { faults } from './faults.js';
import { hidden } from './hidden.js';
import { machines } from './machines.js';
import { migrations } from './migrations.js';
import { permissions } from './permissions.js';
import { removal } from './removal.js';
import { role } from './role.js';
import { rowSecurity } from './row-security.js';
import { story } from './story.js';
import { inWorld, type World } from './world.js';

export interface Conformance {
  readonly vertical: string | null;
  readonly version: string | null;
  readonly results: readonly CheckResult[];
}

const declared: readonly Check<Vertical>[] = [words, golden, faults];
/** In this order: the last one takes the vertical out. */
const lived: readonly Check<World>[] = [story, machines, permissions, hidden, role, rowSecurity, migrations, removal];

/**
 * Everything that a platform asks of a vertical before an operator relies on it; `source` is a package name or the folder
 * of one. Reads the package, then tells its story on a throwaway platform of its own (embedded database and broker).
 * `onResult` hears of each check as it ends; a story that has not ended after `patienceMs` has failed.
 */
export async function checkConformance(
  source: string,
  { onResult = () => {}, patienceMs = 180_000 }: { onResult?: (result: CheckResult) => void; patienceMs?: number } = {},
): Promise<Conformance> {
  const results: CheckResult[] = [];
  const heard = (result: CheckResult) => {
    results.push(result);
    onResult(result);
    return result;
  };
  const exported = await exportedVertical(source);
  const whole = heard(await carryOut(manifest, exported));
  if (whole.problems.length > 0 || !isVertical(exported)) return { vertical: null, version: null, results };
  for (const check of declared) heard(await carryOut(check, exported));
  await inWorld(source, { vertical: exported, patienceMs }, async (world) => {
    for (const check of lived) heard(await carryOut(check, world));
  });
  return { vertical: exported.id, version: exported.version, results };
}

const isVertical = (exported: unknown): exported is Vertical => (exported as { $$type?: unknown } | null)?.$$type === verticalType;
