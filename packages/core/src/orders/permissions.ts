import type { Permissions } from '../access/index.js';
import { deliveryPermissions } from './delivery/permissions.js';
import { dutyPermissions } from './duties.js';
import { rfqPermissions } from './rfq/index.js';
import { statementPermissions } from './statements/permissions.js';
import { subcontractPermissions } from './subcontract/permissions.js';

export const ordersPermissions: Permissions = {
  'orders.view': {
    en: 'See orders, their progress and their ledger',
    zh: '查看订单、进度和台账',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'orders.propose': { en: 'Propose and withdraw orders', zh: '提出和撤回订单', roles: ['trade'] },
  'orders.import': { en: 'Import orders and own numbers from files', zh: '从文件导入订单和自有编号', roles: ['trade'] },
  'orders.answer': { en: 'Accept and decline proposed orders', zh: '确认或拒绝订单', roles: ['trade'] },
  'orders.start': { en: 'Start production for an order', zh: '为订单安排生产', roles: ['production'] },
  'orders.ship': { en: 'Ship released lots', zh: '发运已放行批次', roles: ['trade', 'production'] },
  'orders.receive': { en: 'Confirm receipt of shipments', zh: '确认收货', roles: ['trade', 'quality', 'production'] },
  'orders.inspect': { en: 'Accept or reject received units, reverse such entries', zh: '检验收货数量并可冲销记录', roles: ['quality'] },
  'orders.change': {
    en: 'Propose and answer change orders, cancellation and short close',
    zh: '提出和答复变更单、取消及短交结单',
    roles: ['trade'],
  },
  'orders.halt': {
    en: 'Put orders on hold or in dispute, and end that; declare default',
    zh: '暂停订单、提出争议及其解除，认定违约',
    roles: ['trade'],
  },
  'orders.milestones': { en: 'Report and confirm milestones', zh: '报告和确认里程碑', roles: ['trade', 'production'] },
  'orders.close': { en: 'Close fulfilled orders', zh: '完成订单', roles: ['trade'] },
  'orders.annotate': { en: 'Set own numbers and private notes', zh: '维护自有编号和内部备注', roles: ['trade'] },
  ...deliveryPermissions,
  ...rfqPermissions,
  ...dutyPermissions,
  ...statementPermissions,
  ...subcontractPermissions,
};
