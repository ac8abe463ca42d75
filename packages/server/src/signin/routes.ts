import { accessErrors } from '@yunfab/core/access';
import { requestErrors } from '@yunfab/core/commands';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { acceptJson } from '../http/json-body.js';
import type { Accounts } from './accounts.js';
import type { Authenticator, SignedInPerson } from './authenticate.js';
import { signinErrors } from './errors.js';
import { assertSameOrigin } from './same-origin.js';

const credentialsSchema = z.object({ email: z.email('it must be an e-mail address').max(200), password: z.string().min(1).max(200) });

export interface SessionRouteOptions {
  readonly accounts: Accounts;
  readonly authenticator: Authenticator;
  readonly publicUrl: string | null;
}

/** `POST /api/session` signs in, `GET` says who is signed in, `DELETE` signs out. The only way to better-auth from outside. */
export function sessionRoutes({ accounts, authenticator, publicUrl }: SessionRouteOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    acceptJson(app);
    app.post('/api/session', async (request, reply) => {
      assertSameOrigin(request, publicUrl);
      const parsed = credentialsSchema.safeParse(request.body ?? {});
      if (!parsed.success) throw requestErrors.invalid(problemOf(parsed.error));
      const answer = await accounts.signIn(parsed.data, request.ip, request.headers['user-agent'] ?? '');
      if (answer.status === 429) throw requestErrors.too_many({ seconds: Number(answer.headers.get('x-retry-after') ?? 60) });
      if (!answer.ok) throw signinErrors.wrong_password();
      passCookies(answer, reply);
      const found = await authenticator.person(cookiesOf(answer));
      if (!found) throw accessErrors.unauthenticated();
      return wirePerson(found);
    });
    app.get('/api/session', async (request) => {
      const found = request.headers.cookie ? await authenticator.person(request.headers.cookie) : null;
      if (!found) throw accessErrors.unauthenticated();
      return wirePerson(found);
    });
    app.delete('/api/session', async (request, reply) => {
      assertSameOrigin(request, publicUrl);
      passCookies(await accounts.signOut(request.headers.cookie ?? ''), reply);
      authenticator.forget(request.headers.cookie ?? '');
      return reply.code(204).send();
    });
  };
}

function problemOf(error: z.ZodError) {
  const issue = error.issues[0];
  return { field: issue?.path.join('.') || 'body', problem: issue?.message ?? 'it is malformed' };
}

function passCookies(answer: Response, reply: FastifyReply): void {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

function wirePerson({ user, memberships }: SignedInPerson) {
  const [first] = memberships;
  const person = { id: first?.person ?? user.id, name: first?.name ?? user.name, email: user.email, locale: first?.locale ?? 'zh-CN' };
  const organizations = memberships.map(({ code, organizationName: name, timeZone, roles }) => ({ code, name, timeZone, roles }));
  return { person, organizations };
}
