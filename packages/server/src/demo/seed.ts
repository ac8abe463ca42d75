import { addMember, asOperator, createOrganization, organizationIdOf, registerPerson } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import { isYunfabError } from '@yunfab/core/errors';
import type { DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import type { Platform } from '../platform/platform.js';
import { demoPassword, demoPin } from './passwords.js';
import type { Play } from './stage.js';
import { type Answers, tell } from './teller.js';

export interface SeedOptions {
  readonly platform: Platform;
  readonly owner: Connection;
  /** Whose story it is: its organizations enable it. */
  readonly vertical: string;
  readonly story: DemoStory;
  /** Grows by what the story's calls and orders answer. */
  readonly answers: Answers;
  readonly secret: string;
  readonly play: Play;
  /** When the story begins; orders were placed then, so that the machines' history counts for them. */
  readonly began: Date;
}

/** Tells the story into an empty platform. Every step may be told again, so an interrupted start simply begins anew. */
export async function seedStory(options: SeedOptions): Promise<void> {
  const { vertical, story, play, answers, began } = options;
  for (const organization of story.organizations) await seedOrganization(options, organization);
  for (const { code } of story.organizations) await play(code, 'verticals.enable', { vertical }, `demo enable ${vertical}`);
  await seedBadges(options);
  for (const { organization, code, name, model, parent } of story.equipment)
    await unlessThere('equipment.code_taken', () =>
      play(organization, 'equipment.create', { code, name, model, parent }, `demo equipment ${code}`),
    );
  for (const [index, call] of story.calls.entries()) await tell(play, answers, call, `demo call ${vertical} ${index}`, began);
  for (const order of story.orders) answers[order.ownNumber] = await seedOrder(options, order);
}

/** The company and its people, who sign in with passwords that belong to this data folder. */
export async function seedOrganization(
  { platform, owner, secret, began }: Pick<SeedOptions, 'platform' | 'owner' | 'secret' | 'began'>,
  story: DemoOrganization,
): Promise<void> {
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

/** Whoever has a badge in the story can work at the floor with a PIN that belongs to this data folder. */
async function seedBadges({ story, secret, play }: SeedOptions): Promise<void> {
  for (const { code, people } of story.organizations)
    for (const { name, badge } of people)
      if (badge)
        await unlessThere('floor.badge_taken', () =>
          play(code, 'production.floor.badges.create', { name, code: badge, pin: demoPin(secret, badge) }, `demo badge ${badge}`),
        );
}

interface OrderReply {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly { readonly id: string }[];
}

/** The order as the last of its calls answered it. */
async function seedOrder(
  { play, began }: SeedOptions,
  { buyer, supplier, state, equipment, dueInDays, ...order }: DemoOrder,
): Promise<OrderReply> {
  const dueOn = new Date(began.getTime() + dueInDays * 86_400_000).toISOString().slice(0, 10);
  const key = (step: string) => `demo ${step} ${order.ownNumber}`;
  const proposed = (await play(buyer, 'orders.propose', { ...order, supplier, dueOn }, key('propose'))) as OrderReply;
  if (state === 'proposed') return proposed;
  const accepted = (await play(supplier, 'orders.accept', { order: proposed.id, version: proposed.version }, key('accept'))) as OrderReply;
  if (state === 'confirmed' || !equipment) return accepted;
  const machine = await findEquipment(play, supplier, equipment);
  const started = (await play(
    supplier,
    'orders.start',
    { order: accepted.id, version: accepted.version, line: accepted.lines[0]?.id, equipment: machine },
    key('start'),
  )) as { readonly order: OrderReply };
  return { ...started.order, ...started };
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
