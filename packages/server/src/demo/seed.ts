import { addMember, asOperator, createOrganization, organizationIdOf, registerPerson } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import { isYunfabError } from '@yunfab/core/errors';
import type { DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import type { Platform } from '../platform/platform.js';
import { demoPassword } from './passwords.js';
import type { Play } from './stage.js';

export interface SeedOptions {
  readonly platform: Platform;
  readonly owner: Connection;
  readonly story: DemoStory;
  readonly secret: string;
  readonly play: Play;
  /** When the story begins; orders were placed then, so that the machines' history counts for them. */
  readonly began: Date;
}

/** Tells the story into an empty platform. Every step may be told again, so an interrupted start simply begins anew. */
export async function seedStory(options: SeedOptions): Promise<void> {
  const { story, play, platform } = options;
  for (const organization of story.organizations) await seedOrganization(options, organization);
  for (const { code } of story.organizations)
    for (const { vertical } of platform.verticals)
      await play(code, 'verticals.enable', { vertical: vertical.id }, `demo enable ${vertical.id}`);
  for (const [index, { organization, procedure, input }] of story.calls.entries())
    await play(organization, procedure, input, `demo call ${index}`);
  for (const { organization, code, name, model, parent } of story.equipment)
    await unlessThere('equipment.code_taken', () =>
      play(organization, 'equipment.create', { code, name, model, parent }, `demo equipment ${code}`),
    );
  for (const order of story.orders) await seedOrder(options, order);
}

async function seedOrganization({ platform, owner, secret, began }: SeedOptions, story: DemoOrganization): Promise<void> {
  const { code, name, country, identifierScheme: scheme, identifier: value, timeZone, people } = story;
  await unlessThere('access.organization_exists', () =>
    createOrganization(owner, { code, name, identifier: { scheme, country, value }, timeZone }, began),
  );
  const organization = await organizationIdOf(owner, code);
  for (const { email, name, roles, locale } of people) {
    const user = await platform.accounts.ensureUser({ email, name, password: demoPassword(secret, email) });
    await registerPerson(platform.database.system, { user, email, name, locale });
    await unlessThere('access.member_exists', () =>
      asOperator(owner, organization, began, (scope) => addMember(scope, platform.core.permissions, { email, name, roles })),
    );
  }
}

interface OrderReply {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly { readonly id: string }[];
}

async function seedOrder(
  { play, began }: SeedOptions,
  { buyer, supplier, state, equipment, dueInDays, ...order }: DemoOrder,
): Promise<void> {
  const dueOn = new Date(began.getTime() + dueInDays * 86_400_000).toISOString().slice(0, 10);
  const key = (step: string) => `demo ${step} ${order.ownNumber}`;
  const proposed = (await play(buyer, 'orders.propose', { ...order, supplier, dueOn }, key('propose'))) as OrderReply;
  if (state === 'proposed') return;
  const accepted = (await play(supplier, 'orders.accept', { order: proposed.id, version: proposed.version }, key('accept'))) as OrderReply;
  if (state === 'confirmed' || !equipment) return;
  const machine = await findEquipment(play, supplier, equipment);
  await play(
    supplier,
    'orders.start',
    { order: accepted.id, version: accepted.version, line: accepted.lines[0]?.id, equipment: machine },
    key('start'),
  );
}

/** The id of an organization's equipment by its code. */
export async function findEquipment(play: Play, organization: string, code: string): Promise<string> {
  const { items } = (await play(organization, 'equipment.list', { limit: 100 })) as {
    readonly items: readonly { readonly id: string; readonly code: string }[];
  };
  const found = items.find((each) => each.code === code);
  if (!found) throw new Error(`the demo story has no equipment ${code} of ${organization}`);
  return found.id;
}

async function unlessThere(code: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = isYunfabError(error) ? error : (error as { cause?: unknown }).cause;
    if (!isYunfabError(known) || known.code !== code) throw error;
  }
}
