import type { DemoCall, DemoOrganization, DemoStory } from '@yunfab/core/verticals';

const company = (code: string, en: string, zh: string, identifier: string): DemoOrganization => ({
  ...{ code, name: { en, zh }, country: 'IT', identifierScheme: 'national', identifier, timeZone: 'Asia/Shanghai' },
  people: [{ email: `admin@${code}.example`, name: en, locale: 'en', roles: ['admin'] }],
});
const [maker, buyer, number] = ['solemaker', 'marche-shoes', 'MS-1001'];
function call(organization: string, procedure: string, input: DemoCall['input'], as = 'told'): DemoCall {
  return { organization, procedure, input, as };
}
const [job, order, quantity] = [`$${number}.job`, `$${number}.id`, '$released.lot.quantity'];
const lines = [{ line: '$order.lines.0.id', lot: '$closed.lot.id', quantity }];
const inspected = [{ shipmentLine: '$received.shipments.0.lines.0.id', accepted: quantity }];

export const footwearStory: DemoStory = {
  organizations: [company(maker, 'Sole Maker', '索莱制鞋', 'REA AN 1'), company(buyer, 'Marche Shoes', '马尔凯鞋业', 'REA AN 2')],
  equipment: [
    {
      ...{ organization: maker, code: 'sole-01', name: '压底机 01 / Sole press 01', model: 'footwear.sole-press', parent: 'hall-1' },
      device: { code: 'sole-01', program: 'pu' },
    },
  ],
  calls: [call(maker, 'footwear.bonds.create', { code: 'pu', temperature_low: 62, temperature_high: 80, pressure: 3.5, dwell: 10 })],
  orders: [
    {
      ...{ buyer, supplier: maker, ownNumber: number, currency: 'EUR', dueInDays: 14, state: 'in_production', equipment: 'sole-01' },
      lines: [
        {
          ...{ description: 'Derby 42', quantity: { value: '600', unit: 'H87' }, unitPrice: '21.50' },
          specification: { schema: 'footwear/shoe@1', value: { paris: 42 } },
        },
      ],
    },
  ],
  epilogue: [
    call(maker, 'production.jobs.get', { job }, 'job'),
    call(maker, 'production.lots.close', { job, version: '$job.version', lot: `$${number}.lot`, openNext: true }, 'closed'),
    call(maker, 'lifecycle.lots.release', { lot: '$closed.lot.id', version: '$closed.lot.version' }, 'released'),
    call(maker, 'orders.get', { order }, 'order'),
    call(maker, 'orders.ship', { order, version: '$order.version', lines }, 'shipped'),
    call(buyer, 'orders.receive', { order, version: '$shipped.version', shipment: '$shipped.shipments.0.id' }, 'received'),
    call(buyer, 'orders.inspect', { order, version: '$received.version', lines: inspected }),
  ],
};
