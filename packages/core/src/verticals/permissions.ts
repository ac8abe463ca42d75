import { memberRoles, type Permissions } from '../access/index.js';

export const verticalsPermissions: Permissions = {
  'verticals.read': { en: 'See which industry plugins are enabled', zh: '查看已启用的行业插件', roles: [...memberRoles] },
  'verticals.manage': { en: 'Enable and disable industry plugins', zh: '启用和停用行业插件', roles: ['admin'] },
};
