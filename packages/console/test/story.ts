import type { DemoOrder, DemoOrganization, DemoStory } from '@yunfab/core/verticals';

/** Words that must stay within one company: none of them may ever reach a page of its rival. */
export const canaries = {
  shanhai: 'CANARY-SHANHAI-7F3A',
  bluebay: 'CANARY-BLUEBAY-91C2',
} as const;

const organization = (code: string, en: string, zh: string, identifier: string, people: DemoOrganization['people']): DemoOrganization => ({
  code,
  name: { en, zh },
  country: 'DE',
  identifierScheme: 'national',
  identifier,
  timeZone: 'Asia/Shanghai',
  people,
});

const admin = (email: string, name: string, locale: 'zh-CN' | 'en'): DemoOrganization['people'][number] => ({
  email,
  name,
  locale,
  roles: ['admin'],
});

const order = (supplier: string, ownNumber: string, description: string, state: DemoOrder['state'], equipment?: string): DemoOrder => ({
  buyer: 'voyager',
  supplier,
  ownNumber,
  currency: 'CNY',
  dueInDays: 21,
  note: 'Deliver to the Wuhan warehouse. 送至武汉仓库。',
  lines: [
    {
      description,
      specification: { schema: 'tire/passenger@1', value: { size: '205/55R16', load_index: 91, speed_symbol: 'V' } },
      quantity: { value: '400', unit: 'H87' },
      unitPrice: '315.50',
    },
  ],
  state,
  ...(equipment ? { equipment } : {}),
});

const recipe = (code: string) => ({
  code,
  name: 'PCR 205/55R16',
  activation_energy: 90,
  reference: 150,
  target_low: 17.5,
  target_high: 21.5,
  blow_point: 7,
  reversion: 90,
  cure_time: 11,
  mould_temperature: 170,
  minimum_pressure: 12,
  gauge: 15,
  diffusivity: 0.13,
});

const press = (organizationCode: string, code: string, name: string): DemoStory['equipment'][number] => ({
  organization: organizationCode,
  code,
  name,
  model: 'tire.curing-press',
  parent: 'plant-1/curing',
  device: { code: `${code}-plc`, program: 'pcr-205-55-r16' },
});

/** A brand that buys from two rival factories. */
export const story: DemoStory = {
  organizations: [
    organization('voyager', 'Voyager Tire Brand', '远航轮胎品牌', 'V-1', [admin('lin@voyager.example', 'Lin Yao', 'zh-CN')]),
    organization('shanhai', 'Shanhai Tire Manufacturing Company Limited', '山海轮胎制造有限公司', 'S-1', [
      admin('chen@shanhai.example', 'Chen Wei', 'zh-CN'),
      admin('lin@voyager.example', 'Lin Yao', 'zh-CN'),
      { email: 'wu@shanhai.example', name: 'Wu Ping', locale: 'zh-CN', roles: ['viewer'] },
    ]),
    organization('bluebay', 'Bluebay Tire', '蓝湾轮胎', 'B-1', [admin('zhao@bluebay.example', 'Zhao Min', 'en')]),
  ],
  equipment: [
    press('shanhai', 'press-01', `Press 1 ${canaries.shanhai}`),
    press('shanhai', 'press-02', 'Press 2'),
    press('bluebay', 'press-09', `Press 9 ${canaries.bluebay}`),
  ],
  calls: [
    { organization: 'shanhai', procedure: 'tire.recipes.create', input: recipe('pcr-205-55-r16') },
    { organization: 'bluebay', procedure: 'tire.recipes.create', input: recipe('pcr-205-55-r16') },
  ],
  orders: [
    order('shanhai', 'PO-2026-0041', '205/55R16 91V summer tire', 'in_production', 'press-01'),
    order('bluebay', 'PO-2026-0042', `205/55R16 91V ${canaries.bluebay}`, 'in_production', 'press-09'),
    order('shanhai', 'PO-2026-0043', `195/65R15 91H ${canaries.shanhai}`, 'proposed'),
    order('shanhai', 'PO-2026-0044', '225/45R17 94W summer tire, extra load, rim protection', 'confirmed'),
  ],
};
