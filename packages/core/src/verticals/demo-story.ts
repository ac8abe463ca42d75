import type { MemberRole, Words } from '../access/index.js';

/** A company of the demo world. */
export interface DemoOrganization {
  readonly code: string;
  readonly name: Words;
  readonly country: string;
  readonly identifierScheme: 'uscc' | 'lei' | 'national';
  readonly identifier: string;
  readonly timeZone: string;
  readonly people: readonly {
    readonly email: string;
    readonly name: string;
    readonly locale: 'zh-CN' | 'en';
    readonly roles: readonly MemberRole[];
    /** Code of the badge by which this person works at the floor. */
    readonly badge?: string;
  }[];
}

/** A machine of the demo world with its device and what it runs. */
export interface DemoEquipment {
  readonly organization: string;
  readonly code: string;
  readonly name: string;
  readonly model: string;
  /** Site and area, joined by `/`. */
  readonly parent: string;
  readonly device: { readonly code: string; readonly program: string; readonly speed?: number; readonly faults?: readonly string[] };
}

/**
 * A call made for an organization: `procedure` by its path (`kiln.recipes.create`). A string in `input` that is
 * `$name.path.0.to` stands for what an earlier call answered there. An order is known by its own number: `id`, `version`, `lines`, and
 * when it is in production also `job`, `lot`, `jobCode`, `lotCode`. `$day.+12` is the date twelve days after the story begins, `$instant.-2`
 * the instant two days before.
 */
export interface DemoCall {
  readonly organization: string;
  readonly procedure: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** It happened so many days before the story begins; 0 when left out. */
  readonly daysAgo?: number;
  /** Keeps the answer under this name. */
  readonly as?: string;
}

/** An order of the demo world and how far it has come. */
export interface DemoOrder {
  readonly buyer: string;
  readonly supplier: string;
  readonly ownNumber: string;
  readonly currency: string;
  readonly dueInDays: number;
  readonly note?: string;
  readonly lines: readonly {
    readonly description: string;
    readonly specification?: { readonly schema: string; readonly value: Readonly<Record<string, unknown>> };
    readonly quantity: { readonly value: string; readonly unit: string };
    /** Per unit, in the currency of the order. */
    readonly unitPrice: string;
  }[];
  readonly state: 'proposed' | 'confirmed' | 'in_production';
  /** The machine that makes it, by code, when it is in production. */
  readonly equipment?: string;
}

/** A vertical's part of the demo world: its companies, machines, master data and orders, as data. Calls come before orders. */
export interface DemoStory {
  readonly organizations: readonly DemoOrganization[];
  readonly equipment: readonly DemoEquipment[];
  readonly calls: readonly DemoCall[];
  readonly orders: readonly DemoOrder[];
  /**
   * Told once the machines have told their past, so that there are runs to rest on; each call is tried until it is
   * possible. The story ends here: lots are closed and released, shipped, received and accepted.
   */
  readonly epilogue?: readonly DemoCall[];
}
