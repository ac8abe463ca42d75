import type { DemoCall, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import { demoDesigns, demoPrepregs } from './demo-catalogue.js';

const maker = 'haiyan';
const importer = 'fjordfly';

const organizations: readonly DemoOrganization[] = [
  {
    code: maker,
    name: { en: 'Haiyan Rods', zh: '海燕钓具' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371002MA3FDRD073',
    timeZone: 'Asia/Shanghai',
    people: [
      { email: 'yu@haiyan.example', name: '于海燕', locale: 'zh-CN', roles: ['admin'] },
      { email: 'song@haiyan.example', name: '宋磊', locale: 'zh-CN', roles: ['production', 'quality'] },
      { email: 'jiang@haiyan.example', name: '姜雪', locale: 'zh-CN', roles: ['trade'] },
    ],
  },
  {
    code: importer,
    name: { en: 'Fjord & Fly', zh: '峡湾飞钓' },
    country: 'NO',
    identifierScheme: 'national',
    identifier: '923609016',
    timeZone: 'Europe/Oslo',
    people: [
      { email: 'ingrid@fjordfly.example', name: 'Ingrid Solberg', locale: 'en', roles: ['admin'] },
      { email: 'olav@fjordfly.example', name: 'Olav Lien', locale: 'en', roles: ['trade', 'quality'] },
    ],
  },
  {
    code: 'baltackle',
    name: { en: 'Baltic Tackle', zh: '波罗的海渔具' },
    country: 'PL',
    identifierScheme: 'national',
    identifier: '5842751979',
    timeZone: 'Europe/Warsaw',
    people: [{ email: 'ewa@baltackle.example', name: 'Ewa Nowak', locale: 'en', roles: ['admin', 'trade'] }],
  },
];

/** Met at the booth, the tablet out of the network until the evening; the keys are the tablet's own. */
const visitors = [
  {
    key: '0199aaaa-0000-7000-8000-000000000001',
    company: 'Fjord & Fly',
    country: 'NO',
    interest: '9 ft fly blanks, line 5, 300 pieces',
    contactName: 'Olav Lien',
    email: 'olav@fjordfly.example',
    consent: true,
  },
  {
    key: '0199aaaa-0000-7000-8000-000000000002',
    company: 'Baltic Tackle',
    country: 'PL',
    interest: '7 ft lure blanks',
    contactName: 'Ewa Nowak',
    email: 'ewa@baltackle.example',
    consent: true,
  },
  {
    key: '0199aaaa-0000-7000-8000-000000000003',
    company: 'Lakeside Angler',
    country: 'CA',
    interest: 'Travel rods in 6 sections',
    consent: false,
  },
  { key: '0199aaaa-0000-7000-8000-000000000004', company: 'Kyoto Keiryu', country: 'JP', interest: 'Tenkara blanks', consent: false },
  { key: '0199aaaa-0000-7000-8000-000000000005', interest: 'Price list', consent: false },
] as const;

const of = (organization: string, procedure: string, input: DemoCall['input'], as?: string): DemoCall => ({
  organization,
  procedure,
  input,
  ...(as ? { as } : {}),
});

const moved = (lead: number, version: number, move: string, reason?: string): DemoCall =>
  of(maker, 'commerce.leads.move', { lead: `$fishingLeads.leads.${lead}.lead`, version, move, ...(reason ? { reason } : {}) });

const costing = {
  purchase: '113',
  domesticCosts: '8',
  exchangeRate: '7.2',
  quantity: '300',
  perCarton: 40,
  cartonLength: '1420',
  cartonWidth: '260',
  cartonHeight: '240',
  cartonGrossWeight: '6.4',
  freightPerRevenueTon: '85',
  freightMinimum: '120',
};

const calls: readonly DemoCall[] = [
  ...demoPrepregs.map((prepreg) => of(maker, 'fishing-gear.prepregs.save', { ...prepreg })),
  ...demoDesigns.map((design) => of(maker, 'fishing-gear.designs.save', { ...design })),
  of(
    maker,
    'commerce.campaigns.open',
    {
      code: 'expo-2026',
      name: '威海国际渔具博览会 / Weihai Fishing Tackle Expo',
      edition: '2026',
      booth: 'A-118',
      startsOn: '2026-03-18',
      endsOn: '2026-03-21',
    },
    'fishingFair',
  ),
  of(
    maker,
    'commerce.leads.capture',
    { leads: visitors.map((visitor) => ({ ...visitor, campaign: '$fishingFair.token', capturedAt: '2026-03-18T02:30:00Z' })) },
    'fishingLeads',
  ),
  moved(0, 1, 'contact'),
  moved(0, 2, 'sample'),
  moved(1, 1, 'contact'),
  moved(3, 1, 'contact'),
  moved(4, 1, 'lose', 'Asked for a price list only / 仅索要价目表'),
  of(
    maker,
    'fishing-gear.quotations.draft',
    {
      ...costing,
      number: 'HY-Q-260118',
      buyer: importer,
      lead: '$fishingLeads.leads.0.lead',
      description: 'Carbon fly rod blank 9 ft, line 5, 4 sections',
      specification: { design: 'FLY-905-4', length: 2650, sections: 4, ern: 5.3, action_angle: 65 },
      incoterm: 'CIF',
      place: 'Oslo',
      validDays: 45,
    },
    'fishingQuote',
  ),
  of(maker, 'commerce.quotations.send', { quotation: '$fishingQuote.quotation', version: 1 }),
  of(
    maker,
    'fishing-gear.quotations.draft',
    {
      ...costing,
      number: 'HY-Q-260119',
      buyer: 'baltackle',
      lead: '$fishingLeads.leads.1.lead',
      description: 'Carbon lure rod blank 7 ft, medium light, 2 sections',
      incoterm: 'FOB',
      place: 'Qingdao',
      validDays: 30,
    },
    'fishingOffer',
  ),
  of(maker, 'commerce.quotations.send', { quotation: '$fishingOffer.quotation', version: 1 }),
  of(
    importer,
    'commerce.quotations.accept',
    { quotation: '$fishingQuote.quotation', version: 2, revision: 1, ownNumber: 'FF-PO-2601', dueOn: '2027-06-30' },
    'fishingBought',
  ),
  of(maker, 'orders.accept', { order: '$fishingBought.order', version: 1, ownNumber: 'HY-SO-118' }, 'fishingSold'),
  // By code: bench-01 is the first.
  of(maker, 'equipment.list', {}, 'fishingMachines'),
  of(
    maker,
    'orders.start',
    {
      order: '$fishingBought.order',
      version: 2,
      line: '$fishingSold.lines.0.id',
      equipment: '$fishingMachines.items.0.id',
      jobCode: 'HY-J-118',
      lotCode: 'HY-L-118',
    },
    'fishingStarted',
  ),
];

/** The lot was in the last cure of the past; its blanks were tested one by one. Then it goes to the importer, who accepts it. */
const epilogue: readonly DemoCall[] = [
  // By code: oven-01 is the third.
  of(maker, 'fishing-gear.ovens.charge', { oven: '$fishingMachines.items.2.id', lot: '$fishingStarted.lot' }),
  of(maker, 'production.jobs.get', { job: '$fishingStarted.job' }, 'fishingJob'),
  of(
    maker,
    'production.lots.close',
    { job: '$fishingStarted.job', version: '$fishingJob.version', lot: '$fishingStarted.lot', openNext: true },
    'fishingClosed',
  ),
  of(maker, 'lifecycle.lots.release', { lot: '$fishingStarted.lot', version: '$fishingClosed.lot.version' }, 'fishingReleased'),
  of(maker, 'orders.get', { order: '$fishingBought.order' }, 'fishingOrder'),
  of(
    maker,
    'orders.ship',
    {
      order: '$fishingBought.order',
      version: '$fishingOrder.version',
      number: 'HY-DN-118',
      lines: [{ line: '$fishingSold.lines.0.id', lot: '$fishingStarted.lot', quantity: '$fishingReleased.lot.quantity' }],
    },
    'fishingShipped',
  ),
  of(
    importer,
    'orders.receive',
    { order: '$fishingBought.order', version: '$fishingShipped.version', shipment: '$fishingShipped.shipments.0.id' },
    'fishingReceived',
  ),
  of(importer, 'orders.inspect', {
    order: '$fishingBought.order',
    version: '$fishingReceived.version',
    lines: [{ shipmentLine: '$fishingReceived.shipments.0.lines.0.id', accepted: '$fishingReleased.lot.quantity' }],
  }),
];

/** A lead from the fair becomes a quotation, an order, and blanks that are rolled, cured, bent and accepted. */
export const fishingGearStory: DemoStory = {
  organizations,
  equipment: [
    {
      organization: maker,
      code: 'bench-01',
      name: '挠度试验台 01 / Deflection bench 01',
      model: 'fishing-gear.deflection-bench',
      parent: 'plant-1/inspection',
      device: { code: 'bench-01', program: 'FLY-905-4' },
    },
    {
      organization: maker,
      code: 'bench-02',
      name: '挠度试验台 02 / Deflection bench 02',
      model: 'fishing-gear.deflection-bench',
      parent: 'plant-1/inspection',
      device: { code: 'bench-02', program: 'LURE-702-2', faults: ['soft_butt'] },
    },
    {
      organization: maker,
      code: 'oven-01',
      name: '固化炉 01 / Curing oven 01',
      model: 'fishing-gear.curing-oven',
      parent: 'plant-1/curing',
      device: { code: 'oven-01', program: 'FLY-905-4' },
    },
    {
      organization: maker,
      code: 'table-01',
      name: '卷管机 01 / Rolling table 01',
      model: 'fishing-gear.rolling-table',
      parent: 'plant-1/rolling',
      device: { code: 'table-01', program: 'FLY-905-4' },
    },
  ],
  calls,
  orders: [],
  epilogue,
};
