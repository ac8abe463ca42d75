import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/** A code by which an installer's device fetches its credential, once. Only its hash is kept. */
const claims = `
create table core.device_claim (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  device text not null,
  hash bytea not null unique,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  canceled_at timestamptz,
  foreign key (organization, device) references core.device (organization, code)
);
create index device_claim_list on core.device_claim (organization, created_at desc, id desc);
create index device_claim_open on core.device_claim (organization, device) where used_at is null and canceled_at is null;
${tenantTable('core.device_claim', {
  select: own,
  insert: own,
  update: own,
  columns: ['id', 'organization', 'device', 'created_at', 'created_by', 'expires_at', 'used_at', 'used_from', 'canceled_at'],
  updatable: ['used_at', 'used_from', 'canceled_at'],
})}

-- Whose code it is; who asks belongs to nobody yet.
create function core.find_device_claim(code_hash bytea) returns table (id uuid, organization uuid, organization_code text)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.organization, o.code from core.device_claim c
  join core.organization_registry o on o.id = c.organization and o.state = 'active'
  where c.hash = code_hash
$$;
revoke all on function core.find_device_claim(bytea) from public;
grant execute on function core.find_device_claim(bytea) to ${roles.system};
`;

export const deviceClaimMigrations: Migrations = { '0076-registration-claims': sqlMigration(claims) };
