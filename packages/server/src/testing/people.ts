import { newId } from '@yunfab/core/database';
import type { TestDatabase, TestOrganization } from '@yunfab/core/testing';
import type { TestServer } from './serve.js';

export const testPassword = 'correct horse battery';

/** A person who can sign in and belongs to the organizations with these roles. */
export async function createTestPerson(
  { owner }: TestDatabase,
  { accounts }: TestServer,
  email: string,
  memberships: readonly { readonly organization: TestOrganization; readonly roles: readonly string[] }[],
): Promise<string> {
  const user = await accounts.ensureUser({ email, name: email, password: testPassword });
  const person = newId();
  await owner.pool.query('insert into core.person (id, signin_user, email, name) values ($1, $2, $3, $3)', [person, user, email]);
  for (const { organization, roles } of memberships)
    await owner.pool.query('insert into core.membership (organization, person, roles) values ($1, $2, $3)', [
      organization.id,
      person,
      roles,
    ]);
  return person;
}

/** Signs in as a browser would; returns the cookie header to send from then on. */
export async function signIn(
  { url }: TestServer,
  email: string,
  password = testPassword,
): Promise<{ status: number; cookie: string; body: unknown; headers: Headers }> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  return { status: response.status, cookie, body: await response.json(), headers: response.headers };
}
