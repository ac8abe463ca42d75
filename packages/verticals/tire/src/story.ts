import type { DemoCall, DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import { type CureRecipe, passengerRecipe } from './cure/recipe.js';
import { statedLot, tradeCalls } from './trade/index.js';
import type { GradeLimits } from './uniformity/limits.js';

const timeZone = 'Asia/Shanghai';

/** A lower profile on a wider rim: thinner at its point of least cure, so shorter in the press. */
export const lowProfileRecipe: CureRecipe = {
  ...passengerRecipe,
  code: 'pcr-225-45-r17',
  name: 'PCR 225/45R17',
  gauge: 14.2,
  cure_time: 10,
  target_low: 17.3,
  target_high: 21.1,
};

/** The recipes that the simulated presses know. */
export const demoRecipes: readonly CureRecipe[] = [passengerRecipe, lowProfileRecipe];

/** What the makers of the demo world allow an original equipment tire; typical engineering, to be checked against the buyer's own. */
export const demoLimits: readonly GradeLimits[] = [
  { code: 'pcr-oe', grade: 'A', radial_force_variation: 85, radial_first_harmonic: 50, lateral_force_variation: 75, conicity: 40 },
  { code: 'pcr-oe', grade: 'B', radial_force_variation: 120, radial_first_harmonic: 75, lateral_force_variation: 100, conicity: 65 },
  { code: 'pcr-oe', grade: 'C', radial_force_variation: 160, radial_first_harmonic: 110, lateral_force_variation: 130, conicity: 100 },
];

/** What the makers allow a replacement tire; typical engineering, too. */
const replacementLimits: readonly GradeLimits[] = [
  { code: 'pcr-rm', grade: 'A', radial_force_variation: 110, radial_first_harmonic: 70, lateral_force_variation: 95, conicity: 60 },
  { code: 'pcr-rm', grade: 'B', radial_force_variation: 170, radial_first_harmonic: 120, lateral_force_variation: 140, conicity: 110 },
];

const organizations: readonly DemoOrganization[] = [
  {
    code: 'voyager',
    name: { en: 'Voyager Tire Brand', zh: '远航轮胎品牌' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91310000MA1WYGR01A',
    timeZone,
    people: [
      { email: 'lin@voyager.example', name: '林悦', locale: 'zh-CN', roles: ['admin'] },
      { email: 'morgan@voyager.example', name: 'Morgan Reed', locale: 'en', roles: ['trade', 'quality'] },
    ],
  },
  {
    code: 'shanhai',
    name: { en: 'Shanhai Tire', zh: '山海轮胎' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3HHTR026',
    timeZone,
    people: [
      { email: 'zhao@shanhai.example', name: '赵海峰', locale: 'zh-CN', roles: ['admin'] },
      { email: 'sun@shanhai.example', name: '孙敏', locale: 'zh-CN', roles: ['production', 'quality'], badge: 'BSH000101' },
    ],
  },
  {
    code: 'bluebay',
    name: { en: 'Bluebay Tire', zh: '蓝湾轮胎' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3BLWT035',
    timeZone,
    people: [
      { email: 'chen@bluebay.example', name: '陈立', locale: 'zh-CN', roles: ['admin'] },
      { email: 'wu@bluebay.example', name: '吴倩', locale: 'zh-CN', roles: ['production', 'quality'], badge: 'BBB000201' },
    ],
  },
  {
    code: 'goldgum',
    name: { en: 'Goldgum Rubber', zh: '金胶橡胶' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91370200MA3GJXJ04D',
    timeZone,
    people: [{ email: 'ma@goldgum.example', name: '马骏', locale: 'zh-CN', roles: ['admin', 'trade'] }],
  },
  {
    code: 'chenxi',
    name: { en: 'Chenxi Tire', zh: '晨曦轮胎' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91370600MA3CXLT08M',
    timeZone,
    people: [{ email: 'he@chenxi.example', name: '何静', locale: 'zh-CN', roles: ['admin', 'trade'] }],
  },
];

const passenger = (size: string, load_index: number, speed_symbol: string, cure_recipe?: string) => ({
  schema: 'tire/passenger@1',
  value: { size, load_index, speed_symbol, ...(cure_recipe ? { cure_recipe } : {}) },
});

const orders: readonly DemoOrder[] = [
  {
    buyer: 'voyager',
    supplier: 'shanhai',
    ownNumber: 'VT-2026-1001',
    currency: 'CNY',
    dueInDays: 12,
    note: '首批交付，按已批准配方硫化。First delivery, cured by the approved recipe.',
    lines: [
      {
        description: 'Voyager Touring 205/55R16 91V',
        specification: passenger('205/55R16', 91, 'V', passengerRecipe.code),
        quantity: { value: '120', unit: 'H87' },
        unitPrice: '268.00',
      },
    ],
    state: 'in_production',
    equipment: 'press-01',
  },
  {
    buyer: 'voyager',
    supplier: 'bluebay',
    ownNumber: 'VT-2026-1002',
    currency: 'CNY',
    dueInDays: 15,
    lines: [
      {
        description: 'Voyager Touring 205/55R16 91V',
        specification: passenger('205/55R16', 91, 'V', passengerRecipe.code),
        quantity: { value: '80', unit: 'H87' },
        unitPrice: '262.50',
      },
    ],
    state: 'in_production',
    equipment: 'press-11',
  },
  {
    buyer: 'voyager',
    supplier: 'shanhai',
    ownNumber: 'VT-2026-1003',
    currency: 'CNY',
    dueInDays: 20,
    lines: [
      {
        description: 'Voyager Sport 225/45R17 94W XL',
        specification: {
          schema: 'tire/passenger@1',
          value: { size: '225/45R17', load_index: 94, speed_symbol: 'W', extra_load: true, cure_recipe: lowProfileRecipe.code },
        },
        quantity: { value: '200', unit: 'H87' },
        unitPrice: '386.00',
      },
    ],
    state: 'in_production',
    equipment: 'press-02',
  },
  {
    buyer: 'voyager',
    supplier: 'bluebay',
    ownNumber: 'VT-2026-1004',
    currency: 'CNY',
    dueInDays: 30,
    lines: [
      {
        description: 'Voyager Winter 195/65R15 91T',
        specification: passenger('195/65R15', 91, 'T'),
        quantity: { value: '500', unit: 'H87' },
        unitPrice: '231.00',
      },
    ],
    state: 'proposed',
  },
  {
    buyer: 'shanhai',
    supplier: 'goldgum',
    ownNumber: 'SH-PO-7731',
    currency: 'CNY',
    dueInDays: 9,
    lines: [{ description: 'Tread compound T-118, sheets / 胎面胶 T-118', quantity: { value: '4800', unit: 'KGM' }, unitPrice: '18.40' }],
    state: 'confirmed',
  },
];

/** The first factory's lot is accepted, and its second building drum has an open splice. Of the second factory the steam supply is weak: its cures fail, and its lot is blocked by the gate with the reasons. */
export const tireStory: DemoStory = {
  organizations,
  equipment: [
    {
      organization: 'shanhai',
      code: 'press-01',
      name: '硫化机 01 / Press 01',
      model: 'tire.curing-press',
      parent: 'plant-1/curing',
      device: { code: 'press-01', program: passengerRecipe.code },
    },
    {
      organization: 'shanhai',
      code: 'press-02',
      name: '硫化机 02 / Press 02',
      model: 'tire.curing-press',
      parent: 'plant-1/curing',
      device: { code: 'press-02', program: lowProfileRecipe.code },
    },
    {
      organization: 'bluebay',
      code: 'press-11',
      name: '硫化机 11 / Press 11',
      model: 'tire.curing-press',
      parent: 'hall-b/curing',
      device: { code: 'press-11', program: passengerRecipe.code, faults: ['steam_pressure_dip'] },
    },
    {
      organization: 'shanhai',
      code: 'tuo-01',
      name: '均匀性试验机 01 / Uniformity machine 01',
      model: 'tire.uniformity-machine',
      parent: 'plant-1/final-finish',
      device: { code: 'tuo-01', program: 'pcr-oe', faults: ['splice_open'] },
    },
  ],
  calls: [
    ...['shanhai', 'bluebay'].flatMap((organization) => [
      ...demoRecipes.map((recipe) => ({ organization, procedure: 'tire.recipes.create', input: { ...recipe } })),
      ...[...demoLimits, ...replacementLimits].map((limits) => ({
        organization,
        procedure: 'tire.uniformity.limits.create',
        input: { ...limits },
      })),
    ]),
    ...tradeCalls,
  ],
  orders,
  epilogue: [...acceptedLot('VT-2026-1001', { buyer: 'voyager', supplier: 'shanhai', number: 'SH-DN-1001' }), ...statedLot('VT-2026-1001')],
};

/** The lot that the cures of the past six hours made: closed, released by the gate, shipped, received and accepted. */
function acceptedLot(order: string, { buyer, supplier, number }: { buyer: string; supplier: string; number: string }): DemoCall[] {
  return [
    { organization: supplier, procedure: 'production.jobs.get', input: { job: `$${order}.job` }, as: 'tireJob' },
    {
      organization: supplier,
      procedure: 'production.lots.close',
      input: { job: `$${order}.job`, version: '$tireJob.version', lot: `$${order}.lot`, openNext: true },
      as: 'tireClosed',
    },
    {
      organization: supplier,
      procedure: 'tire.tires.mark',
      input: {
        ...{ lot: `$${order}.lot`, plant: '1KH', manufacturerCode: 'VT2055' },
        // GTIN and prefix of the examples in the EPC Tag Data Standard.
        rfid: { gtin: '80614141123458', companyPrefixLength: 7, firstSerial: 1 },
      },
    },
    {
      organization: supplier,
      procedure: 'lifecycle.lots.release',
      input: { lot: `$${order}.lot`, version: '$tireClosed.lot.version' },
      as: 'tireReleased',
    },
    { organization: supplier, procedure: 'orders.get', input: { order: `$${order}.id` }, as: 'tireOrder' },
    {
      organization: supplier,
      procedure: 'orders.ship',
      input: {
        order: `$${order}.id`,
        version: '$tireOrder.version',
        number,
        lines: [{ line: `$${order}.lines.0.id`, lot: `$${order}.lot`, quantity: '$tireReleased.lot.quantity' }],
      },
      as: 'tireShipped',
    },
    {
      organization: buyer,
      procedure: 'orders.receive',
      input: { order: `$${order}.id`, version: '$tireShipped.version', shipment: '$tireShipped.shipments.0.id' },
      as: 'tireReceived',
    },
    {
      organization: buyer,
      procedure: 'orders.inspect',
      input: {
        order: `$${order}.id`,
        version: '$tireReceived.version',
        lines: [{ shipmentLine: '$tireReceived.shipments.0.lines.0.id', accepted: '$tireReleased.lot.quantity' }],
      },
    },
  ];
}
