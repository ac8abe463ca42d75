import type { Permissions } from '../access/index.js';

export const productionPermissions: Permissions = {
  'production.view': {
    en: 'See job orders and process runs',
    zh: '查看工单和生产过程',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'production.run': {
    en: 'Start and finish operations, open and close lots, complete job orders',
    zh: '工序开工完工、开批、结批、完成工单',
    roles: ['production'],
  },
  'production.issue': { en: 'Issue materials to job orders and take them back', zh: '为工单领料和退料', roles: ['production'] },
  'production.count': { en: 'Report good and scrap by hand', zh: '人工报工', roles: ['production'] },
  'production.plan': {
    en: 'Set priorities of operations and the reasons for scrap and rework',
    zh: '设置工序优先级与废品、返工原因',
    roles: ['production'],
  },
  'production.runRules': {
    en: 'Set by which signals process runs begin and end',
    zh: '设定按信号判定过程起止的规则',
    roles: ['production'],
  },
  'production.goldenRuns': {
    en: 'Declare the golden runs that others are measured by',
    zh: '指定和撤销标杆过程',
    roles: ['production', 'quality'],
  },
  'production.badges': { en: 'Create and revoke badges of people on the floor', zh: '创建和作废车间工牌', roles: ['production'] },
  'production.floor.view': {
    en: 'See dispatch lists and what is scanned',
    zh: '查看派工单和扫码结果',
    roles: ['production', 'quality', 'viewer'],
  },
  'production.floor.work': {
    en: 'Move operations and report quantities at the floor, by badge and PIN',
    zh: '在车间凭工牌和 PIN 码推进工序、报工',
    roles: ['production'],
  },
  'production.evaluate': { en: 'Have a process run evaluated again', zh: '重新评价生产过程', roles: ['production', 'quality'] },
};
