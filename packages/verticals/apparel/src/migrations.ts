import { type Migrations, sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

const own = `
  id uuid primary key,
  organization uuid not null references core.organization_registry (id)`;

const madeToMeasure = `
create table vertical_apparel.made_to_measure (${own},
  consumer_order uuid not null references core.record (id),
  order_id uuid references core.record (id),
  number text not null check (length(number) between 1 and 60),
  garment text not null,
  fit text not null,
  options jsonb not null,
  size_label text,
  routing jsonb not null,
  sex text,
  pattern jsonb,
  digest text not null,
  created_at timestamptz not null,
  unique (organization, number)
);
create index on vertical_apparel.made_to_measure (order_id);
${verticalTable('apparel', 'made_to_measure', { references: ['consumer_order', 'order_id'], sharedBy: 'order_id' })}`;

const cuttingRoom = `
create table vertical_apparel.fabric_roll (${own},
  code text not null check (length(code) between 1 and 40),
  shade text not null check (length(shade) between 1 and 40),
  width double precision not null check (width > 0),
  length double precision not null check (length > 0),
  lot uuid not null references core.record (id),
  created_at timestamptz not null,
  unique (organization, code)
);
${verticalTable('apparel', 'fabric_roll', { references: ['lot'] })}
create table vertical_apparel.lay (${own},
  code text not null check (length(code) between 1 and 40),
  plies integer not null,
  length double precision not null,
  cut_length double precision not null,
  tension_low double precision not null,
  tension_high double precision not null check (tension_high > tension_low),
  created_at timestamptz not null,
  unique (organization, code)
);
${verticalTable('apparel', 'lay')}`;

const garments = `
create table vertical_apparel.garment (${own},
  made_to_measure uuid not null references vertical_apparel.made_to_measure (id),
  order_id uuid not null references core.record (id),
  lot uuid references core.record (id),
  unit uuid references core.record (id),
  tag text not null check (length(tag) between 1 and 60),
  number text not null,
  summary text not null,
  routing jsonb not null,
  pieces jsonb,
  measured jsonb,
  check_holds boolean,
  check_words jsonb,
  created_at timestamptz not null,
  unique (organization, tag)
);
create index on vertical_apparel.garment (lot);
create index on vertical_apparel.garment (order_id);
${verticalTable('apparel', 'garment', { references: ['order_id', 'lot', 'unit'], sharedBy: 'order_id' })}
create table vertical_apparel.tag_read (${own},
  order_id uuid not null references core.record (id),
  garment uuid not null references vertical_apparel.garment (id),
  operation text not null,
  direction text not null check (direction in ('in', 'out')),
  station text not null,
  read_at timestamptz not null
);
create index on vertical_apparel.tag_read (garment, id);
${verticalTable('apparel', 'tag_read', { references: ['order_id'], sharedBy: 'order_id' })}`;

export const apparelMigrations: Migrations = {
  '0001-made-to-measure': sqlMigration(madeToMeasure),
  '0002-cutting-room': sqlMigration(cuttingRoom),
  '0003-garments': sqlMigration(garments),
};
