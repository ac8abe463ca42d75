import type { PageField, VerticalPage } from '@yunfab/core/verticals';
import { grades } from './uniformity/limits.js';

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
          values: ['cure_equivalent', 'cure_at_opening', 'hottest_equivalent', 'closed_time', 'energy', 'steam'],
          curves: ['least_cure_temperature', 'cure_equivalent'],
        },
      },
    ],
  },
  {
    id: 'tire.uniformity',
    words: { en: 'Uniformity', zh: '均匀性' },
    permission: 'tire.runs.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'Tires of a period', zh: '一段时间内的轮胎' },
        query: 'uniformity.overview',
        immediate: true,
        fields: [{ name: 'program', words: { en: 'Limits', zh: '限值' }, kind: 'text', optional: true }],
        columns: [
          { field: 'tires', words: { en: 'Tires measured', zh: '已测轮胎' }, format: 'number' },
          { field: 'accepted', words: { en: 'Graded', zh: '分级' }, format: 'number' },
          { field: 'rejected', words: { en: 'Rejected', zh: '不合格' }, format: 'number' },
        ],
        pictures: [
          {
            kind: 'chart',
            field: 'scatter',
            words: { en: 'First harmonics by building drum, from above', zh: '各成型鼓一次谐波极坐标图' },
          },
          { kind: 'chart', field: 'pareto', words: { en: 'Missed grades by mould', zh: '各模具降级排列图' } },
        ],
        submit: { en: 'Show', zh: '查看' },
      },
      {
        kind: 'table',
        words: { en: 'Machines at fault', zh: '责任设备' },
        query: 'uniformity.faults',
        columns: [
          { field: 'words', words: { en: 'What to look at', zh: '检查事项' } },
          { field: 'tires', words: { en: 'Tires', zh: '轮胎' }, format: 'number' },
          { field: 'size', words: { en: 'Mark', zh: '影响' }, format: 'number', unit: 'N' },
        ],
        empty: { en: 'No machine leaves its mark on the tires.', zh: '未发现在轮胎上留下痕迹的设备。' },
      },
      {
        kind: 'lookup',
        words: { en: 'One tire', zh: '单条轮胎' },
        query: 'uniformity.tire',
        fields: [{ name: 'run', words: { en: 'Its run', zh: '过程' }, kind: 'run' }],
        columns: [
          { field: 'verdict', words: { en: 'Verdict', zh: '结论' }, format: 'verdict' },
          { field: 'values.radial_force_variation.value', words: { en: 'RFV', zh: '径向力波动' }, format: 'number', unit: 'N' },
          { field: 'values.lateral_force_variation.value', words: { en: 'LFV', zh: '侧向力波动' }, format: 'number', unit: 'N' },
          { field: 'values.conicity.value', words: { en: 'Conicity', zh: '锥度效应' }, format: 'number', unit: 'N' },
          { field: 'values.ply_steer.value', words: { en: 'Ply steer', zh: '角度效应' }, format: 'number', unit: 'N' },
        ],
        pictures: [
          { kind: 'chart', field: 'harmonics', words: { en: 'Harmonics H1 to H10', zh: 'H1 至 H10 谐波' } },
          { kind: 'chart', field: 'waveforms', words: { en: 'Force over one revolution', zh: '一转的力波形' } },
        ],
        submit: { en: 'Show', zh: '查看' },
      },
      {
        kind: 'equipment',
        words: { en: 'Uniformity machines, live', zh: '均匀性试验机实时状态' },
        model: 'tire.uniformity-machine',
        signals: ['radial_force_cw', 'lateral_force_cw', 'inflation_pressure'],
        evaluator: {
          id: 'tire.uniformity',
          values: ['radial_force_variation', 'radial_first_harmonic', 'lateral_force_variation', 'conicity', 'ply_steer', 'grade'],
          curves: ['radial_force_cw', 'lateral_force_cw'],
        },
      },
    ],
  },
  {
    id: 'tire.energy',
    words: { en: 'Energy', zh: '能耗' },
    permission: 'tire.runs.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'Electricity and steam per tire of a lot', zh: '批次单胎用电与用汽' },
        query: 'energy.perTire',
        fields: [{ name: 'lot', words: { en: 'Lot', zh: '批次' }, kind: 'lot' }],
        columns: [
          { field: 'tires', words: { en: 'Good tires', zh: '合格轮胎' }, format: 'number' },
          { field: 'runs', words: { en: 'Cures', zh: '硫化次数' }, format: 'number' },
          { field: 'unmetered', words: { en: 'Not metered', zh: '未计量' }, format: 'number' },
          { field: 'energyPerTire', words: { en: 'Electricity per tire', zh: '单胎用电' }, format: 'number', unit: 'kW.h' },
          { field: 'steamPerTire', words: { en: 'Steam per tire', zh: '单胎用汽' }, format: 'number', unit: 'kg' },
        ],
        submit: { en: 'Show', zh: '查看' },
      },
    ],
  },
  {
    id: 'tire.limits',
    words: { en: 'Uniformity limits', zh: '均匀性限值' },
    permission: 'tire.recipes.read',
    blocks: [
      {
        kind: 'table',
        words: { en: 'Uniformity limits', zh: '均匀性限值' },
        query: 'uniformity.limits.list',
        columns: [
          { field: 'code', words: { en: 'Code', zh: '编号' } },
          { field: 'grade', words: { en: 'Grade', zh: '等级' } },
          { field: 'radial_force_variation', words: { en: 'RFV', zh: '径向力波动' }, format: 'number', unit: 'N' },
          { field: 'radial_first_harmonic', words: { en: 'Radial H1', zh: '径向力一次谐波' }, format: 'number', unit: 'N' },
          { field: 'lateral_force_variation', words: { en: 'LFV', zh: '侧向力波动' }, format: 'number', unit: 'N' },
          { field: 'conicity', words: { en: 'Conicity', zh: '锥度效应' }, format: 'number', unit: 'N' },
        ],
        empty: { en: 'No limits yet. Create those of the first grade below.', zh: '尚无限值。请在下方新建第一个等级。' },
      },
      {
        kind: 'form',
        words: { en: 'Limits of a grade', zh: '新建等级限值' },
        command: 'uniformity.limits.create',
        fields: [
          { name: 'code', words: { en: 'Code', zh: '编号' }, kind: 'text' },
          {
            name: 'grade',
            words: { en: 'Grade', zh: '等级' },
            kind: 'select',
            options: grades.map((grade) => ({ value: grade, words: { en: `Grade ${grade}`, zh: `${grade} 级` } })),
          },
          number('radial_force_variation', 'Radial force variation', '径向力波动', 'N'),
          number('radial_first_harmonic', 'First harmonic of the radial force', '径向力一次谐波', 'N'),
          number('lateral_force_variation', 'Lateral force variation', '侧向力波动', 'N'),
          number('conicity', 'Conicity, either way', '锥度效应（绝对值）', 'N'),
        ],
        submit: { en: 'Create', zh: '新建' },
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
        words: { en: 'Axle load and speed', zh: '轴荷与车速校核' },
        query: 'size.fits',
        fields: [
          { name: 'size', words: { en: 'Size', zh: '规格' }, kind: 'text', initial: '205/55R16 91V' },
          { name: 'axleLoad', words: { en: 'Load on the axle', zh: '轴荷' }, kind: 'number', unit: 'kg', initial: 1200 },
          { name: 'speed', words: { en: 'Highest speed', zh: '最高车速' }, kind: 'number', unit: 'km/h', initial: 240 },
          { name: 'dual', words: { en: 'Twin tires', zh: '双胎并装' }, kind: 'boolean', initial: false },
        ],
        columns: [
          { field: 'fits', words: { en: 'Fits', zh: '符合' }, format: 'boolean' },
          { field: 'loadPerTire', words: { en: 'Per tire', zh: '单胎负荷' }, format: 'number', unit: 'kg' },
          { field: 'axleCapacity', words: { en: 'Per axle', zh: '轴承载' }, format: 'number', unit: 'kg' },
          { field: 'margin', words: { en: 'Margin', zh: '余量' }, format: 'number', unit: '%' },
        ],
        submit: { en: 'Check', zh: '校核' },
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
