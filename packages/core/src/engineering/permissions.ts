import type { Permissions } from '../access/index.js';

export const engineeringPermissions: Permissions = {
  'engineering.view': {
    en: 'See items, revisions, bills of materials and engineering changes',
    zh: '查看物料、版次、物料清单和工程变更',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'engineering.edit': { en: 'Make items and draft revisions', zh: '创建物料并编辑版次草稿', roles: ['production', 'quality'] },
  'engineering.annotate': { en: 'Set your own number of an item', zh: '维护物料的自有编号', roles: ['trade', 'production', 'quality'] },
  'engineering.release': { en: 'Release revisions and make them obsolete', zh: '发布和作废版次', roles: ['quality'] },
};
