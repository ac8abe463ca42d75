import type { Connection } from '@yunfab/core/database';
import { productionInvariants } from '@yunfab/core/production';

export interface CheckedInvariant {
  readonly name: string;
  readonly violations: readonly { readonly subject: string; readonly found: string }[];
}

/** Runs every law of the books as the owner, who sees all organizations. */
export async function findLedgerViolations(owner: Connection): Promise<CheckedInvariant[]> {
  const checked: CheckedInvariant[] = [];
  for (const { name, sql } of productionInvariants) {
    const { rows } = await owner.pool.query<{ subject: string; found: string }>(`${sql} limit 100`);
    checked.push({ name, violations: rows });
  }
  return checked;
}
