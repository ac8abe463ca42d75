import { sql } from 'kysely';
import type { OrganizationId, Scope } from '../../database/index.js';
import type { ComplaintState } from './states.js';

/**
 * Working days that Yunfab grants; no law sets them between businesses. The policies ask for complaint handling
 * (浙政发〔2014〕67号 第十二条), not for a term.
 */
export const firstAnswerWorkingDays = 2;
export const resolutionWorkingDays = 10;
export const decisionWorkingDays = 10;

/**
 * The n-th working day after `on`, both as `YYYY-MM-DD`. The first day is not counted (民法典 201条). Monday to Friday are
 * working days: public holidays are announced year by year and country by country, and would only make a term longer.
 */
export function workingDayAfter(on: string, days: number): string {
  const date = new Date(`${on}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}

/** The instant at which that working day ends (民法典 203条: 24:00) where the organization is. */
export async function endOfWorkingDay(scope: Scope, organization: OrganizationId, days: number): Promise<Date> {
  const { rows } = await sql<{ today: string; zone: string }>`
    select (${scope.now}::timestamptz at time zone time_zone)::date::text as today, time_zone as zone
    from core.organization_registry where id = ${organization}`.execute(scope.tx);
  const { today, zone } = rows[0] ?? { today: scope.now.toISOString().slice(0, 10), zone: 'UTC' };
  const ends = await sql<{ at: Date }>`
    select (${workingDayAfter(today, days)}::date + 1)::timestamp at time zone ${zone} as at`.execute(scope.tx);
  return ends.rows[0]?.at as Date;
}

export interface Deadlines {
  readonly answer_due_at: Date;
  readonly resolution_due_at: Date;
  readonly decision_due_at: Date | null;
}

/** The deadline that runs in a state; null when none does. */
export function runningDeadline(state: ComplaintState, deadlines: Deadlines): Date | null {
  if (state === 'filed' || state === 'acknowledged') return deadlines.answer_due_at;
  if (state === 'answered') return deadlines.resolution_due_at;
  return state === 'escalated' ? deadlines.decision_due_at : null;
}
