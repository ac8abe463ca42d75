import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import type { OrderTables } from '../order/tables.js';
import type { ComplaintMove, ComplaintSide, ComplaintState, ComplaintSubject } from './states.js';
import type { ComplaintTables } from './tables.js';

export type ComplaintRow = Selectable<ComplaintTables['complaint']>;
export type ComplaintMoveRow = Selectable<ComplaintTables['complaint_move']>;

const tables = (scope: Scope) => scope.tx.withTables<ComplaintTables>();

export async function insertComplaint(scope: Scope, row: Omit<ComplaintRow, 'version'>): Promise<ComplaintRow> {
  return tables(scope).insertInto('complaint').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findComplaint(scope: Scope, id: string): Promise<ComplaintRow | undefined> {
  return tables(scope)
    .selectFrom('complaint')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only a side gets the row: locking asks the policy for updates. */
export async function lockComplaint(scope: Scope, id: string): Promise<ComplaintRow | undefined> {
  return tables(scope)
    .selectFrom('complaint')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export type ComplaintChange = Partial<
  Pick<ComplaintRow, 'state' | 'owner' | 'outcome' | 'operator' | 'decision_due_at' | 'due_at' | 'answered_at'>
>;

export async function updateComplaint(scope: Scope, row: ComplaintRow, change: ComplaintChange): Promise<ComplaintRow> {
  return tables(scope)
    .updateTable('complaint')
    .set({ ...change, version: row.version + 1, changed_at: scope.now })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertComplaintMove(
  scope: Scope,
  { id, state }: Pick<ComplaintRow, 'id' | 'state'>,
  { side, move, text }: { readonly side: ComplaintSide; readonly move: ComplaintMove | 'file'; readonly text: string | null },
): Promise<void> {
  await tables(scope)
    .insertInto('complaint_move')
    .values({
      id: newId(),
      complaint_id: id,
      organization: scope.organization,
      side,
      move,
      state,
      text,
      moved_by: scope.actor.label,
      moved_at: scope.now,
    })
    .execute();
}

export async function complaintMoves(scope: Scope, complaint: RecordId): Promise<ComplaintMoveRow[]> {
  return tables(scope)
    .selectFrom('complaint_move')
    .selectAll()
    .where('complaint_id', '=', complaint)
    .orderBy('moved_at')
    .orderBy('id')
    .execute();
}

/** What people call the line, shipment or statement line of this order; undefined when it has none by that id. */
export async function subjectLabel(
  scope: Scope,
  order: RecordId,
  { kind, id }: { readonly kind: Exclude<ComplaintSubject, 'order'>; readonly id: string },
): Promise<string | undefined> {
  const db = scope.tx.withTables<OrderTables>();
  if (kind === 'shipment')
    return (await db.selectFrom('shipment').select('number').where('order_id', '=', order).where('id', '=', id).executeTakeFirst())?.number;
  if (kind === 'statement_line') return statementLineLabel(scope, order, id);
  const line = await db
    .selectFrom('order_line')
    .select(['position', 'description'])
    .where('order_id', '=', order)
    .where('id', '=', id)
    .executeTakeFirst();
  return line && `${line.position} · ${line.description}`;
}

/** A line of a statement that bills this order: the statement's number and the line's position. */
async function statementLineLabel(scope: Scope, order: RecordId, line: string): Promise<string | undefined> {
  const { rows } = await sql<{ label: string }>`
    select s.number || ' · ' || l.position as label
    from core.statement_line l join core.statement s on s.id = l.statement_id
    where l.id = ${line} and l.order_id = ${order}`.execute(scope.tx);
  return rows[0]?.label;
}

export interface ComplaintFilter {
  readonly side?: ComplaintSide | undefined;
  readonly state?: ComplaintState | undefined;
  readonly order?: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** The most urgent first. */
export async function pageOfComplaints(scope: Scope, { side, state, order, after, limit }: ComplaintFilter) {
  const db = tables(scope);
  let own = db.selectFrom('complaint_party').selectAll().where('organization', '=', scope.organization);
  if (side) own = own.where('role', '=', side);
  if (state) own = own.where('state', '=', state);
  if (order) own = own.where('order_id', '=', order as RecordId);
  if (after) own = own.where(sql<boolean>`(due_key, complaint_id) > (${after.key}::timestamptz, ${after.id}::uuid)`);
  own = own
    .orderBy('due_key')
    .orderBy('complaint_id')
    .limit(limit + 1);
  return db
    .selectFrom(own.as('own'))
    .innerJoin('complaint', 'complaint.id', 'own.complaint_id')
    .selectAll('complaint')
    .select('own.due_key')
    .orderBy('own.due_key')
    .orderBy('own.complaint_id')
    .execute();
}
