import type { Permissions } from '../access/index.js';

export const meteringPermissions: Permissions = {
  'metering.view': { en: 'See what the organization uses of the platform', zh: '查看本企业的平台用量', roles: ['trade', 'viewer'] },
};
