import type { Permissions } from '../access/index.js';

export const engineeringPermissions: Permissions = {
  'engineering.view': {
    en: 'See items, revisions, bills of materials and engineering changes',
    zh: '查看物料、版次、物料清单和工程变更',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'engineering.edit': { en: 'Make items and draft revisions', zh: '创建物料并编辑版次草稿', roles: ['production', 'quality'] },
  'engineering.annotate': { en: 'Set your own number of an item', zh: '维护物料的自有编号', roles: ['trade', 'production', 'quality'] },
  'engineering.release': {
    en: 'Release revisions and make them obsolete, decide about changes',
    zh: '发布和作废版次，决定工程变更',
    roles: ['quality'],
  },
  'engineering.change': {
    en: 'Draft, submit and cancel engineering changes',
    zh: '起草、提交和取消工程变更',
    roles: ['production', 'quality'],
  },
  'engineering.answer': {
    en: 'Acknowledge or decline engineering changes of others',
    zh: '确认或拒绝其他企业的工程变更',
    roles: ['trade', 'production', 'quality'],
  },
};
