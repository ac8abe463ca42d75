import type { Permissions } from '../access/index.js';

export const lifecyclePermissions: Permissions = {
  'lifecycle.view': {
    en: 'See lots and what the release gate says',
    zh: '查看批次及放行条件',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'lifecycle.release': { en: 'Release, block and unblock lots', zh: '放行、冻结和解冻批次', roles: ['quality'] },
};
