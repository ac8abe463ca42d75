import { type Migrations, roles, sqlMigration } from '@yunfab/core/database';

/** better-auth's own tables, named as it names them, in schema `signin`; only the system role reads or writes them. */
const tables = `
create table signin."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table signin.session (
  id text primary key,
  token text not null unique,
  "userId" text not null references signin."user" (id) on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index session_of_user on signin.session ("userId");
create table signin.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references signin."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_of_user on signin.account ("userId");
create table signin.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on signin.verification (identifier);
grant usage on schema signin to ${roles.system}, ${roles.runtime};
grant select on signin.migration to ${roles.system}, ${roles.runtime};
grant select, insert, update, delete on signin."user", signin.session, signin.account, signin.verification to ${roles.system};
`;

/** Of schema `signin`, run after core's: `migrate(owner.handle, 'signin', signinMigrations)`. */
export const signinMigrations: Migrations = {
  '0010-signin': sqlMigration(tables),
};
