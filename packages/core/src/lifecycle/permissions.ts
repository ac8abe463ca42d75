import type { Permissions } from '../access/index.js';

export const lifecyclePermissions: Permissions = {
  'lifecycle.view': {
    en: 'See lots, units, their history and what the release gate says',
    zh: '查看批次、单件、其履历及放行条件',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'lifecycle.record': {
    en: 'Give serial numbers and identifiers, register lots and record what happens to them',
    zh: '编序列号与标识、登记批次并记录活动',
    roles: ['production', 'quality'],
  },
  'lifecycle.release': { en: 'Release, block and unblock lots', zh: '放行、冻结和解冻批次', roles: ['quality'] },
};
