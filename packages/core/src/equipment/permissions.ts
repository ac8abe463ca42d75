import type { Permissions } from '../access/index.js';

export const equipmentPermissions: Permissions = {
  'equipment.read': { en: 'See equipment and its telemetry', zh: '查看设备及其遥测', roles: ['trade', 'production', 'quality', 'viewer'] },
  'equipment.manage': { en: 'Register equipment', zh: '登记设备', roles: ['production'] },
  'equipment.devices': { en: 'Register devices, rotate and revoke their tokens', zh: '登记终端，更换或吊销其令牌', roles: ['production'] },
  'equipment.command': { en: 'Send commands to devices', zh: '向终端下发指令', roles: ['production'] },
  'equipment.gateways': { en: 'See the gateways of the platform that one runs', zh: '查看所运营平台的网关', roles: ['production'] },
};
