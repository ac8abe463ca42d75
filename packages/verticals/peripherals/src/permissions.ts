import type { PermissionDeclaration } from '@yunfab/core/access';

export const peripheralsPermissions = {
  'peripherals.line.read': {
    en: 'See the line and printer status',
    zh: '查看产线与打印机状态',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'peripherals.units.read': { en: 'See what units consist of', zh: '查看整机谱系', roles: ['trade', 'production', 'quality', 'viewer'] },
  'peripherals.units.assemble': {
    en: 'Bind parts, record firmware and tests',
    zh: '绑定物料、记录固件与终检',
    roles: ['production', 'quality'],
  },
  'peripherals.failures.read': {
    en: 'See failures from the field',
    zh: '查看现场故障',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'peripherals.failures.report': { en: 'Report failures', zh: '报告故障', roles: ['trade', 'production', 'quality'] },
  'peripherals.failures.diagnose': { en: 'Name what failed', zh: '诊断故障', roles: ['quality'] },
  'peripherals.supplies.read': {
    en: 'See supplies and forecasts',
    zh: '查看耗材与预测',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'peripherals.supplies.report': { en: 'Report readings of supplies', zh: '上报耗材读数', roles: ['production'] },
  'peripherals.supplies.replenish': { en: 'Propose shipments of supplies', zh: '生成耗材发货建议', roles: ['trade', 'production'] },
} as const satisfies Readonly<Record<`peripherals.${string}`, PermissionDeclaration>>;
