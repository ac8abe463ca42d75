import { asOperator, createApiKey, createOrganization } from '@yunfab/core/access';
import type { Connection, OrganizationId } from '@yunfab/core/database';

/** Registers an organization of a bench; `owner` is the role that owns the tables. */
export function makeCompany(owner: Connection, code: string): Promise<OrganizationId> {
  const identifier = { scheme: 'national', country: 'DE', value: code.toUpperCase() } as const;
  return createOrganization(owner, { code, name: { en: code, zh: code }, identifier, timeZone: 'Asia/Shanghai' }, new Date());
}

/** `bench-buyer` and `bench-supplier`; gives an API key of the buyer that may do everything. */
export async function makeBuyer(owner: Connection): Promise<string> {
  const buyer = await makeCompany(owner, 'bench-buyer');
  await makeCompany(owner, 'bench-supplier');
  const { token } = await asOperator(owner, buyer, new Date(), (scope) => createApiKey(scope, {}, { name: 'bench', scopes: ['*'] }));
  return token;
}
