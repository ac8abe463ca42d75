import type { DemoCall, DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';
import { createNoise } from '@yunfab/simulator';

const timeZone = 'Asia/Shanghai';
const maker = 'hyprint';
const chain = 'freshmart';
const supplier = 'jinxin';

const organizations: readonly DemoOrganization[] = [
  {
    code: supplier,
    name: { en: 'Jinxin Components', zh: '劲芯元件' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91440300MA5CMPN06P',
    timeZone,
    people: [{ email: 'luo@jinxin.example', name: '罗静', locale: 'zh-CN', roles: ['admin', 'trade'] }],
  },
  {
    code: maker,
    name: { en: 'Haiyun Printers', zh: '海云打印' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91371000MA3PRNT08Y',
    timeZone,
    people: [
      { email: 'gao@hyprint.example', name: '高原', locale: 'zh-CN', roles: ['admin'] },
      { email: 'tan@hyprint.example', name: '谭雪', locale: 'zh-CN', roles: ['production', 'quality'] },
    ],
  },
  {
    code: chain,
    name: { en: 'Freshmart Stores', zh: '鲜集连锁超市' },
    country: 'CN',
    identifierScheme: 'uscc',
    identifier: '91310115MA1FRHM05U',
    timeZone,
    people: [
      { email: 'qiu@freshmart.example', name: '邱岚', locale: 'zh-CN', roles: ['admin'] },
      { email: 'dana@freshmart.example', name: 'Dana Cole', locale: 'en', roles: ['trade', 'production', 'quality'] },
    ],
  },
];

const of = (organization: string, procedure: string, input: DemoCall['input'], as?: string): DemoCall => ({
  organization,
  procedure,
  input,
  ...(as ? { as } : {}),
});

const printers = ['HY-T80-0001', 'HY-T80-0002', 'HY-T80-0003', 'HY-T80-0004'];
const boards = ['MB80-26091', 'MB80-26092', 'MB80-26093', 'MB80-26094'];
const specification = {
  schema: 'peripherals/printer@1',
  value: {
    model: 'HY-T80',
    technology: 'direct_thermal',
    paper_width: 80,
    resolution: 203,
    cutter: true,
    interfaces: 'USB, Ethernet',
    firmware: '2.4.1',
  },
};

/** What the supplier makes and sends: two capacitor lots, one of which will fail in the field. */
const materials = [
  ['hyCapsA', 'JX-C100U-2609A'],
  ['hyCapsB', 'JX-C100U-2609B'],
  ['hyMcu', 'JX-MCU32-2608'],
  ['hyHeads', 'JX-PH80-2607'],
  ['hyCutters', 'JX-CT80-2605'],
] as const;
const supply = ([name, code]: (typeof materials)[number]): DemoCall[] => [
  of(supplier, 'lifecycle.lots.register', { code, quantity: { value: '500', unit: 'H87' } }, name),
  of(supplier, 'lifecycle.lots.release', { lot: `$${name}.id`, version: `$${name}.version` }),
  of(supplier, 'lifecycle.activities.record', { kind: 'shipped', inputs: [{ thing: `$${name}.id`, quantity: '200' }], receiver: maker }),
];

const item = (name: string, number: string, kind: string, en: string, zh: string): DemoCall =>
  of(maker, 'engineering.items.create', { number, kind: `peripherals/${kind}`, name: { en, zh }, unit: 'H87' }, name);
const line = (position: number, component: string, designators: readonly string[]) => ({
  position,
  item: `$${component}.id`,
  quantity: { value: String(designators.length), unit: 'H87' },
  designators,
});

const engineering: readonly DemoCall[] = [
  item('hyItemC', 'C-100U-35V', 'component', 'Capacitor 100 µF 35 V', '电容 100 µF 35 V'),
  item('hyItemU', 'U-MCU32', 'component', 'Microcontroller', '微控制器'),
  item('hyItemPH', 'PH-80', 'module', 'Thermal head 80 mm', '80 mm 热敏打印头'),
  item('hyItemCT', 'CT-80', 'module', 'Cutter 80 mm', '80 mm 切刀'),
  item('hyItemMB', 'MB-80', 'board', 'Main board', '主控板'),
  item('hyItemT80', 'HY-T80', 'printer', 'Receipt printer HY-T80', 'HY-T80 票据打印机'),
  of(
    maker,
    'engineering.revisions.create',
    { item: '$hyItemMB.id', label: 'B', lines: [line(10, 'hyItemC', ['C11', 'C12']), line(20, 'hyItemU', ['U1'])] },
    'hyBoardRev',
  ),
  of(maker, 'engineering.revisions.release', { revision: '$hyBoardRev.id', version: '$hyBoardRev.version' }),
  of(
    maker,
    'engineering.revisions.create',
    {
      item: '$hyItemT80.id',
      label: 'A',
      specification,
      lines: [line(10, 'hyItemMB', ['MB1']), line(20, 'hyItemPH', ['PH1']), line(30, 'hyItemCT', ['CT1'])],
    },
    'hyPrinterRev',
  ),
  of(maker, 'engineering.revisions.release', { revision: '$hyPrinterRev.id', version: '$hyPrinterRev.version' }),
  of(maker, 'lifecycle.lots.register', { code: 'MB80-2609', quantity: { value: '4', unit: 'H87' }, item: '$hyItemMB.id' }, 'hyBoardLot'),
  of(maker, 'lifecycle.units.make', { lot: '$hyBoardLot.id', serials: boards, itemCode: 'MB-80', item: '$hyItemMB.id' }, 'hyBoards'),
];

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Eight weeks of a ribbon in a shop, as its Printer MIB told it four times a day; `left` is the share that is left now. */
function pastOf(now: number, seed: number, perDay: number, left: number) {
  const noise = createNoise(seed);
  const from = now - 56 * dayMs;
  const used: number[] = [];
  let pages = 20_000;
  for (let at = from; at <= now; at += 6 * hourMs) {
    const weekday = new Date(at + 8 * hourMs).getUTCDay();
    const busy = weekday === 0 || weekday === 6 ? 1.6 : 0.8;
    used.push((perDay / 4) * busy * Math.exp(0.3 * noise.gauss()));
  }
  // Backwards from what is left now; a ribbon that would have been more than full was a new one.
  const levels: number[] = [];
  let level = left;
  for (let index = used.length - 1; index >= 0; index--) {
    levels[index] = level;
    level += used[index] as number;
    if (level > 1) level = 0.03;
  }
  return levels.map((share, index) => ({
    at: new Date(from + index * 6 * hourMs).toISOString(),
    level: Math.ceil(share * 100),
    maxCapacity: 100,
    pages: (pages += Math.round((used[index] as number) * 6000)),
  }));
}

/** Three installed printers: one that has time, one whose ribbon cannot wait, one that tells no percentage. */
function supplies(now: number): DemoCall[] {
  const report = (printer: string, readings: readonly object[], more: object = {}) =>
    of(chain, 'peripherals.supplies.report', { printer, supply: 1, class: 3, type: 7, unit: 19, readings, ...more });
  const silent = pastOf(now, 31, 0.02, 0.4).map((reading) => ({ ...reading, level: -3, maxCapacity: -2 }));
  return [
    report('HY-T80-0001', pastOf(now, 11, 0.022, 0.55)),
    report('SHOP-07-POS2', pastOf(now, 21, 0.03, 0.09)),
    report('SHOP-12-POS1', silent, { ratedPages: 12_000 }),
    of(chain, 'peripherals.supplies.replenish', {}),
  ];
}

const orders: readonly DemoOrder[] = [
  {
    buyer: chain,
    supplier: maker,
    ownNumber: 'FM-PO-5001',
    currency: 'CNY',
    dueInDays: 10,
    note: '试点门店首批。First printers, for the pilot stores.',
    lines: [
      { description: 'HY-T80 receipt printer / 票据打印机', specification, quantity: { value: '4', unit: 'H87' }, unitPrice: '820.00' },
    ],
    state: 'confirmed',
  },
  {
    buyer: chain,
    supplier: maker,
    ownNumber: 'FM-PO-5002',
    currency: 'CNY',
    dueInDays: 25,
    lines: [{ description: 'Main boards MB-80 / 主控板 MB-80', quantity: { value: '200', unit: 'H87' }, unitPrice: '146.00' }],
    state: 'in_production',
    equipment: 'reflow-01',
  },
];

const assembled: readonly DemoCall[] = [
  ...boards.map((_, index) =>
    of(maker, 'peripherals.units.assemble', {
      unit: `$hyBoards.units.${index}.id`,
      revision: '$hyBoardRev.id',
      run: `$hyRuns.items.${index}.id`,
      parts: [
        { designator: 'C11', material: '$hyCapsB.id' },
        { designator: 'C12', material: index < 3 ? '$hyCapsA.id' : '$hyCapsB.id' },
        { designator: 'U1', material: '$hyMcu.id' },
      ],
    }),
  ),
  ...printers.map((_, index) =>
    of(maker, 'peripherals.units.assemble', {
      unit: `$hyPrinters.units.${index}.id`,
      revision: '$hyPrinterRev.id',
      parts: [
        { designator: 'MB1', material: `$hyBoards.units.${index}.id` },
        { designator: 'PH1', material: '$hyHeads.id' },
        { designator: 'CT1', material: '$hyCutters.id' },
      ],
    }),
  ),
  ...printers.flatMap((_, index) => [
    of(maker, 'peripherals.units.recordFirmware', { unit: `$hyPrinters.units.${index}.id`, version: '2.4.1' }),
    of(maker, 'peripherals.units.recordTest', {
      unit: `$hyPrinters.units.${index}.id`,
      measured: { supply_current: 1.6 + index / 20, dots_failed: 0, feed_error: 0.2, cut_time: 210 + index },
    }),
  ]),
];

/** The printers of the pilot, from serial numbers to acceptance, and what failed in the field. */
const epilogue: readonly DemoCall[] = [
  // By code: reflow-02 is the second; its passes are the boards'.
  of(maker, 'equipment.list', {}, 'hyMachines'),
  of(maker, 'production.runs.list', { equipment: '$hyMachines.items.1.id', state: 'evaluated', limit: 4 }, 'hyRuns'),
  of(
    maker,
    'orders.start',
    {
      order: '$FM-PO-5001.id',
      version: '$FM-PO-5001.version',
      line: '$FM-PO-5001.lines.0.id',
      jobCode: 'HY-J-5001',
      lotCode: 'HY-L-5001',
    },
    'hyStarted',
  ),
  of(maker, 'production.jobs.get', { job: '$hyStarted.job' }, 'hyJob'),
  of(
    maker,
    'production.countByHand',
    { job: '$hyStarted.job', version: '$hyJob.version', good: '4', reason: '手工装配工位 / Assembled by hand' },
    'hyCounted',
  ),
  of(maker, 'production.jobs.get', { job: '$hyStarted.job' }, 'hyMade'),
  of(maker, 'production.lots.close', { job: '$hyStarted.job', version: '$hyMade.version', lot: '$hyStarted.lot' }, 'hyClosed'),
  of(maker, 'lifecycle.units.make', { lot: '$hyStarted.lot', serials: printers, itemCode: 'HY-T80', item: '$hyItemT80.id' }, 'hyPrinters'),
  ...assembled,
  of(maker, 'lifecycle.lots.get', { lot: '$hyStarted.lot' }, 'hyLot'),
  of(maker, 'lifecycle.lots.release', { lot: '$hyStarted.lot', version: '$hyLot.version' }, 'hyReleased'),
  of(maker, 'orders.get', { order: '$FM-PO-5001.id' }, 'hyOrder'),
  of(
    maker,
    'orders.ship',
    {
      order: '$FM-PO-5001.id',
      version: '$hyOrder.version',
      number: 'HY-DN-5001',
      lines: [{ line: '$FM-PO-5001.lines.0.id', lot: '$hyStarted.lot', quantity: '4' }],
    },
    'hyShipped',
  ),
  of(
    chain,
    'orders.receive',
    { order: '$FM-PO-5001.id', version: '$hyShipped.version', shipment: '$hyShipped.shipments.0.id' },
    'hyReceived',
  ),
  of(chain, 'orders.inspect', {
    order: '$FM-PO-5001.id',
    version: '$hyReceived.version',
    lines: [{ shipmentLine: '$hyReceived.shipments.0.lines.0.id', accepted: '4' }],
  }),
  of(
    chain,
    'peripherals.failures.report',
    { serial: 'HY-T80-0002', symptom: '打印十分钟后自动断电。Switches off after ten minutes of printing.', designator: 'MB1' },
    'hyFailure1',
  ),
  of(
    chain,
    'peripherals.failures.report',
    { serial: 'HY-T80-0003', symptom: '整卷打印时重启。Restarts while printing a whole roll.', designator: 'MB1' },
    'hyFailure2',
  ),
  of(maker, 'service.cases.accept', { case: '$hyFailure1.case', version: 1, owner: '谭雪' }),
  of(maker, 'peripherals.failures.diagnose', { case: '$hyFailure1.case', designator: 'MB1/C12', note: '电容鼓包 / Swollen capacitor' }),
  of(maker, 'peripherals.failures.diagnose', { case: '$hyFailure2.case', designator: 'MB1/C12', note: '电容鼓包 / Swollen capacitor' }),
  of(maker, 'service.cases.resolve', {
    case: '$hyFailure1.case',
    version: 2,
    cause: '批次 JX-C100U-2609A 的电容 C12 失效。Capacitor C12 of lot JX-C100U-2609A failed.',
    resolution: '更换主控板，其余含该批次的整机列入更换计划。Board replaced; the other units that hold the lot are scheduled.',
  }),
];

/** Component lots become boards by designator, boards become printers by serial number; two fail in the field and lead back to one lot. */
export const peripheralsStory: DemoStory = {
  organizations,
  equipment: [
    {
      organization: maker,
      code: 'reflow-01',
      name: '回流焊炉 01 / Reflow oven 01',
      model: 'peripherals.reflow-oven',
      parent: 'plant-1/smt',
      device: { code: 'reflow-01', program: 'sac305-mainboard' },
    },
    {
      organization: maker,
      code: 'reflow-02',
      name: '回流焊炉 02 / Reflow oven 02',
      model: 'peripherals.reflow-oven',
      parent: 'plant-1/smt',
      device: { code: 'reflow-02', program: 'sac305-interface' },
    },
    {
      organization: chain,
      code: 'printer-01',
      name: '收银台 1 打印机 / Till 1 printer',
      model: 'peripherals.printer',
      parent: 'store-07/tills',
      device: { code: 'printer-01', program: 'receipts' },
    },
  ],
  /** Readings lie in the weeks before whoever plays the story. */
  get calls() {
    return [...materials.flatMap(supply), ...engineering, ...supplies(Date.now())];
  },
  orders,
  epilogue,
};
