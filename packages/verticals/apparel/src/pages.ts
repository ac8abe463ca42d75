import type { PageBlock, PageColumn, PageField, VerticalPage } from '@yunfab/core/verticals';
import { landmarkNames, landmarks } from './body/index.js';
import { fitWords } from './specification.js';

/** What a form opens with: a body of 173/92/76. */
const initialBody: Readonly<Record<(typeof landmarkNames)[number], number>> = {
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

const bodyFields: readonly PageField[] = [
  {
    name: 'sex',
    words: { en: 'Sex', zh: '性别' },
    kind: 'select',
    initial: 'male',
    options: [
      { value: 'male', words: { en: 'Male', zh: '男' } },
      { value: 'female', words: { en: 'Female', zh: '女' } },
    ],
  },
  ...landmarkNames.map(
    (name): PageField => ({
      name,
      words: landmarks[name].words,
      hint: landmarks[name].how,
      kind: 'number',
      unit: 'cm',
      initial: initialBody[name],
    }),
  ),
];

const garmentField: PageField = {
  name: 'garment',
  words: { en: 'Garment', zh: '品类' },
  kind: 'select',
  initial: 'shirt',
  options: [
    { value: 'shirt', words: { en: 'Shirt', zh: '衬衫' } },
    { value: 'trousers', words: { en: 'Trousers', zh: '裤子' } },
  ],
};
const choiceFields: readonly PageField[] = [
  garmentField,
  {
    name: 'fit',
    words: { en: 'Fit', zh: '版型' },
    kind: 'select',
    initial: 'regular',
    options: Object.entries(fitWords).map(([value, words]) => ({ value, words })),
  },
  { name: 'chest_pocket', words: { en: 'Chest pocket', zh: '胸袋' }, kind: 'boolean', initial: false },
  { name: 'turn_up', words: { en: 'Turn-ups', zh: '翻边裤口' }, kind: 'boolean', initial: false },
  {
    name: 'monogram',
    words: { en: 'Monogram', zh: '绣字' },
    hint: { en: '1 to 4 capital letters', zh: '1～4 个大写字母' },
    kind: 'text',
    optional: true,
  },
];

const text = (name: string, en: string, zh: string, more: Partial<PageField> = {}): PageField => ({
  name,
  words: { en, zh },
  kind: 'text',
  ...more,
});
const column = (field: string, en: string, zh: string, more: Partial<PageColumn> = {}): PageColumn => ({
  field,
  words: { en, zh },
  ...more,
});
const mm = (name: string, en: string, zh: string): PageField => ({ name, words: { en, zh }, kind: 'number', unit: 'mm', optional: true });

const garmentTable: PageBlock = {
  kind: 'table',
  words: { en: 'Tagged garments', zh: '带标签的衣服' },
  query: 'garments.list',
  columns: [
    column('tag', 'Tag', '标签'),
    column('number', 'Order', '订单'),
    column('summary', 'Garment', '品类'),
    column('shade', 'Shade lot', '缸差批'),
    column('done', 'Done', '已完成', { format: 'number' }),
    column('operations', 'of', '工序数', { format: 'number' }),
    column('here', 'Now in', '当前位置'),
    column('checkHolds', 'Final check', '终检', { format: 'boolean' }),
    column('unit', 'Unit', '单件', { format: 'unit' }),
    column('lot', 'Lot', '批次', { format: 'lot' }),
    column('order', 'Shared order', '共享订单', { format: 'order' }),
  ],
  empty: { en: 'No garment yet. Send an order to a factory, then begin its garment.', zh: '尚无衣服。请先将订单发给工厂，再建立衣服。' },
};

export const apparelPages: readonly VerticalPage[] = [
  {
    id: 'apparel.measure',
    words: { en: 'Measure and pattern', zh: '量体与样板' },
    permission: 'apparel.designs.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'From the body to size and pattern', zh: '由人体尺寸得出号型与样板' },
        query: 'designs.draft',
        fields: [...bodyFields, ...choiceFields],
        columns: [
          column('size', 'Size (GB/T 1335)', '号型（GB/T 1335）'),
          column('bodyType', 'Body type', '体型'),
          column('price', 'Price', '价格'),
          column('currency', 'Currency', '币种'),
          column('sam', 'Standard minutes', '标准工时', { format: 'number', unit: 'min' }),
          column('remarks', 'Remarks', '说明'),
        ],
        pictures: [{ kind: 'drawing', field: 'drawing', words: { en: 'Pattern', zh: '样板' } }],
        immediate: true,
        submit: { en: 'Draft', zh: '制板' },
      },
    ],
  },
  {
    id: 'apparel.orders',
    words: { en: 'Made-to-measure orders', zh: '定制订单' },
    permission: 'apparel.orders.manage',
    blocks: [
      {
        kind: 'table',
        words: { en: 'Orders of persons', zh: '个人订单' },
        query: 'madeToMeasure.list',
        columns: [
          column('number', 'Number', '编号'),
          column('garment', 'Garment', '品类'),
          column('fit', 'Fit', '版型'),
          column('size', 'Size', '号型'),
          column('sam', 'Standard minutes', '标准工时', { format: 'number', unit: 'min' }),
          column('pattern', 'Pattern kept', '样板保留', { format: 'boolean' }),
          column('order', 'Shared order', '共享订单', { format: 'order' }),
          column('createdAt', 'Placed', '下单时间', { format: 'instant' }),
          column('id', 'Id', '标识'),
        ],
        empty: { en: 'No order yet. Place the first below.', zh: '尚无订单。请在下方下单。' },
      },
      {
        kind: 'form',
        words: { en: 'New order of a person', zh: '新的个人订单' },
        command: 'madeToMeasure.place',
        fields: [
          text('number', 'Number', '编号'),
          text('name', 'Name', '姓名'),
          ...bodyFields,
          ...choiceFields,
          {
            name: 'consent',
            words: { en: 'The person agrees that the measurements are kept for this order', zh: '本人同意为本订单保存人体尺寸' },
            kind: 'boolean',
            initial: false,
          },
        ],
        submit: { en: 'Place', zh: '下单' },
      },
      {
        kind: 'form',
        words: { en: 'Send to a factory', zh: '发给工厂' },
        command: 'madeToMeasure.send',
        fields: [
          text('id', 'Id of the order', '订单标识'),
          text('supplier', 'Code of the factory', '工厂代码'),
          { name: 'unitPrice', words: { en: 'Price paid to the factory', zh: '付给工厂的价格' }, kind: 'decimal' },
          { name: 'dueInDays', words: { en: 'Due in days', zh: '交期（天）' }, kind: 'number', initial: 10 },
        ],
        submit: { en: 'Send', zh: '发送' },
      },
      {
        kind: 'form',
        words: { en: 'Consent is withdrawn', zh: '撤回同意' },
        command: 'madeToMeasure.withdraw',
        fields: [
          text('id', 'Id of the order', '订单标识', { hint: { en: 'Measurements and pattern are erased', zh: '尺寸与样板将被删除' } }),
        ],
        submit: { en: 'Erase', zh: '删除' },
      },
      {
        kind: 'lookup',
        words: { en: 'Pattern of an order', zh: '订单的样板' },
        query: 'madeToMeasure.pattern',
        fields: [text('id', 'Id of the order', '订单标识')],
        columns: [column('number', 'Number', '编号'), column('digest', 'SHA-256 of the DXF', 'DXF 摘要（SHA-256）')],
        pictures: [{ kind: 'drawing', field: 'drawing', words: { en: 'Pattern', zh: '样板' } }],
        submit: { en: 'Show', zh: '查看' },
      },
    ],
  },
  {
    id: 'apparel.garments',
    words: { en: 'Garments by tag', zh: '一衣一签' },
    permission: 'apparel.garments.read',
    blocks: [
      garmentTable,
      {
        kind: 'lookup',
        words: { en: 'Follow a tag', zh: '按标签追踪' },
        query: 'garments.track',
        fields: [text('tag', 'Tag', '标签')],
        columns: [
          column('garment.number', 'Order', '订单'),
          column('garment.summary', 'Garment', '品类'),
          column('garment.here', 'Now in', '当前位置'),
          column('garment.next', 'Next', '下一工序'),
          column('garment.done', 'Operations done', '已完成工序', { format: 'number' }),
          column('overdue', 'Stayed beyond 2 × SAM', '停留超过 2 倍标准工时'),
          column('garment.unit', 'Unit', '单件', { format: 'unit' }),
        ],
        pictures: [{ kind: 'chart', field: 'chart', words: { en: 'Minutes by operation', zh: '各工序时间' } }],
        submit: { en: 'Follow', zh: '追踪' },
      },
    ],
  },
  {
    id: 'apparel.floor',
    words: { en: 'Work on garments', zh: '现场作业' },
    permission: 'apparel.garments.manage',
    blocks: [
      garmentTable,
      {
        kind: 'form',
        words: { en: 'Begin a garment', zh: '建立衣服' },
        command: 'garments.begin',
        fields: [
          text('madeToMeasure', 'Id of the made-to-measure order', '定制订单标识'),
          text('tag', 'Tag', '标签'),
          { name: 'lot', words: { en: 'Lot', zh: '批次' }, kind: 'lot', optional: true },
        ],
        submit: { en: 'Begin', zh: '建立' },
      },
      {
        kind: 'form',
        words: { en: 'Pieces cut', zh: '登记裁片' },
        command: 'garments.cut',
        fields: [
          text('tag', 'Tag', '标签'),
          text('roll', 'Roll', '布卷'),
          { name: 'metres', words: { en: 'Fabric used', zh: '用料' }, kind: 'number', unit: 'm', initial: 2 },
        ],
        submit: { en: 'Record', zh: '登记' },
      },
      {
        kind: 'form',
        words: { en: 'In or out of a station', zh: '进出工位' },
        command: 'garments.move',
        fields: [
          text('tag', 'Tag', '标签'),
          text('operation', 'Operation', '工序'),
          {
            name: 'direction',
            words: { en: 'Direction', zh: '方向' },
            kind: 'select',
            initial: 'in',
            options: [
              { value: 'in', words: { en: 'In', zh: '进' } },
              { value: 'out', words: { en: 'Out', zh: '出' } },
            ],
          },
          text('station', 'Station', '工位'),
        ],
        submit: { en: 'Record', zh: '登记' },
      },
      {
        kind: 'form',
        words: { en: 'Final check', zh: '终检' },
        command: 'garments.check',
        fields: [
          text('tag', 'Tag', '标签'),
          mm('collar', 'Collar', '领围'),
          mm('chest', 'Chest', '胸围'),
          mm('waist', 'Waist', '腰围'),
          mm('hip', 'Hip or hem', '臀围（下摆围）'),
          mm('shoulder', 'Shoulder width', '肩宽'),
          mm('sleeve', 'Sleeve length', '袖长'),
          mm('cuff', 'Cuff', '袖口围'),
          mm('inseam', 'Inseam', '内长'),
          mm('length', 'Outside length', '裤长'),
        ],
        submit: { en: 'Check', zh: '检验' },
      },
    ],
  },
  {
    id: 'apparel.cutting-room',
    words: { en: 'Cutting room', zh: '裁剪车间' },
    permission: 'apparel.garments.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Spreaders, live', zh: '铺布机实时状态' },
        model: 'apparel.spreader',
        signals: ['tension', 'plies', 'shade_difference'],
        evaluator: { id: 'apparel.spread', values: ['plies', 'fabric', 'mean_tension', 'shade_difference'], curves: [] },
      },
      {
        kind: 'equipment',
        words: { en: 'Cutters, live', zh: '裁床实时状态' },
        model: 'apparel.cutter',
        signals: ['head_speed', 'blade_load', 'vacuum'],
        evaluator: { id: 'apparel.cut', values: ['cut_length', 'mean_blade_load', 'mean_speed'], curves: [] },
      },
      {
        kind: 'table',
        words: { en: 'Fabric rolls', zh: '布卷' },
        query: 'rolls.list',
        columns: [
          column('code', 'Roll', '布卷'),
          column('shade', 'Shade lot', '缸差批'),
          column('width', 'Width', '幅宽', { format: 'number', unit: 'mm' }),
          column('length', 'Length', '长度', { format: 'number', unit: 'm' }),
          column('lot', 'Lot', '批次', { format: 'lot' }),
        ],
        empty: { en: 'No roll yet.', zh: '尚无布卷。' },
      },
      {
        kind: 'table',
        words: { en: 'Planned lays', zh: '铺料计划' },
        query: 'lays.list',
        columns: [
          column('code', 'Lay', '计划'),
          column('plies', 'Plies', '层数', { format: 'number' }),
          column('length', 'Length', '长度', { format: 'number', unit: 'm' }),
          column('tension_low', 'Tension from', '张力下限', { format: 'number', unit: 'N' }),
          column('tension_high', 'to', '张力上限', { format: 'number', unit: 'N' }),
        ],
        empty: { en: 'No lay planned yet.', zh: '尚无铺料计划。' },
      },
    ],
  },
  {
    id: 'apparel.sewing',
    words: { en: 'Sewing and pressing', zh: '缝制与整烫' },
    permission: 'apparel.garments.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Sewing stations, live', zh: '缝纫工位实时状态' },
        model: 'apparel.sewing-station',
        signals: ['sewing_speed', 'stitches', 'thread_breaks'],
        evaluator: { id: 'apparel.sewing', values: ['stitches', 'breaks_per_1000', 'dwell', 'machine_share'], curves: [] },
      },
      {
        kind: 'equipment',
        words: { en: 'Presses, live', zh: '熨烫机实时状态' },
        model: 'apparel.press',
        signals: ['iron_temperature', 'steam_pressure'],
        evaluator: { id: 'apparel.pressing', values: ['lowest', 'highest'], curves: [] },
      },
      {
        kind: 'lookup',
        words: { en: 'Line load against the takt', zh: '流水线负荷与节拍' },
        query: 'lines.balance',
        fields: [
          garmentField,
          { name: 'chest_pocket', words: { en: 'Chest pocket', zh: '胸袋' }, kind: 'boolean', initial: false },
          { name: 'monogram', words: { en: 'Monogram', zh: '绣字' }, kind: 'boolean', initial: false },
          { name: 'takt', words: { en: 'Takt', zh: '节拍' }, kind: 'number', unit: 'min', initial: 3 },
        ],
        columns: [
          column('count', 'Stations', '工位数', { format: 'number' }),
          column('efficiency', 'Efficiency', '平衡率', { format: 'number', unit: '%' }),
          column('optimal', 'Proved shortest', '已证明最优', { format: 'boolean' }),
          column('sam', 'Standard minutes', '标准工时', { format: 'number', unit: 'min' }),
          column('remarks', 'Remarks', '说明'),
        ],
        pictures: [{ kind: 'chart', field: 'chart', words: { en: 'Load of each station', zh: '各工位负荷' } }],
        immediate: true,
        submit: { en: 'Balance', zh: '平衡' },
      },
    ],
  },
];
