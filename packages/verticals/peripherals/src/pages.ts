import type { PageField, VerticalPage } from '@yunfab/core/verticals';

const text = (name: string, en: string, zh: string, more: Partial<PageField> = {}): PageField => ({
  name,
  words: { en, zh },
  kind: 'text',
  ...more,
});
const integer = (name: string, en: string, zh: string, initial: number): PageField => ({
  name,
  words: { en, zh },
  kind: 'number',
  initial,
});

const supplyFields = [text('printer', 'Printer', '打印机', { initial: 'HY-T80-0001' }), integer('supply', 'Supply', '耗材序号', 1)];

const cfxExample = JSON.stringify({
  MessageName: 'CFX.ResourcePerformance.StationStateChanged',
  Version: '1.7',
  TimeStamp: '2026-11-28T08:00:00+08:00',
  UniqueID: 'UID564545645645',
  Source: 'HY.SMT1.PNP2',
  MessageBody: { OldState: 'PRD', NewState: 'SBY_NoProductBlocked' },
});

export const peripheralsPages: readonly VerticalPage[] = [
  {
    id: 'peripherals.line',
    words: { en: 'Line', zh: '产线' },
    permission: 'peripherals.line.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Reflow ovens, live', zh: '回流焊炉实时状态' },
        model: 'peripherals.reflow-oven',
        signals: ['board_temperature', 'zone_8_temperature', 'zone_9_temperature', 'zone_10_temperature', 'conveyor_speed'],
        evaluator: {
          id: 'peripherals.reflow',
          values: ['peak', 'above_liquidus', 'soak', 'ramp_up', 'ramp_down'],
          curves: ['board_temperature'],
        },
      },
      {
        kind: 'lookup',
        words: { en: 'IPC-CFX message', zh: 'IPC-CFX 消息' },
        query: 'cfx.read',
        fields: [{ name: 'message', words: { en: 'Message (JSON)', zh: '消息（JSON）' }, kind: 'multiline', initial: cfxExample }],
        columns: [
          { field: 'name', words: { en: 'Message', zh: '消息' } },
          { field: 'at', words: { en: 'At', zh: '时间' }, format: 'instant' },
          { field: 'source', words: { en: 'From', zh: '来源' } },
          { field: 'content', words: { en: 'Says', zh: '内容' } },
          { field: 'problems', words: { en: 'Problems', zh: '问题' } },
        ],
        submit: { en: 'Read', zh: '解析' },
      },
    ],
  },
  {
    id: 'peripherals.genealogy',
    words: { en: 'Genealogy', zh: '整机谱系' },
    permission: 'peripherals.units.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'A unit by its serial number', zh: '按序列号查询整机' },
        query: 'units.genealogy',
        fields: [text('serial', 'Serial number', '序列号', { initial: 'HY-T80-0002' })],
        columns: [
          { field: 'unit.id', words: { en: 'Unit', zh: '整机' }, format: 'unit' },
          { field: 'firmware', words: { en: 'Firmware', zh: '固件' } },
          { field: 'tested', words: { en: 'Final test passed', zh: '终检合格' }, format: 'boolean' },
          { field: 'partCount', words: { en: 'Parts recorded', zh: '已记录部件' }, format: 'number' },
          { field: 'failed', words: { en: 'Failed at', zh: '故障位号' } },
          { field: 'failures.0.symptom', words: { en: 'Symptom', zh: '故障现象' } },
        ],
        pictures: [{ kind: 'drawing', field: 'drawing', words: { en: 'Component lots, boards, unit', zh: '元件批次、电路板与整机' } }],
        submit: { en: 'Look up', zh: '查询' },
      },
    ],
  },
  {
    id: 'peripherals.failures',
    words: { en: 'Failures', zh: '现场故障' },
    permission: 'peripherals.failures.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'By component lot and designator', zh: '按元件批次与位号' },
        query: 'failures.pareto',
        fields: [],
        columns: [
          { field: 'total', words: { en: 'Diagnosed failures', zh: '已诊断故障' }, format: 'number' },
          { field: 'worst.componentCode', words: { en: 'Most from lot', zh: '故障最多的批次' } },
          { field: 'worst.designator', words: { en: 'at', zh: '位号' } },
          { field: 'worst.exposed', words: { en: 'Units that hold the same lot', zh: '含同批次元件的整机' }, format: 'number' },
          { field: 'worst.component', words: { en: 'Component lot', zh: '元件批次' }, format: 'lot' },
        ],
        pictures: [{ kind: 'chart', field: 'chart', words: { en: 'Pareto of failures', zh: '故障帕累托图' } }],
        immediate: true,
        submit: { en: 'Refresh', zh: '刷新' },
      },
      {
        kind: 'table',
        words: { en: 'Reported failures', zh: '已报告的故障' },
        query: 'failures.list',
        columns: [
          { field: 'unit', words: { en: 'Unit', zh: '整机' }, format: 'unit' },
          { field: 'serial', words: { en: 'Serial number', zh: '序列号' } },
          { field: 'symptom', words: { en: 'Symptom', zh: '故障现象' } },
          { field: 'designator', words: { en: 'Designator', zh: '位号' } },
          { field: 'component', words: { en: 'Component lot', zh: '元件批次' } },
          { field: 'at', words: { en: 'Happened', zh: '发生时间' }, format: 'instant' },
        ],
        empty: { en: 'No failure was reported.', zh: '尚无故障报告。' },
      },
      {
        kind: 'lookup',
        words: { en: 'Units that hold a component lot', zh: '含某元件批次的整机' },
        query: 'failures.exposed',
        fields: [{ name: 'lot', words: { en: 'Component lot', zh: '元件批次' }, kind: 'lot' }],
        columns: [
          { field: 'total', words: { en: 'Lots and units reached', zh: '涉及批次与单件' }, format: 'number' },
          { field: 'items', words: { en: 'Units', zh: '整机' } },
        ],
        submit: { en: 'Trace forward', zh: '正向追溯' },
      },
      {
        kind: 'form',
        words: { en: 'Report a failure', zh: '报告故障' },
        command: 'failures.report',
        fields: [
          text('serial', 'Serial number', '序列号'),
          { name: 'symptom', words: { en: 'Symptom', zh: '故障现象' }, kind: 'multiline' },
          text('designator', 'Suspected designator', '疑似位号', {
            optional: true,
            hint: { en: 'C12, or MB1/C12', zh: '如 C12 或 MB1/C12' },
          }),
        ],
        submit: { en: 'Report', zh: '报告' },
      },
    ],
  },
  {
    id: 'peripherals.supplies',
    words: { en: 'Supplies', zh: '耗材' },
    permission: 'peripherals.supplies.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'When it will be empty', zh: '预计用尽时间' },
        query: 'supplies.forecast',
        fields: supplyFields,
        columns: [
          { field: 'told', words: { en: 'Now', zh: '当前' } },
          { field: 'p10', words: { en: 'Empty by, 1 of 10', zh: '用尽日期（10%）' } },
          { field: 'p50', words: { en: 'Empty by, 5 of 10', zh: '用尽日期（50%）' } },
          { field: 'p90', words: { en: 'Empty by, 9 of 10', zh: '用尽日期（90%）' } },
          { field: 'plan.ship', words: { en: 'Ship today', zh: '今日发货' }, format: 'boolean' },
          { field: 'plan.arrives', words: { en: 'Would arrive', zh: '预计送达' } },
          { field: 'plan.riskOfWaiting', words: { en: 'Risk of waiting', zh: '等待的断供风险' }, format: 'number' },
          { field: 'replacements', words: { en: 'Replacements seen', zh: '已识别更换次数' }, format: 'number' },
          { field: 'reason', words: { en: 'Why no forecast', zh: '无法预测的原因' } },
        ],
        pictures: [{ kind: 'chart', field: 'chart', words: { en: 'Days to empty', zh: '用尽预测' } }],
        submit: { en: 'Forecast', zh: '预测' },
      },
      {
        kind: 'table',
        words: { en: 'Supplies of installed printers', zh: '在用打印机的耗材' },
        query: 'supplies.list',
        columns: [
          { field: 'printer', words: { en: 'Printer', zh: '打印机' } },
          { field: 'supply', words: { en: 'Supply', zh: '序号' }, format: 'number' },
          { field: 'kind', words: { en: 'Kind', zh: '类别' } },
          { field: 'told', words: { en: 'Level', zh: '余量' } },
          { field: 'attention', words: { en: 'Look', zh: '需查看' }, format: 'boolean' },
          { field: 'readAt', words: { en: 'Read', zh: '读取时间' }, format: 'instant' },
        ],
        empty: { en: 'No printer has reported a supply.', zh: '尚无打印机上报耗材。' },
      },
      {
        kind: 'table',
        words: { en: 'Proposed shipments', zh: '建议发货' },
        query: 'supplies.replenishments',
        columns: [
          { field: 'printer', words: { en: 'Printer', zh: '打印机' } },
          { field: 'supply', words: { en: 'Supply', zh: '序号' }, format: 'number' },
          { field: 'arrives', words: { en: 'Arrives', zh: '送达日期' } },
          { field: 'riskOfWaiting', words: { en: 'Risk of waiting', zh: '等待的断供风险' }, format: 'number' },
          { field: 'proposedAt', words: { en: 'Proposed', zh: '建议时间' }, format: 'instant' },
        ],
        empty: { en: 'Nothing has to be shipped.', zh: '暂无需发货的耗材。' },
      },
      {
        kind: 'form',
        words: { en: 'Propose what cannot wait', zh: '生成不能再等的发货建议' },
        command: 'supplies.replenish',
        fields: [],
        submit: { en: 'Propose', zh: '生成' },
      },
    ],
  },
  {
    id: 'peripherals.status',
    words: { en: 'Printer status', zh: '打印机状态' },
    permission: 'peripherals.line.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Installed printers, live', zh: '在用打印机实时状态' },
        model: 'peripherals.printer',
        signals: ['page_count', 'supply_level', 'head_temperature', 'cutter_count', 'jam_count'],
      },
      {
        kind: 'lookup',
        words: { en: 'ESC/POS status bytes', zh: 'ESC/POS 状态字节' },
        query: 'escpos.decode',
        fields: [
          text('dleEot1', 'DLE EOT 1', 'DLE EOT 1', { optional: true, initial: '0x1A' }),
          text('dleEot2', 'DLE EOT 2', 'DLE EOT 2', { optional: true, initial: '0x32' }),
          text('dleEot3', 'DLE EOT 3', 'DLE EOT 3', { optional: true }),
          text('dleEot4', 'DLE EOT 4', 'DLE EOT 4', { optional: true, initial: '0x7E' }),
          text('asb', 'Automatic Status Back (4 bytes)', '自动状态返回（4 字节）', { optional: true }),
        ],
        columns: [
          { field: 'ready', words: { en: 'Can print', zh: '可打印' }, format: 'boolean' },
          { field: 'told', words: { en: 'Says', zh: '状态' } },
          { field: 'problems', words: { en: 'Problems', zh: '问题' } },
        ],
        immediate: true,
        submit: { en: 'Decode', zh: '解码' },
      },
    ],
  },
];
