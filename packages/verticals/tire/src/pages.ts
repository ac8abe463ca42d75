import type { PageField, VerticalPage } from '@yunfab/core/verticals';

const number = (name: string, en: string, zh: string, unit: string, initial?: number): PageField => ({
  name,
  words: { en, zh },
  kind: 'number',
  unit,
  ...(initial === undefined ? {} : { initial }),
});

export const tirePages: readonly VerticalPage[] = [
  {
    id: 'tire.presses',
    words: { en: 'Presses', zh: '硫化机' },
    permission: 'tire.runs.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Curing presses, live', zh: '硫化机实时状态' },
        model: 'tire.curing-press',
        signals: ['mould_temperature', 'internal_temperature', 'internal_pressure'],
        evaluator: {
          id: 'tire.cure',
          values: ['cure_equivalent', 'cure_at_opening', 'hottest_equivalent', 'closed_time'],
          curves: ['least_cure_temperature', 'cure_equivalent'],
        },
      },
    ],
  },
  {
    id: 'tire.recipes',
    words: { en: 'Cure recipes', zh: '硫化配方' },
    permission: 'tire.recipes.read',
    blocks: [
      {
        kind: 'table',
        words: { en: 'Cure recipes', zh: '硫化配方' },
        query: 'recipes.list',
        columns: [
          { field: 'code', words: { en: 'Code', zh: '编号' } },
          { field: 'name', words: { en: 'Name', zh: '名称' } },
          { field: 'activation_energy', words: { en: 'Activation energy', zh: '活化能' }, format: 'number', unit: 'kJ/mol' },
          { field: 'reference', words: { en: 'Reference', zh: '参考温度' }, format: 'number', unit: 'Cel' },
          { field: 'target_low', words: { en: 'Equivalent from', zh: '等效下限' }, format: 'number', unit: 'min' },
          { field: 'target_high', words: { en: 'to', zh: '等效上限' }, format: 'number', unit: 'min' },
          { field: 'blow_point', words: { en: 'Blow point', zh: '起泡点' }, format: 'number', unit: 'min' },
          { field: 'cure_time', words: { en: 'Closed', zh: '合模时间' }, format: 'number', unit: 'min' },
          { field: 'created_at', words: { en: 'Created', zh: '新建时间' }, format: 'instant' },
        ],
        empty: { en: 'No cure recipe yet. Create the first below.', zh: '尚无硫化配方。请在下方新建。' },
      },
      {
        kind: 'form',
        words: { en: 'New cure recipe', zh: '新建硫化配方' },
        command: 'recipes.create',
        fields: [
          { name: 'code', words: { en: 'Code', zh: '编号' }, kind: 'text' },
          { name: 'name', words: { en: 'Name', zh: '名称' }, kind: 'text' },
          number('activation_energy', 'Activation energy', '活化能', 'kJ/mol', 90),
          number('reference', 'Reference temperature', '参考温度', 'Cel', 150),
          number('target_low', 'Cure equivalent from', '等效硫化下限', 'min'),
          number('target_high', 'Cure equivalent to', '等效硫化上限', 'min'),
          number('blow_point', 'Blow point', '起泡点', 'min'),
          number('reversion', 'Reversion from', '返原起点', 'min'),
          number('cure_time', 'Time in the closed press', '合模时间', 'min'),
          number('mould_temperature', 'Mould set point', '模具设定温度', 'Cel', 170),
          number('minimum_pressure', 'Least internal pressure', '最低内压', 'bar', 12),
          number('gauge', 'Gauge at the point of least cure', '最小硫化点厚度', 'mm', 15),
          number('diffusivity', 'Thermal diffusivity', '导温系数', 'mm2/s', 0.13),
        ],
        submit: { en: 'Create', zh: '新建' },
      },
    ],
  },
  {
    id: 'tire.identify',
    words: { en: 'Size and TIN', zh: '规格与识别号' },
    permission: 'tire.size.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'Size marking', zh: '规格标识' },
        query: 'size.parse',
        fields: [{ name: 'size', words: { en: 'Size', zh: '规格' }, kind: 'text', initial: '205/55R16 91V' }],
        columns: [
          { field: 'size.overallDiameter', words: { en: 'Overall diameter', zh: '外直径' }, format: 'number', unit: 'mm' },
          { field: 'size.sectionWidth', words: { en: 'Section width', zh: '断面宽' }, format: 'number', unit: 'mm' },
          { field: 'size.load', words: { en: 'Load', zh: '负荷' }, format: 'number', unit: 'kg' },
          { field: 'size.speed', words: { en: 'Speed', zh: '速度' }, format: 'number', unit: 'km/h' },
        ],
        submit: { en: 'Read', zh: '解析' },
      },
      {
        kind: 'lookup',
        words: { en: 'Tire identification number (49 CFR 574.5)', zh: '轮胎识别号（49 CFR 574.5）' },
        query: 'tin.parse',
        fields: [{ name: 'tin', words: { en: 'TIN', zh: '识别号' }, kind: 'text' }],
        columns: [
          { field: 'identification.kind', words: { en: 'Kind', zh: '类别' } },
          { field: 'identification.plant', words: { en: 'Plant', zh: '工厂' } },
          { field: 'identification.week', words: { en: 'Week', zh: '周' }, format: 'number' },
          { field: 'identification.year', words: { en: 'Year', zh: '年' } },
          { field: 'identification.weekBegins', words: { en: 'Week begins', zh: '该周起始日' } },
        ],
        submit: { en: 'Read', zh: '解析' },
      },
    ],
  },
];
