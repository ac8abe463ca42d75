import { accessPermissions, type Permissions } from '@yunfab/core/access';
import { type Clock, createAccessRouter, createEventsRouter, eventsPermissions, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService, equipmentPermissions } from '@yunfab/core/equipment';
import { createVerticalRouter, createVerticalService, equipmentModels, type LoadedVerticals, verticalPermissions, verticalsPermissions } from '@yunfab/core/verticals';
import type { AnyRouter } from '@trpc/server';

/** What the platform serves. */
export interface PlatformCore {
  readonly router: AnyRouter;
  readonly permissions: Permissions;
}

export function composeCore({ verticals }: { readonly clock: Clock; readonly verticals: LoadedVerticals }): PlatformCore {
  const equipment = createEquipmentService({ models: equipmentModels(verticals) as never });
  const permissions = { ...accessPermissions, ...eventsPermissions, ...equipmentPermissions, ...verticalsPermissions, ...verticalPermissions(verticals) };
  return {
    router: router({ access: createAccessRouter({ permissions }), events: createEventsRouter(), equipment: createEquipmentRouter(equipment), verticals: createVerticalRouter(createVerticalService({ verticals })) }),
    permissions,
  };
}
