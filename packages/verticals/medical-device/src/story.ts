import type { DemoCall, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import { polymer121, wrapped134 } from './sterilization/program.js';

const maker = 'kangning';
const hospital = 'renhe';
const number = 'RH-2026-0301';
const timeZone = 'Asia/Shanghai';

const organizations: readonly DemoOrganization[] = [
  {
    code: maker,
    name: { en: 'Kangning Medical', zh: '康宁医疗器械' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3KNYL072',
    timeZone,
    people: [
      { email: 'liu@kangning.example', name: '刘宁', locale: 'zh-CN', roles: ['admin'] },
      { email: 'qin@kangning.example', name: '秦岚', locale: 'zh-CN', roles: ['production', 'quality'] },
    ],
  },
  {
    code: hospital,
    name: { en: 'Renhe Hospital', zh: '仁和医院' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '12371000MB2RHYY012',
    timeZone,
    people: [
      { email: 'tang@renhe.example', name: '唐医生', locale: 'zh-CN', roles: ['admin'] },
      { email: 'nurse@renhe.example', name: 'Nora Feng', locale: 'en', roles: ['trade', 'quality'] },
    ],
  },
];

const device = (name: string, model: string, program: string) => ({
  schema: 'medical-device/device@1',
  value: { name, model, sterile: true, program },
});

/** Unit of use, box of 10 and carton of 24 boxes of the procedure pack. */
const packDi = '06901234567892';
const boxDi = '16901234567899';
const cartonDi = '26901234567896';

/** The lot that the first cycles made: its record completed, released on its probes, delivered, accepted and used at two patients. */
const delivery: readonly DemoCall[] = [
  {
    organization: maker,
    procedure: 'lifecycle.activities.record',
    input: {
      kind: 'made',
      inputs: [
        { thing: '$steriNonwoven.id', quantity: '40' },
        { thing: '$steriGauze.id', quantity: '24' },
      ],
      outputs: [{ thing: `$${number}.lot` }],
      note: '投料 / Materials issued',
    },
    as: 'steriMade',
  },
  { organization: maker, procedure: 'production.jobs.get', input: { job: `$${number}.job` }, as: 'steriJob' },
  {
    organization: maker,
    procedure: 'production.lots.close',
    input: { job: `$${number}.job`, version: '$steriJob.version', lot: `$${number}.lot`, openNext: true },
    as: 'steriClosed',
  },
  {
    organization: maker,
    procedure: 'medical-device.udi.assign',
    input: { lot: `$${number}.lot`, di: packDi, lotNumber: 'KN2611A', manufactured: '2026-11-02', expiry: '2029-11-01' },
    as: 'steriLabel',
  },
  {
    organization: maker,
    procedure: 'medical-device.history.inspect',
    input: { lot: `$${number}.lot`, plan: 'GB/T 2828.1 II, AQL 0.65', sampled: 20, defects: 0, acceptedDefects: 0 },
  },
  {
    organization: maker,
    procedure: 'lifecycle.lots.release',
    input: { lot: `$${number}.lot`, version: '$steriClosed.lot.version' },
    as: 'steriReleased',
  },
  { organization: maker, procedure: 'orders.get', input: { order: `$${number}.id` }, as: 'steriOrder' },
  {
    organization: maker,
    procedure: 'orders.ship',
    input: {
      order: `$${number}.id`,
      version: '$steriOrder.version',
      lines: [{ line: '$steriOrder.lines.0.id', lot: `$${number}.lot`, quantity: '$steriReleased.lot.quantity' }],
    },
    as: 'steriShipped',
  },
  {
    organization: hospital,
    procedure: 'orders.receive',
    input: { order: `$${number}.id`, version: '$steriShipped.version', shipment: '$steriShipped.shipments.0.id' },
    as: 'steriReceived',
  },
  {
    organization: hospital,
    procedure: 'orders.inspect',
    input: {
      order: `$${number}.id`,
      version: '$steriReceived.version',
      lines: [{ shipmentLine: '$steriReceived.shipments.0.lines.0.id', accepted: '$steriReleased.lot.quantity' }],
    },
  },
  // The hospital may see that materials went in, and which gauze; the other stays a token.
  ...['$steriMade.id', '$steriGauze.id'].map(
    (record): DemoCall => ({
      organization: maker,
      procedure: 'access.grants.give',
      input: { record, organization: hospital, reason: '召回演练 / Recall drill', expiresAt: '2099-12-31T00:00:00Z' },
    }),
  ),
  ...['MRN-100231', 'MRN-100417', 'MRN-100231'].map(
    (patient): DemoCall => ({
      organization: hospital,
      procedure: 'medical-device.use.record',
      input: { scan: '$steriLabel.printed', patient },
    }),
  ),
];

/** One sterilizer releases by its coldest probe, the other leaves a corner cold: its lot is blocked by the gate with the probe's name. */
export const medicalDeviceStory: DemoStory = {
  organizations,
  equipment: [
    {
      organization: maker,
      code: 'sterilizer-01',
      name: '灭菌器 01 / Sterilizer 01',
      model: 'medical-device.steam-sterilizer',
      parent: 'plant-1/sterilization',
      device: { code: 'sterilizer-01', program: wrapped134.code },
    },
    {
      organization: maker,
      code: 'sterilizer-02',
      name: '灭菌器 02 / Sterilizer 02',
      model: 'medical-device.steam-sterilizer',
      parent: 'plant-1/sterilization',
      device: { code: 'sterilizer-02', program: polymer121.code, faults: ['cold_probe'] },
    },
  ],
  calls: [
    ...[wrapped134, polymer121].map((program) => ({
      organization: maker,
      procedure: 'medical-device.programs.create',
      input: { ...program },
    })),
    {
      organization: maker,
      procedure: 'medical-device.packaging.declare',
      input: { product: 'SP-24', unit: packDi, innerBox: boxDi, innerBoxHolds: 10, carton: cartonDi, cartonHolds: 24 },
    },
    {
      organization: maker,
      procedure: 'lifecycle.lots.register',
      input: { code: 'SMS-2610-07', quantity: { value: '600', unit: 'MTK' } },
      as: 'steriNonwoven',
    },
    {
      organization: maker,
      procedure: 'lifecycle.lots.register',
      input: { code: 'GAUZE-2610-12', quantity: { value: '5000', unit: 'H87' } },
      as: 'steriGauze',
    },
  ],
  orders: [
    {
      buyer: hospital,
      supplier: maker,
      ownNumber: number,
      currency: 'CNY',
      dueInDays: 14,
      lines: [
        {
          description: 'Surgical procedure pack SP-24 / 手术包 SP-24',
          specification: device('Surgical procedure pack', 'SP-24', wrapped134.code),
          quantity: { value: '2400', unit: 'H87' },
          unitPrice: '86.00',
        },
      ],
      state: 'in_production',
      equipment: 'sterilizer-01',
    },
    {
      buyer: hospital,
      supplier: maker,
      ownNumber: 'RH-2026-0302',
      currency: 'CNY',
      dueInDays: 21,
      lines: [
        {
          description: 'Drainage catheter DC-16 / 引流导管 DC-16',
          specification: device('Drainage catheter', 'DC-16', polymer121.code),
          quantity: { value: '1200', unit: 'H87' },
          unitPrice: '42.50',
        },
      ],
      state: 'in_production',
      equipment: 'sterilizer-02',
    },
  ],
  epilogue: delivery,
};
