import type { DemoCall, DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import { demoLay, demoLays } from './cutting-room/lay.js';
import { routingOf } from './routing/index.js';

const timeZone = 'Asia/Shanghai';
const brand = 'yunshang';
const factory = 'haisi';
const mill = 'qingluo';
const tag = 'E28011606000020A1B2C3D01';

const organizations: readonly DemoOrganization[] = [
  {
    code: brand,
    name: { en: 'Yunshang Made to Measure', zh: '云裳定制' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3YUNC01B',
    timeZone,
    people: [
      { email: 'tang@yunshang.example', name: '唐雨', locale: 'zh-CN', roles: ['admin', 'trade'] },
      { email: 'elise@yunshang.example', name: 'Elise Moreau', locale: 'en', roles: ['trade', 'quality'] },
    ],
  },
  {
    code: factory,
    name: { en: 'Haisi Garments', zh: '海思制衣' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3HAGC02X',
    timeZone,
    people: [
      { email: 'gao@haisi.example', name: '高建', locale: 'zh-CN', roles: ['admin'] },
      { email: 'yu@haisi.example', name: '于芳', locale: 'zh-CN', roles: ['production', 'quality'] },
    ],
  },
  {
    code: mill,
    name: { en: 'Qingluo Fabrics', zh: '青罗面料' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3QLML032',
    timeZone,
    people: [{ email: 'cui@qingluo.example', name: '崔亮', locale: 'zh-CN', roles: ['admin', 'trade'] }],
  },
];

const orders: readonly DemoOrder[] = [
  {
    buyer: brand,
    supplier: factory,
    ownNumber: 'YS-2026-2101',
    currency: 'CNY',
    dueInDays: 18,
    note: '企业制服，合体版。Uniform shirts, regular fit.',
    lines: [
      {
        description: '制服衬衫 / Uniform shirt 175/96A',
        specification: { schema: 'apparel/ready-made@1', value: { garment: 'shirt', fit: 'regular', size: '175/96A', colour: 'white' } },
        quantity: { value: '360', unit: 'H87' },
        unitPrice: '82.00',
      },
    ],
    state: 'in_production',
    equipment: 'sew-02',
  },
  {
    buyer: factory,
    supplier: mill,
    ownNumber: 'HS-PO-0512',
    currency: 'CNY',
    dueInDays: 6,
    lines: [{ description: '棉府绸 / Cotton poplin 120 g/m², 1500 mm', quantity: { value: '900', unit: 'MTR' }, unitPrice: '21.60' }],
    state: 'confirmed',
  },
];

/** The body of the worked example: 173/92/76. */
const measurements = {
  sex: 'male',
  unit: 'cm',
  height: 173,
  chest: 92,
  waist: 76,
  hip: 93,
  neck: 38,
  shoulder_width: 44.4,
  arm_length: 56.5,
  back_length: 43.2,
  waist_height: 104,
  inseam: 78.5,
  upper_arm: 29.5,
  wrist: 16.8,
  thigh: 54.5,
};
const choice = { garment: 'shirt', fit: 'regular', chest_pocket: true, monogram: 'CYT' } as const;

const of =
  (organization: string) =>
  (procedure: string, input: Readonly<Record<string, unknown>>, as?: string): DemoCall => ({
    organization,
    procedure,
    input,
    ...(as === undefined ? {} : { as }),
  });
const [ofBrand, ofFactory] = [of(brand), of(factory)];

/** A person's order becomes a shared order between brand and factory, before anything is made. */
const calls: readonly DemoCall[] = [
  ...demoLays.map((lay) => ofFactory('apparel.lays.create', { ...lay })),
  ofFactory('apparel.rolls.create', { code: 'R-7741', shade: 'D-118', width: 1500, length: 92 }),
  ofFactory('apparel.rolls.create', { code: 'R-7742', shade: 'D-121', width: 1500, length: 88 }),
  ofBrand(
    'apparel.madeToMeasure.place',
    { number: 'YS-MTM-3001', name: '陈一舟', address: '威海市环翠区', ...measurements, ...choice, consent: true },
    'mtm',
  ),
  ofBrand('commerce.consumerOrders.move', { consumerOrder: '$mtm.consumerOrder', version: '$mtm.consumerOrderVersion', move: 'confirm' }),
  ofBrand('apparel.madeToMeasure.send', { id: '$mtm.id', supplier: factory, unitPrice: '168.00' }, 'mtmSent'),
  ofFactory('orders.accept', { order: '$mtmSent.order', version: '$mtmSent.orderVersion' }, 'mtmAccepted'),
  ofFactory(
    'orders.start',
    { order: '$mtmSent.order', version: '$mtmAccepted.version', line: '$mtmSent.line', lotCode: 'MTM-3001' },
    'mtmStarted',
  ),
  ofFactory('apparel.garments.begin', { madeToMeasure: '$mtm.id', tag, lot: '$mtmStarted.lot' }),
  ofFactory('apparel.garments.cut', { tag, roll: 'R-7741', metres: 2.1 }),
];

const reads = routingOf({ ...choice, monogram: true }).flatMap(({ id, station }) =>
  (['in', 'out'] as const).map((direction) => ({ operation: id, direction, station: `${station}-01` })),
);

/** The tagged garment goes through its own routing, is measured, released, shipped and accepted; the person receives it. */
const epilogue: readonly DemoCall[] = [
  ofBrand(
    'commerce.consumerOrders.move',
    { consumerOrder: '$mtm.consumerOrder', version: '$mtmSent.consumerOrderVersion', move: 'start' },
    'mtmInProduction',
  ),
  ofFactory('apparel.garments.read', { tag, reads }),
  ofFactory('apparel.garments.check', { tag, collar: 401, chest: 1044, waist: 984, hip: 1042, shoulder: 459, sleeve: 571, cuff: 247 }),
  ofFactory('production.jobs.get', { job: '$mtmStarted.job' }, 'mtmJob'),
  ofFactory(
    'production.countByHand',
    {
      job: '$mtmStarted.job',
      version: '$mtmJob.version',
      good: '1',
      reason: '单件定制，终检后人工计数。One garment, counted after its final check.',
    },
    'mtmCounted',
  ),
  ofFactory(
    'production.lots.close',
    { job: '$mtmStarted.job', version: '$mtmCounted.version', lot: '$mtmStarted.lot', openNext: false },
    'mtmClosed',
  ),
  ofFactory('lifecycle.lots.release', { lot: '$mtmStarted.lot', version: '$mtmClosed.lot.version' }),
  ofFactory('orders.get', { order: '$mtmSent.order' }, 'mtmOrder'),
  ofFactory(
    'orders.ship',
    {
      order: '$mtmSent.order',
      version: '$mtmOrder.version',
      number: 'HS-DN-3001',
      lines: [{ line: '$mtmSent.line', lot: '$mtmStarted.lot', quantity: '1' }],
    },
    'mtmShipped',
  ),
  ofBrand(
    'orders.receive',
    { order: '$mtmSent.order', version: '$mtmShipped.version', shipment: '$mtmShipped.shipments.0.id' },
    'mtmReceived',
  ),
  ofBrand('orders.inspect', {
    order: '$mtmSent.order',
    version: '$mtmReceived.version',
    lines: [{ shipmentLine: '$mtmReceived.shipments.0.lines.0.id', accepted: '1' }],
  }),
  ofBrand(
    'commerce.consumerOrders.move',
    { consumerOrder: '$mtm.consumerOrder', version: '$mtmInProduction.version', move: 'ship' },
    'mtmOnItsWay',
  ),
  ofBrand('commerce.consumerOrders.move', { consumerOrder: '$mtm.consumerOrder', version: '$mtmOnItsWay.version', move: 'deliver' }),
];

/** The second sewing station breaks its thread, so its uniform shirts are not released; the second spreader pulls tighter from ply to ply. */
export const apparelStory: DemoStory = {
  organizations,
  equipment: [
    {
      organization: factory,
      code: 'spread-01',
      name: '铺布机 01 / Spreader 01',
      model: 'apparel.spreader',
      parent: 'plant-1/cutting',
      device: { code: 'spread-01', program: demoLay.code },
    },
    {
      organization: factory,
      code: 'spread-02',
      name: '铺布机 02 / Spreader 02',
      model: 'apparel.spreader',
      parent: 'plant-1/cutting',
      device: { code: 'spread-02', program: demoLay.code, faults: ['tension_drift'] },
    },
    {
      organization: factory,
      code: 'cut-01',
      name: '裁床 01 / Cutter 01',
      model: 'apparel.cutter',
      parent: 'plant-1/cutting',
      device: { code: 'cut-01', program: demoLay.code },
    },
    {
      organization: factory,
      code: 'sew-01',
      name: '缝纫工位 01 / Sewing station 01',
      model: 'apparel.sewing-station',
      parent: 'plant-1/sewing',
      device: { code: 'sew-01', program: 'shirt/side' },
    },
    {
      organization: factory,
      code: 'sew-02',
      name: '缝纫工位 02 / Sewing station 02',
      model: 'apparel.sewing-station',
      parent: 'plant-1/sewing',
      device: { code: 'sew-02', program: 'shirt/collar-attach', faults: ['thread_breaks'] },
    },
    {
      organization: factory,
      code: 'press-01',
      name: '熨烫机 01 / Press 01',
      model: 'apparel.press',
      parent: 'plant-1/finishing',
      device: { code: 'press-01', program: 'press' },
    },
  ],
  calls,
  orders,
  epilogue,
};
