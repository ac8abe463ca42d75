import type { z } from 'zod';
import type { PermissionDeclaration, Words } from '../access/index.js';
import type { CommandDeclaration, QueryDeclaration } from '../commands/index.js';
import type { CommerceService } from '../commerce/index.js';
import type { ActorRef, Handle, Migrations, OrganizationId } from '../database/index.js';
import type { EngineeringService } from '../engineering/index.js';
import type { ErrorCatalogue } from '../errors/index.js';
import type { LifecycleService } from '../lifecycle/index.js';
import type { UnitCode } from '../measure/index.js';
import type { OrderService } from '../orders/index.js';
import type { ProductionService } from '../production/index.js';
import type { CaseService } from '../service/index.js';
import type { DemoStory } from './demo-story.js';
import type { EquipmentModel, ReleaseGate, RunEvaluation, RunEvaluator, RunFacts } from './evidence.js';
import type { VerticalPage } from './pages.js';
import type { VerticalSimulator } from './simulator.js';

/** The brand of a vertical, so that a package's export is recognised by what it is and not by where it came from. */
export const verticalType = '@yunfab/vertical';

/** The version of this contract. A platform loads only verticals of its own contract version. */
export const contractVersion = 1;

/** What an order line of one kind of item has to say, as one version of it. */
export interface ItemSpecification<Schema extends z.ZodObject = z.ZodObject> {
  /** `<vertical>/<kind>@<version>`: `kiln/tile@1`. A published version never changes; a new one gets the next number. */
  readonly id: string;
  readonly words: Words;
  readonly schema: Schema;
  /** The label of every field of `schema`. */
  readonly fields: Readonly<Record<string, Words>>;
  /** One line that a buyer recognises the item by: `205/55R16 91V`. */
  readonly summary: (value: z.output<Schema>) => string;
  /** A value that the schema accepts; forms start from it and the check proves it. */
  readonly example: z.input<Schema>;
}

/** A kind of item that the industry designs, makes and trades: what engineering's items may say they are. */
export interface ItemKind {
  /** `<vertical>/<kind>`: `kiln/tile`. */
  readonly id: string;
  readonly words: Words;
  /** What it is counted in unless somebody says otherwise: a code of UN/ECE Recommendation 20. */
  readonly unit: UnitCode;
  /** Whether each one carries its own number. */
  readonly serialized: boolean;
  /** The {@link ItemSpecification} that its revisions are specified by. */
  readonly specification?: string;
}

/** A line's specification as it is stored: the id of its {@link ItemSpecification} and a value that this accepts. */
export interface SpecificationValue {
  readonly schema: string;
  readonly value: unknown;
}

/** A process run as a vertical's procedure may read it: the newest evaluation, null while there is none. */
export interface EvaluatedRun {
  readonly id: string;
  readonly equipment: string;
  readonly equipmentModel: string;
  readonly run: RunFacts;
  readonly evaluation: RunEvaluation | null;
}

/** A service of core as a vertical's procedure calls it: without the scope, which is that of the call. */
export type Bound<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (scope: never, ...input: infer Input) => infer Output
    ? (...input: Input) => Output
    : never;
};

/** The services of core that verticals may call; composition gives them. */
export interface CoreServices {
  readonly engineering: EngineeringService;
  readonly lifecycle: LifecycleService;
  readonly production: ProductionService;
  readonly orders: OrderService;
  readonly service: CaseService;
  readonly commerce: CommerceService;
}

/**
 * What core does for a vertical's procedure, as runtime and in the same transaction. The services decide, check and record
 * as they do for core's own procedures; whether the caller may is what the permission of the vertical's procedure says.
 */
export interface CoreFacade extends BoundServices {
  /** Writes an event of the vertical's own namespace: `type` begins with `<id>.`. */
  appendEvent(event: {
    readonly type: string;
    readonly record?: string | null;
    readonly body: Readonly<Record<string, unknown>>;
  }): Promise<void>;
  /** Throws `request.not_found` unless the organization sees the record. Ask before storing an id given from outside. */
  requireVisible(kind: string, record: string): Promise<void>;
  /** Throws `request.not_found` unless the organization sees the run. Evaluates a running or not yet evaluated run provisionally. */
  run(id: string): Promise<EvaluatedRun>;
}

type BoundServices = { readonly [Name in keyof CoreServices]: Bound<CoreServices[Name]> };

/** What the work of a vertical's procedure receives. Everything in it ends with the call. */
export interface VerticalCall<Config> {
  readonly organization: OrganizationId;
  readonly actor: ActorRef;
  /** The instant of the whole transaction. */
  readonly now: Date;
  /**
   * The vertical's own schema, under its own role, in the transaction of the call: select, insert, update, delete and
   * merge built with Kysely. Anything else is refused with `verticals.statement_refused`. Type it by `db.withTables<…>()`.
   */
  readonly db: Handle;
  readonly core: CoreFacade;
  readonly config: Config;
}

/** As core's `query`; `run` receives the vertical's call. REST paths begin with `/<id>/`. */
export interface VerticalQuery<Input extends z.ZodObject, Output extends z.ZodType, Config>
  extends Omit<QueryDeclaration<Input, Output>, 'run'> {
  readonly run: (call: VerticalCall<Config>, input: z.output<Input>) => Promise<z.input<Output>>;
}

/** As core's `command`, with its idempotency; `run` receives the vertical's call. */
export interface VerticalCommand<Input extends z.ZodObject, Output extends z.ZodType, Config>
  extends Omit<CommandDeclaration<Input, Output>, 'run'> {
  readonly run: (call: VerticalCall<Config>, input: z.output<Input>) => Promise<z.input<Output>>;
}

/**
 * A procedure as clients and the host know it: what goes in and comes out. Named here, and not by the library that carries
 * it, so that the declarations of a vertical need neither that library nor its schemas.
 */
export interface DeclaredProcedure<Kind extends 'query' | 'mutation', Input, Output> {
  readonly _def: { readonly procedure: true; readonly type: Kind; readonly $types: { readonly input: Input; readonly output: Output } };
}

/** What a vertical declares its procedures with. */
export interface ApiBuilder<Config> {
  query<Input extends z.ZodObject, Output extends z.ZodType>(
    declaration: VerticalQuery<Input, Output, Config>,
  ): DeclaredProcedure<'query', z.input<Input>, z.output<Output>>;
  command<Input extends z.ZodObject, Output extends z.ZodType>(
    declaration: VerticalCommand<Input, Output, Config>,
  ): DeclaredProcedure<'mutation', z.input<Input>, z.output<Output>>;
}

/** Procedures by name, nested as they are called: `{ recipes: { list, create } }`. */
export interface ApiTree {
  readonly [name: string]: ApiTree | { readonly _def: { readonly procedure: true } };
}

/** One value that an expert of the trade would look up, with where it stands; `yunfab vertical check` computes it again. */
export interface GoldenValue {
  /** What is computed, unique within the vertical: `load of index 91`. */
  readonly name: string;
  /** Clause, table or publication. */
  readonly source: string;
  readonly expected: GoldenResult;
  /** Pure. Numbers may differ from `expected` by `tolerance`. */
  readonly actual: () => GoldenResult;
  /** Absolute, of each number; 0 unless given. */
  readonly tolerance?: number;
}

export type GoldenResult = string | number | boolean | null | readonly GoldenResult[] | { readonly [name: string]: GoldenResult };

/**
 * An industry as a plugin. Give only what you use; everything given is checked before anything of it runs.
 * Ids of models, evaluators, gates, pages and permissions begin with `<id>.`, specifications and item kinds with `<id>/`.
 */
export interface VerticalDefinition<Id extends string = string, Config extends z.ZodObject = z.ZodObject, Api extends ApiTree = ApiTree> {
  /** `[a-z][a-z-]*`, immutable: it names the schema, the role and the namespace in the SDK. */
  readonly id: Id;
  /** Semantic version of the package. */
  readonly version: string;
  /** Which platforms it runs on, as a semver range: `^0.1.0`. */
  readonly platform: string;
  readonly words: { readonly name: Words; readonly description: Words };
  readonly permissions?: Readonly<Record<`${Id}.${string}`, PermissionDeclaration>>;
  /** What the operator may set. Every field needs a default unless the vertical cannot run without it. */
  readonly config?: Config;
  /** Of schema `vertical_<id>` (each `-` an `_`), each written with `sqlMigration`; tables with {@link verticalTable}. */
  readonly migrations?: Migrations;
  /** The errors of its procedures, made with `defineErrors('<id>', …)`. */
  readonly errors?: ErrorCatalogue;
  readonly api?: (builder: ApiBuilder<z.output<Config>>) => Api;
  readonly itemSpecifications?: readonly ItemSpecification[];
  readonly itemKinds?: readonly ItemKind[];
  readonly equipmentModels?: readonly EquipmentModel[];
  readonly runEvaluators?: readonly RunEvaluator<z.output<Config>>[];
  readonly gates?: readonly ReleaseGate<z.output<Config>>[];
  readonly pages?: readonly VerticalPage[];
  /** The vertical's story of the demo world. */
  readonly story?: DemoStory;
  readonly simulator?: VerticalSimulator;
  /** Values of the trade that prove its mathematics. */
  readonly golden?: readonly GoldenValue[];
}

/** What `defineVertical` returns and a package exports. */
export interface Vertical<Id extends string = string, Config extends z.ZodObject = z.ZodObject, Api extends ApiTree = ApiTree>
  extends VerticalDefinition<Id, Config, Api> {
  readonly $$type: typeof verticalType;
  readonly contract: typeof contractVersion;
}

/**
 * What a client needs of a vertical: its name, and for the compiler its procedures. Exported from `<package>/ref`,
 * which imports no server code: `export const kiln: VerticalRef<'kiln', KilnApi> = { id: 'kiln', version: '0.1.0' }`.
 */
export interface VerticalRef<Id extends string = string, Api extends ApiTree = ApiTree> {
  readonly id: Id;
  readonly version: string;
  /** Never present at run time. */
  readonly $api?: Api;
}
