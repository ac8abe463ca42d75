import type { Statement } from './index.js';
import { consignment } from './papers.fixture.js';

export const statement: Statement = {
  language: 'both',
  number: 'ST-2026-11',
  issuedAt: '2026-11-30T08:00:00.000Z',
  issuedOn: '2026-11-30',
  period: '2026-11-01 – 2026-11-30',
  state: { en: 'Open', zh: '待确认' },
  supplier: consignment.supplier,
  buyer: consignment.buyer,
  currency: 'CNY',
  lines: [
    {
      acceptedOn: '2026-11-20',
      order: 'PO-2026-118',
      deliveryNote: 'SH-DN-2026-0117',
      description: '碳纤维钓竿坯料 Carbon blank',
      details: ['LOT-2026-1'],
      quantity: { value: '1000', unit: { en: 'pcs', zh: '件' } },
      unitPrice: '12.40',
      net: '12400.00',
      taxRate: '13',
      tax: '1612.00',
      gross: '14012.00',
      state: { en: 'Confirmed', zh: '已确认' },
    },
  ],
  deductions: [{ reason: '表面划伤 Scratched surface', lot: 'LOT-2026-1', reference: 'NC-2026-9', amount: '200.00' }],
  net: '12400.00',
  taxes: [{ rate: '13', amount: '1612.00' }],
  deducted: '200.00',
  total: '13812.00',
};
