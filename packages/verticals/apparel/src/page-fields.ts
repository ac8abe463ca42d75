import type { PageBlock, PageColumn, PageField } from '@yunfab/core/verticals';
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

export const bodyFields: readonly PageField[] = [
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

export const garmentField: PageField = {
  name: 'garment',
  words: { en: 'Garment', zh: '品类' },
  kind: 'select',
  initial: 'shirt',
  options: [
    { value: 'shirt', words: { en: 'Shirt', zh: '衬衫' } },
    { value: 'trousers', words: { en: 'Trousers', zh: '裤子' } },
  ],
};
export const choiceFields: readonly PageField[] = [
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

export const text = (name: string, en: string, zh: string, more: Partial<PageField> = {}): PageField => ({
  name,
  words: { en, zh },
  kind: 'text',
  ...more,
});
export const column = (field: string, en: string, zh: string, more: Partial<PageColumn> = {}): PageColumn => ({
  field,
  words: { en, zh },
  ...more,
});
export const mm = (name: string, en: string, zh: string): PageField => ({
  name,
  words: { en, zh },
  kind: 'number',
  unit: 'mm',
  optional: true,
});

export const fabricFields: readonly PageField[] = [
  { name: 'width', words: { en: 'Usable width', zh: '有效幅宽' }, kind: 'number', unit: 'mm', initial: 1450 },
  { name: 'nap', words: { en: 'Nap: one direction only', zh: '有毛向：只可一个方向' }, kind: 'boolean', initial: false },
  { name: 'seconds', words: { en: 'Search for', zh: '搜索时间' }, kind: 'number', unit: 's', initial: 1 },
];
export const markerColumns: readonly PageColumn[] = [
  column('length', 'Fabric', '用料', { format: 'number', unit: 'm' }),
  column('density', 'Density', '利用率', { format: 'number', unit: '%' }),
  column('pieces', 'Pieces', '裁片数', { format: 'number' }),
  column('overlaps', 'Overlaps (exact check)', '重叠（精确校验）', { format: 'number' }),
  column('remarks', 'Remarks', '说明'),
];

export const garmentTable: PageBlock = {
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
