import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import { rfqErrors } from './errors.js';
import type { InvitationState } from './states.js';
import type { RfqTables } from './tables.js';

export type InvitationRow = Selectable<RfqTables['rfq_invitation']>;
export type QuestionRow = Selectable<RfqTables['rfq_question']>;
export type AnswerRow = Selectable<RfqTables['rfq_answer']>;

const tables = (scope: Scope) => scope.tx.withTables<RfqTables>();

/** `supplier` is the code that the caller gave. */
export async function insertInvitation(scope: Scope, invitation: Omit<InvitationRow, 'version'>, supplier: string): Promise<void> {
  try {
    await tables(scope).insertInto('rfq_invitation').values(invitation).execute();
  } catch (error) {
    if (isUniqueViolation(error, 'rfq_invitation_supplier')) throw rfqErrors.already_invited({ supplier }, error);
    throw error;
  }
}

export async function findInvitation(scope: Scope, id: string): Promise<InvitationRow | undefined> {
  return tables(scope)
    .selectFrom('rfq_invitation')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only a party gets the row: locking asks the policy for updates. */
export async function lockInvitation(scope: Scope, id: string): Promise<InvitationRow | undefined> {
  return tables(scope)
    .selectFrom('rfq_invitation')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Of the buyer: every invitation of its RFQ, by when it was made. */
export async function invitationsOf(scope: Scope, rfq: RecordId): Promise<InvitationRow[]> {
  return tables(scope)
    .selectFrom('rfq_invitation')
    .selectAll()
    .where('rfq_id', '=', rfq)
    .where('buyer', '=', scope.organization)
    .orderBy('id')
    .execute();
}

/** The same, locked in the order of their ids until the transaction ends. */
export async function lockInvitationsOf(scope: Scope, rfq: RecordId): Promise<InvitationRow[]> {
  return tables(scope)
    .selectFrom('rfq_invitation')
    .selectAll()
    .where('rfq_id', '=', rfq)
    .where('buyer', '=', scope.organization)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export type InvitationChange = Partial<Pick<InvitationRow, 'state' | 'standing' | 'respond_by' | 'accepted_at' | 'accepted_by' | 'reason'>>;

export async function updateInvitation(scope: Scope, invitation: InvitationRow, change: InvitationChange): Promise<InvitationRow> {
  return tables(scope)
    .updateTable('rfq_invitation')
    .set({ ...change, version: invitation.version + 1, changed_at: scope.now })
    .where('id', '=', invitation.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface InvitationFilter {
  readonly state?: InvitationState | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** Those that the asking organization received, under its own btree. */
export async function pageOfInvitations(scope: Scope, { state, after, limit }: InvitationFilter): Promise<InvitationRow[]> {
  let own = tables(scope).selectFrom('rfq_invitation').selectAll().where('supplier', '=', scope.organization);
  if (state) own = own.where('state', '=', state);
  if (after) own = own.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return own
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function insertQuestion(scope: Scope, question: Omit<QuestionRow, 'to_all'>): Promise<void> {
  await tables(scope).insertInto('rfq_question').values(question).execute();
}

export async function lockQuestion(scope: Scope, id: string): Promise<QuestionRow | undefined> {
  return tables(scope).selectFrom('rfq_question').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

export async function findQuestion(scope: Scope, id: string): Promise<QuestionRow | undefined> {
  return tables(scope).selectFrom('rfq_question').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function updateQuestion(
  scope: Scope,
  id: string,
  change: Pick<QuestionRow, 'answer' | 'answered_at' | 'to_all'>,
): Promise<void> {
  await tables(scope).updateTable('rfq_question').set(change).where('id', '=', id).execute();
}

export async function questionsOf(scope: Scope, by: { rfq: RecordId } | { invitation: RecordId }): Promise<QuestionRow[]> {
  const db = tables(scope).selectFrom('rfq_question').selectAll().orderBy('asked_at').orderBy('id');
  return 'rfq' in by ? db.where('rfq_id', '=', by.rfq).execute() : db.where('invitation_id', '=', by.invitation).execute();
}

export async function answersOf(scope: Scope, rfq: RecordId): Promise<AnswerRow[]> {
  return tables(scope).selectFrom('rfq_answer').selectAll().where('rfq_id', '=', rfq).orderBy('number').execute();
}

/** The RFQ is locked, so that the numbers have no gap. */
export async function insertAnswer(scope: Scope, answer: Omit<AnswerRow, 'number'>): Promise<void> {
  await sql`insert into core.rfq_answer (id, rfq_id, number, question, answer, answered_at)
    select ${answer.id}::uuid, ${answer.rfq_id}::uuid, count(*) + 1, ${answer.question}, ${answer.answer}, ${answer.answered_at}::timestamptz
    from core.rfq_answer where rfq_id = ${answer.rfq_id}`.execute(scope.tx);
}

export async function assess(scope: Scope, row: RfqTables['rfq_assessment']): Promise<void> {
  await tables(scope)
    .insertInto('rfq_assessment')
    .values(row)
    .onConflict((conflict) => conflict.column('invitation_id').doUpdateSet({ duty_rate: row.duty_rate }))
    .execute();
}

/** Invitation → import duty in percent, as the buyer estimates it. */
export async function assessmentsOf(scope: Scope, rfq: RecordId): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(scope).selectFrom('rfq_assessment').select(['invitation_id', 'duty_rate']).where('rfq_id', '=', rfq).execute();
  return new Map(rows.map(({ invitation_id, duty_rate }) => [invitation_id, duty_rate]));
}
