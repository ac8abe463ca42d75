import type { Permissions } from '../access/index.js';

export const servicePermissions: Permissions = {
  'service.view': { en: 'See service cases', zh: '查看服务工单', roles: ['trade', 'production', 'quality', 'viewer'] },
  'service.report': {
    en: 'Open service cases, reopen and close them',
    zh: '提交、重新打开和结案服务工单',
    roles: ['trade', 'production', 'quality'],
  },
  'service.resolve': { en: 'Accept, resolve and reject service cases', zh: '受理、解决或不予受理服务工单', roles: ['quality'] },
};
