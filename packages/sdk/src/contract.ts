import type { CoreProcedures } from '@yunfab/core';
import type { accessErrors } from '@yunfab/core/access';
import type { requestErrors } from '@yunfab/core/commands';
import type { commerceErrors, commerceEvents } from '@yunfab/core/commerce';
import type { engineeringErrors, engineeringEvents } from '@yunfab/core/engineering';
import type { equipmentErrors } from '@yunfab/core/equipment';
import type { WireEvent } from '@yunfab/core/events';
import type { fileEvents, filesErrors } from '@yunfab/core/files';
import type { lifecycleErrors, lifecycleEvents } from '@yunfab/core/lifecycle';
import type { importsErrors, orderEvents, ordersErrors, rfqErrors, rfqEvents, statementErrors, statementEvents } from '@yunfab/core/orders';
import type { productionErrors, productionEvents } from '@yunfab/core/production';
import type { serviceErrors, serviceEvents } from '@yunfab/core/service';
import type { Chart as CoreChart, Drawing as CoreDrawing, verticalErrors } from '@yunfab/core/verticals';
import type { CallOptions } from './options.js';

/** What the core offers, by namespace. */
export type CoreApi = ApiOf<CoreProcedures>;

/** One entry of the organization's feed; give its `cursor` to `follow({ after })` to go on from there. */
export type FeedEvent = Readonly<WireEvent>;

type BodiesOf<Schemas extends Record<string, { _zod: { output: unknown } }>> = { [Type in keyof Schemas]: Schemas[Type]['_zod']['output'] };

/** What the body of each event type holds; events of verticals and of newer servers are not among them. */
export type EventBodies = BodiesOf<
  typeof commerceEvents &
    typeof engineeringEvents &
    typeof fileEvents &
    typeof lifecycleEvents &
    typeof orderEvents &
    typeof productionEvents &
    typeof rfqEvents &
    typeof serviceEvents &
    typeof statementEvents
>;

/** An event of a known type. */
export type EventOf<Type extends keyof EventBodies> = FeedEvent & { readonly type: Type; readonly body: EventBodies[Type] };

type CodesOf<Feature extends string, Errors> = `${Feature}.${Exclude<keyof Errors & string, 'catalogue'>}`;

/** Codes that this version of the platform sends; docs/errors.md explains each. */
export type KnownErrorCode =
  | CodesOf<'access', typeof accessErrors>
  | CodesOf<'commerce', typeof commerceErrors>
  | CodesOf<'engineering', typeof engineeringErrors>
  | CodesOf<'equipment', typeof equipmentErrors>
  | CodesOf<'files', typeof filesErrors>
  | CodesOf<'lifecycle', typeof lifecycleErrors>
  | CodesOf<'orders', typeof ordersErrors>
  | CodesOf<'imports', typeof importsErrors>
  | CodesOf<'production', typeof productionErrors>
  | CodesOf<'request', typeof requestErrors>
  | CodesOf<'rfq', typeof rfqErrors>
  | CodesOf<'service', typeof serviceErrors>
  | CodesOf<'statements', typeof statementErrors>
  | CodesOf<'verticals', typeof verticalErrors>;

/** An awaited reply; one that is a page can be iterated over instead: a list item by item, columns page by page. */
export type Reply<Output> = [Output] extends [{ readonly items: readonly (infer Item)[]; readonly next: string | null }]
  ? Promise<Output> & AsyncIterable<Item>
  : [Output] extends [{ readonly next: string | null }]
    ? Promise<Output> & AsyncIterable<Output>
    : Promise<Output>;

/** One procedure of the platform. */
export type Procedure<Input, Output> = (
  ...call: Record<never, never> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions]
) => Reply<Output>;

/** The client's side of a (nested) record of tRPC procedures. */
export type ApiOf<Procedures> = {
  readonly [Name in keyof Procedures]: Procedures[Name] extends { _def: { $types: { input: infer Input; output: infer Output } } }
    ? Procedure<Input, Output>
    : ApiOf<Procedures[Name]>;
};

/** What a procedure takes: `InputOf<typeof yunfab.orders.propose>`. */
export type InputOf<Call extends (...call: never) => unknown> = NonNullable<Parameters<Call>[0]>;

/** What a procedure answers: `OutputOf<typeof yunfab.orders.get>`. */
export type OutputOf<Call extends (...call: never) => unknown> = Awaited<ReturnType<Call>>;

/** Shapes that programs pass around; each is what some procedure answers or contains. */
export type Order = OutputOf<CoreApi['orders']['get']>;
export type OrderLine = Order['lines'][number];
export type OrderMove = Order['moves'][number];
export type OrderSummary = OutputOf<CoreApi['orders']['list']>['items'][number];
export type Shipment = Order['shipments'][number];
export type Statement = OutputOf<CoreApi['orders']['statements']['get']>;
export type StatementLine = Statement['lines'][number];
export type LedgerEntry = OutputOf<CoreApi['orders']['ledger']>['items'][number];
export type Lot = OutputOf<CoreApi['lifecycle']['lots']['get']>;
export type JobOrder = OutputOf<CoreApi['production']['jobs']['get']>;
export type ProcessRun = OutputOf<CoreApi['production']['runs']['get']>;
export type EngineeringChange = OutputOf<CoreApi['engineering']['changes']['get']>;
export type ServiceCase = OutputOf<CoreApi['service']['cases']['get']>;
export type Item = OutputOf<CoreApi['engineering']['items']['get']>;
export type ItemRevision = OutputOf<CoreApi['engineering']['revisions']['get']>;
export type RecordFile = OutputOf<CoreApi['files']['list']>['items'][number];
export type Equipment = OutputOf<CoreApi['equipment']['get']>;
export type Progress = OrderLine['progress'];
/** Pictures in the replies of verticals: a drawing to scale, figures over a value, a category or time. */
export type Drawing = CoreDrawing;
export type Chart = CoreChart;
/** A decimal string with its UN/ECE Recommendation 20 code. */
export type Quantity = OrderLine['quantity'];
/** A decimal string with its ISO 4217 code. */
export type Money = Order['total'];
/** A text in both languages of the platform. */
export type Words = Order['stateWords'];
