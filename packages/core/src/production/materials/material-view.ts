import type { RecordId, Scope } from '../../database/index.js';
import { viewThings } from '../../lifecycle/index.js';
import { quantity } from '../../measure/index.js';
import type { MaterialView } from '../schema.js';
import { issuesOf } from './material-repository.js';

export async function viewMaterials(scope: Scope, job: RecordId): Promise<MaterialView[]> {
  const rows = await issuesOf(scope, job);
  const things = await viewThings(
    scope,
    rows.map((row) => row.thing_id),
  );
  const reversed = new Set(rows.flatMap((row) => row.reverses ?? []));
  return rows.flatMap((row) => {
    const thing = things.get(row.thing_id);
    if (!thing) return [];
    return [
      {
        id: row.id,
        operation: row.operation_id,
        lot: row.lot_id,
        thing,
        quantity: quantity(row.quantity, row.unit),
        position: row.position,
        reverses: row.reverses,
        reversed: reversed.has(row.id),
        reason: row.reason,
        by: row.issued_by,
        at: row.issued_at.toISOString(),
      },
    ];
  });
}
