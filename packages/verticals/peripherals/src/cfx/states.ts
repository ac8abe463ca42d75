import type { Words } from '@yunfab/core/access';

/** `CFX.Structures.ResourceState` of IPC-CFX (IPC-2591), after SEMI E10: the name and the number that stand for one state. */
export const resourceStates: Readonly<Record<string, number>> = {
  PRD: 1000,
  PRD_RegularWork: 1100,
  PRD_WorkForThirdParties: 1200,
  PRD_Rework: 1300,
  PRD_Engineering: 1400,
  SBY: 2000,
  SBY_NoOperator: 2100,
  SBY_NoProduct: 2200,
  SBY_NoProductBlocked: 2201,
  SBY_NoProductStarved: 2202,
  SBY_NoSupportTool: 2300,
  SBY_AssociatedClusterModuleDown: 2400,
  SBY_NoHost: 2500,
  ENG: 3000,
  ENG_ProcessExperiments: 3100,
  ENG_EquipmentExperiments: 3200,
  SDT: 4000,
  SDT_UserMaintenanceDelay: 4100,
  SDT_SuppliedMaintenanceDelay: 4200,
  SDT_PreventiveMaintenance: 4300,
  SDT_ChangeOfConsumables: 4400,
  SDT_Setup: 4500,
  SDT_ProductionTest: 4600,
  SDT_FacilitiesRelated: 4700,
  USD: 5000,
  USD_UserMaintentanceDelay: 5100,
  USD_SuppliedMaintenanceDelay: 5200,
  USD_Repair: 5300,
  USD_OutOfSpecInputMaterial: 5400,
  USD_ChangeOfConsumables: 5500,
  USD_FacilitiesRelated: 5600,
  NST: 6000,
  NST_UnworkedShifts: 6100,
  NST_EquipmentInstallation: 6200,
  NST_EquipmentModifications: 6300,
  NST_OfflineTraining: 6400,
};

/** The six basic states of SEMI E10, by the thousands of the number. */
export const basicStates = {
  1: { id: 'productive', words: { en: 'Productive', zh: '生产' } },
  2: { id: 'standby', words: { en: 'Standby', zh: '待机' } },
  3: { id: 'engineering', words: { en: 'Engineering', zh: '工程' } },
  4: { id: 'scheduled_downtime', words: { en: 'Scheduled downtime', zh: '计划停机' } },
  5: { id: 'unscheduled_downtime', words: { en: 'Unscheduled downtime', zh: '非计划停机' } },
  6: { id: 'nonscheduled', words: { en: 'Non-scheduled time', zh: '非排产时间' } },
} as const satisfies Readonly<Record<number, { readonly id: string; readonly words: Words }>>;

export interface ResourceState {
  readonly number: number;
  readonly name: string;
  readonly basic: (typeof basicStates)[keyof typeof basicStates]['id'];
}

/** A state as a machine writes it: `"PRD"`, `"SBY_NoProductBlocked"`, `NoProductBlocked`, `2201`, `"2201"`; null for none. */
export function readState(written: unknown): ResourceState | null {
  const names = Object.keys(resourceStates);
  const text = String(written).trim();
  const name = /^\d+$/.test(text)
    ? names.find((each) => resourceStates[each] === Number(text))
    : names.find((each) => each.toLowerCase() === text.toLowerCase() || each.split('_')[1]?.toLowerCase() === text.toLowerCase());
  if (name === undefined) return null;
  const number = resourceStates[name] as number;
  return { number, name, basic: basicStates[Math.floor(number / 1000) as keyof typeof basicStates].id };
}
