import { currentOrganization } from '../../database/index.js';

/** "The asking organization is a party of the order", in the role that the SQL `side` gives; any role while that is null. */
export const isParty = (order: string, side?: string): string =>
  `exists (select 1 from core.party p where p.record_id = ${order} and p.organization = ${currentOrganization}${side ? ` and p.role = ${side}` : ''})`;
