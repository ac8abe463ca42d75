import { accessPermissions, type Permissions } from './access/index.js';
import { createAccessRouter, createEventsRouter, eventsPermissions, router } from './commands/index.js';
import { commercePermissions, createCommerceRouter, createCommerceService } from './commerce/index.js';
import {
  coreItemKind,
  createEngineeringRouter,
  createEngineeringService,
  engineeringPermissions,
  type ItemKinds,
} from './engineering/index.js';
import { createEquipmentRouter, createEquipmentService, type DeviceTokens, equipmentPermissions } from './equipment/index.js';
import { createFilesRouter, filesPermissions } from './files/index.js';
import { createLifecycleRouter, createLifecycleService, joinGates, lifecyclePermissions } from './lifecycle/index.js';
import { createMeteringRouter, meteringPermissions } from './metering/index.js';
import { createOrderService, createOrdersRouter, type OrderPorts, orderProgress, ordersPermissions } from './orders/index.js';
import {
  createDeviceEventProjector,
  createProductionRouter,
  createProductionService,
  type ProjectionPorts,
  type ProjectorOptions,
  productionGates,
  productionPermissions,
  runProofs,
  type Specification,
} from './production/index.js';
import { createCaseService, createServiceRouter, servicePermissions } from './service/index.js';
import { verticalPorts } from './vertical-ports.js';
import {
  type CoreServices,
  createVerticalRouter,
  createVerticalService,
  declaredRunRules,
  equipmentModels,
  gatePredicates,
  itemKinds,
  type LoadedVerticals,
  runEvaluators,
  type SpecificationValue,
  specificationParser,
  verticalPermissions,
  verticalRouters,
  verticalsPermissions,
} from './verticals/index.js';

export type Core = ReturnType<typeof createCore>;

/** The procedures that every platform has; each vertical adds its own under its id. */
export type CoreProcedures = ReturnType<typeof createProcedures>['procedures'];

/** Wires the features to each other through their ports: what the platform can do, before anything carries it anywhere. */
export function createCore({ verticals, deviceTokens }: { readonly verticals: LoadedVerticals; readonly deviceTokens?: DeviceTokens }) {
  const permissions: Permissions = {
    ...accessPermissions,
    ...eventsPermissions,
    ...filesPermissions,
    ...engineeringPermissions,
    ...equipmentPermissions,
    ...lifecyclePermissions,
    ...productionPermissions,
    ...ordersPermissions,
    ...servicePermissions,
    ...commercePermissions,
    ...meteringPermissions,
    ...verticalsPermissions,
    ...verticalPermissions(verticals),
  };
  const { procedures, projection, ports, services } = createProcedures(verticals, permissions, deviceTokens);
  return {
    permissions,
    createProjector: (options: Omit<ProjectorOptions, keyof ProjectionPorts>) => createDeviceEventProjector({ ...options, ...projection }),
    router: router({ ...procedures, ...verticalRouters(verticals, { ...ports, services }) }),
  };
}

function createProcedures(verticals: LoadedVerticals, permissions: Permissions, deviceTokens?: DeviceTokens) {
  const parse = specificationParser(verticals);
  const projection: ProjectionPorts = { evaluators: runEvaluators(verticals), progress: orderProgress };
  const production = createProductionService({ ...projection, declaredRules: declaredRunRules(verticals) });
  const ports = verticalPorts(production);
  const specifications: OrderPorts['specifications'] = (given) => {
    const { schema, value } = parse(given as SpecificationValue);
    return { schema, value: value as Specification['value'] };
  };
  const lifecycle = createLifecycleService({ gates: joinGates(productionGates, gatePredicates(verticals, ports)), proofs: runProofs });
  const orders = createOrderService({ specifications });
  const service = createCaseService(production);
  const commerce = createCommerceService({ specifications, orders });
  const engineering = createEngineeringService({ itemKinds: kindsOf(verticals), specifications });
  const services: CoreServices = { engineering, lifecycle, production, orders, service, commerce };
  const procedures = {
    access: createAccessRouter({ permissions }),
    events: createEventsRouter(),
    files: createFilesRouter(),
    engineering: createEngineeringRouter(engineering),
    equipment: createEquipmentRouter(createEquipmentService({ models: equipmentModels(verticals), deviceTokens })),
    lifecycle: createLifecycleRouter(lifecycle),
    production: createProductionRouter(production),
    orders: createOrdersRouter(orders),
    service: createServiceRouter(service),
    commerce: createCommerceRouter(commerce),
    metering: createMeteringRouter(),
    verticals: createVerticalRouter(createVerticalService({ verticals })),
  };
  return { procedures, projection, ports, services };
}

/** Kinds of core, and those of the verticals. */
function kindsOf(verticals: LoadedVerticals): ItemKinds {
  const industries = itemKinds(verticals);
  return (id) => {
    const kind = industries.get(id);
    return kind ? { words: kind.words, unit: kind.unit, specification: kind.specification ?? null } : coreItemKind(id);
  };
}
