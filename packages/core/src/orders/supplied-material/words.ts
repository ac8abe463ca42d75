import type { Words } from '../../access/index.js';
import type { SuppliedKind } from './states.js';

export const suppliedKindWords: Readonly<Record<SuppliedKind, Words>> = {
  sent: { en: 'Sent', zh: '发料' },
  received: { en: 'Received', zh: '收料' },
  used: { en: 'Used', zh: '耗用' },
  scrapped: { en: 'Scrapped', zh: '报废' },
  returned: { en: 'Returned', zh: '退料' },
  written_off: { en: 'Written off', zh: '核销' },
};
