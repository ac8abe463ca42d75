import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { quantity } from '../../measure/index.js';
import { findThings, viewOrganizations, viewThings } from '../things.js';
import { activityRules } from './kinds.js';
import { type ActivityRow, findActivity, pageOfActivities, thingsOfActivities } from './repository.js';
import type { ActivityView } from './schema.js';

const mostThings = 200;
const mostThingsInList = 12;

export async function viewActivities(scope: Scope, rows: readonly ActivityRow[], each = mostThingsInList): Promise<ActivityView[]> {
  const parts = await thingsOfActivities(
    scope,
    rows.map(({ id }) => id),
    each + 1,
  );
  const things = await viewThings(
    scope,
    parts.map(({ thing_id }) => thing_id),
  );
  const organization = await viewOrganizations(
    scope,
    rows.flatMap((row) => (row.receiver ? [row.organization, row.receiver] : [row.organization])),
  );
  return rows.map((row) => {
    const own = parts.filter(({ activity_id }) => activity_id === row.id);
    return {
      id: row.id,
      kind: row.kind,
      kindWords: activityRules[row.kind].words,
      at: row.at.toISOString(),
      performer: organization(row.organization),
      own: row.organization === scope.organization,
      receiver: row.receiver ? organization(row.receiver) : null,
      place: row.place,
      equipment: row.equipment_id,
      run: row.run_id,
      note: row.note,
      // Stored as the schema checked it.
      details: row.details as ActivityView['details'],
      recordedBy: row.recorded_by,
      recordedAt: row.recorded_at.toISOString(),
      things: own.slice(0, each).flatMap((part) => {
        const thing = things.get(part.thing_id);
        return thing ? [{ role: part.role, thing, quantity: quantity(part.quantity, part.unit), position: part.position }] : [];
      }),
      cut: own.length > each,
    };
  });
}

export async function getActivity(scope: Scope, id: string): Promise<ActivityView> {
  const row = await findActivity(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'activity' });
  const [view] = await viewActivities(scope, [row], mostThings);
  return view as ActivityView;
}

export async function listActivities(
  scope: Scope,
  { thing, limit, cursor }: { readonly thing?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
) {
  if (thing !== undefined && (await findThings(scope, [thing])).size === 0) throw requestErrors.not_found({ kind: 'lot or unit' });
  const rows = await pageOfActivities(scope, { thing, after: decodeCursor(cursor), limit });
  const views = new Map((await viewActivities(scope, rows.slice(0, limit))).map((view) => [view.id, view]));
  return page(
    rows,
    limit,
    (row) => ({ key: row.at.toISOString(), id: row.id }),
    (row) => views.get(row.id) as ActivityView,
  );
}
