import type { PermissionDeclaration } from '@yunfab/core/access';

export const fishingGearPermissions: Readonly<Record<`fishing-gear.${string}`, PermissionDeclaration>> = {
  'fishing-gear.designs.read': {
    en: 'See prepregs and blank designs',
    zh: '查看预浸料与竿坯设计',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'fishing-gear.designs.manage': { en: 'Save prepregs and blank designs', zh: '保存预浸料与竿坯设计', roles: ['production'] },
  'fishing-gear.bench.read': { en: 'See machines and bench runs', zh: '查看设备与挠度试验', roles: ['production', 'quality', 'viewer'] },
  'fishing-gear.ovens.charge': { en: 'Record which lots lay in an oven run', zh: '登记装炉批次', roles: ['production'] },
  'fishing-gear.leads.manage': { en: 'Show booth codes, take and see leads', zh: '展示展位码、录入和查看线索', roles: ['trade'] },
  'fishing-gear.quotes.manage': { en: 'Reckon export prices and quote them', zh: '核算出口价格并报价', roles: ['trade'] },
};
