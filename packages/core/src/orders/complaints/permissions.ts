import type { Permissions } from '../../access/index.js';

export const complaintPermissions: Permissions = {
  'orders.complaints.view': { en: 'See complaints', zh: '查看投诉', roles: ['trade', 'quality', 'viewer'] },
  'orders.complaints.file': { en: 'File and pursue complaints', zh: '提出和跟进投诉', roles: ['trade', 'quality'] },
  'orders.complaints.answer': { en: 'Acknowledge and answer complaints', zh: '受理和答复投诉', roles: ['trade', 'quality'] },
  'orders.complaints.decide': { en: 'Decide escalated complaints, as the operator', zh: '以平台运营方身份判定投诉', roles: [] },
};
