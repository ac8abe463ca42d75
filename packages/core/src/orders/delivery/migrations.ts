import { currentOrganization, type Migrations, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/** Counters of package numbers, private to the organization. They only grow: no SSCC is ever given twice. */
const numbers = `
create table core.gs1_prefix (
  organization uuid not null references core.organization_registry (id),
  prefix text not null check (prefix ~ '^[0-9]{4,12}$'),
  active boolean not null,
  next_serial bigint not null default 0 check (next_serial between 0 and power(10::numeric, 17 - length(prefix))),
  registered_by text not null,
  registered_at timestamptz not null,
  primary key (organization, prefix)
);
create unique index gs1_prefix_active on core.gs1_prefix (organization) where active;
${tenantTable('core.gs1_prefix', { select: own, insert: own, update: own, updatable: ['active', 'next_serial'] })}

create table core.package_counter (
  organization uuid primary key references core.organization_registry (id),
  next bigint not null check (next > 0)
);
${tenantTable('core.package_counter', { select: own, insert: own, update: own, updatable: ['next'] })}

create function core.keep_counter() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(new) ->> tg_argv[0])::bigint < (to_jsonb(old) ->> tg_argv[0])::bigint then
    raise exception 'a counter of package numbers does not go back' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger gs1_prefix_kept before update on core.gs1_prefix for each row execute function core.keep_counter('next_serial');
create trigger package_counter_kept before update on core.package_counter for each row execute function core.keep_counter('next');
revoke all on function core.keep_counter() from public;
`;

export const deliveryMigrations: Migrations = {
  '0053a-package-numbers': sqlMigration(numbers),
};
