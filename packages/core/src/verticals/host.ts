import { type CommandScope, command, query, requestErrors, type router } from '../commands/index.js';
import { appendEvent } from '../events/index.js';
import type { ApiBuilder, Bound, CoreFacade, CoreServices, VerticalCall } from './contract.js';
import { enabledVerticals } from './enablement.js';
import { verticalErrors } from './errors.js';
import type { LoadedVertical, LoadedVerticals, LotEvidence } from './registry.js';
import { inVertical, type VerticalSession } from './session.js';

/** What core's later features answer for verticals; composition wires them. */
export interface VerticalPorts extends LotEvidence {
  readonly services: CoreServices;
}

/** Each vertical's procedures under its id, as a plain record for core's router. A vertical without procedures has no entry. */
export function verticalRouters(verticals: LoadedVerticals, ports: VerticalPorts): Readonly<Record<string, RouterRecord>> {
  const routers: Record<string, RouterRecord> = {};
  for (const loaded of verticals) {
    const tree = loaded.vertical.api?.(apiBuilder(loaded, ports));
    // The check has seen that the tree holds nothing but procedures.
    if (tree) routers[loaded.vertical.id] = tree as unknown as RouterRecord;
  }
  return routers;
}

type RouterRecord = Parameters<typeof router>[0];

type AnyConfig = Readonly<Record<string, unknown>>;
type Run<Input, Output> = (call: VerticalCall<AnyConfig>, input: Input) => Promise<Output>;

/** Declares a vertical's procedures as core's own, whose work runs in the vertical's session. */
export function apiBuilder(loaded: LoadedVertical, ports: VerticalPorts): ApiBuilder<AnyConfig> {
  const hosted =
    <Input, Output>(run: Run<Input, Output>) =>
    async (scope: CommandScope, input: Input): Promise<Output> => {
      const { id } = loaded.vertical;
      if (!(await enabledVerticals(scope)).has(id)) throw verticalErrors.not_enabled({ vertical: id });
      return inVertical(id, scope, (session) => {
        const { organization, actor, now } = scope;
        const call = { organization, actor, now, db: session.db, core: facadeOf(id, scope, session, ports), config: loaded.config };
        return run(call, input);
      });
    };
  // What tRPC makes holds more than a declared procedure tells of it.
  return {
    query: (declaration) => query({ ...declaration, run: hosted(declaration.run) }) as never,
    command: (declaration) => command({ ...declaration, run: hosted(declaration.run) }) as never,
  };
}

function facadeOf(vertical: string, scope: CommandScope, { asCore }: VerticalSession, ports: VerticalPorts): CoreFacade {
  return {
    async appendEvent({ type, record = null, body }) {
      if (!type.startsWith(`${vertical}.`)) throw verticalErrors.event_refused({ vertical, type });
      await asCore(() => appendEvent(scope, { type, record: record as Parameters<typeof appendEvent>[1]['record'], body }));
    },
    async requireVisible(kind, record) {
      const seen = await asCore(() =>
        scope.tx.withTables<{ record: { id: string } }>().selectFrom('record').select('id').where('id', '=', record).executeTakeFirst(),
      );
      if (!seen) throw requestErrors.not_found({ kind });
    },
    run: (id) => asCore(() => ports.evaluatedRun(scope, id)),
    engineering: bound(ports.services.engineering, scope, asCore),
    lifecycle: bound(ports.services.lifecycle, scope, asCore),
    production: bound(ports.services.production, scope, asCore),
    orders: bound(ports.services.orders, scope, asCore),
    service: bound(ports.services.service, scope, asCore),
    commerce: bound(ports.services.commerce, scope, asCore),
  };
}

type Method = (scope: CommandScope, ...input: readonly unknown[]) => Promise<unknown>;

/** The service with each method taking its turn as core, in the scope of the call. */
function bound<Service extends object>(service: Service, scope: CommandScope, asCore: VerticalSession['asCore']): Bound<Service> {
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      (...input: readonly unknown[]) => asCore(() => (method as Method)(scope, ...input)),
    ]),
  ) as Bound<Service>;
}
