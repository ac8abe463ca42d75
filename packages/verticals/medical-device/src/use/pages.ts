import type { VerticalPage } from '@yunfab/core/verticals';

const lot = { name: 'lot', words: { en: 'Lot', zh: '批次' }, kind: 'lot' } as const;

export const usePages: readonly VerticalPage[] = [
  {
    id: 'medical-device.uses',
    words: { en: 'Use at the hospital', zh: '院内使用' },
    permission: 'medical-device.uses.read',
    blocks: [
      {
        kind: 'form',
        words: { en: 'Scan at use', zh: '使用时扫码' },
        command: 'use.record',
        fields: [
          { name: 'scan', words: { en: 'Device code', zh: '器械编码' }, kind: 'text' },
          {
            name: 'patient',
            words: { en: 'Patient number', zh: '患者编号' },
            kind: 'text',
            hint: { en: 'Only its pseudonym is kept', zh: '仅保存假名' },
          },
          { name: 'quantity', words: { en: 'Packages', zh: '数量' }, kind: 'number', initial: 1 },
        ],
        submit: { en: 'Record', zh: '登记' },
      },
      {
        kind: 'table',
        words: { en: 'Uses', zh: '使用记录' },
        query: 'use.list',
        columns: [
          { field: 'usedAt', words: { en: 'When', zh: '使用时间' }, format: 'instant' },
          { field: 'lot', words: { en: 'Lot', zh: '批次' }, format: 'lot' },
          { field: 'di', words: { en: 'UDI-DI', zh: 'UDI-DI' } },
          { field: 'serial', words: { en: 'Serial number', zh: '序列号' } },
          { field: 'quantity', words: { en: 'Units', zh: '数量' }, format: 'number' },
          { field: 'patient', words: { en: 'Patient', zh: '患者（假名）' } },
        ],
        empty: { en: 'No use yet. Scan a device above.', zh: '尚无使用记录。请在上方扫码。' },
      },
    ],
  },
  {
    id: 'medical-device.recall',
    words: { en: 'Recall', zh: '召回追溯' },
    permission: 'medical-device.recall.read',
    blocks: [
      {
        kind: 'lookup',
        words: { en: 'From a lot or material to the hospitals', zh: '由批次或物料追至医院' },
        query: 'recall.hospitals',
        fields: [lot],
        columns: [
          { field: 'lots', words: { en: 'Lots', zh: '批次数' }, format: 'number' },
          { field: 'received', words: { en: 'Delivered', zh: '已交付' } },
          { field: 'used', words: { en: 'Used', zh: '已使用' } },
          { field: 'left', words: { en: 'To take back', zh: '待召回' } },
          { field: 'complete', words: { en: 'Whole history read', zh: '已读取全部履历' }, format: 'boolean' },
        ],
        pictures: [
          { kind: 'chart', field: 'chart', words: { en: 'Used and to take back, by organization', zh: '各机构已使用与待召回数量' } },
        ],
        submit: { en: 'Trace', zh: '追溯' },
      },
      {
        kind: 'lookup',
        words: { en: "From a lot to one's own patients", zh: '由批次追至本院患者' },
        query: 'recall.patients',
        fields: [lot],
        columns: [
          { field: 'count', words: { en: 'Patients', zh: '患者数' }, format: 'number' },
          { field: 'units', words: { en: 'Units', zh: '数量' }, format: 'number' },
          { field: 'lines', words: { en: 'Pseudonym, moment, units', zh: '假名、时间、数量' } },
        ],
        submit: { en: 'List', zh: '列出' },
      },
      {
        kind: 'lookup',
        words: { en: 'From a lot to its materials', zh: '由批次追至物料' },
        query: 'recall.materials',
        fields: [lot],
        columns: [
          { field: 'lines', words: { en: 'Materials', zh: '物料' } },
          { field: 'hidden', words: { en: 'Not disclosed', zh: '未公开' }, format: 'number' },
          { field: 'complete', words: { en: 'Whole history read', zh: '已读取全部履历' }, format: 'boolean' },
        ],
        submit: { en: 'Trace', zh: '追溯' },
      },
    ],
  },
];
