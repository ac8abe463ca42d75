import { currentOrganization } from '../database/index.js';

/** Conditions that the policies of lifecycle's tables share. */

export const own = `organization = ${currentOrganization}`;

/** The row's own copy of its record's `visible_to`: large tables ask it instead of the record. */
export const seenInCopy = `${currentOrganization} = any (visible_to)`;

export const authorOf = (record: string): string =>
  `exists (select 1 from core.record r where r.id = ${record} and r.created_by = ${currentOrganization})`;
