import type { EquipmentModels } from './models.js';

/** Models of no industry in particular, there without any vertical. Their ids have no dot, so no vertical's can be the same. */
export const commonModels: EquipmentModels = new Map([
  [
    'machine',
    {
      words: { en: 'Machine', zh: '机器' },
      signals: [
        { name: 'temperature', unit: 'Cel', kind: 'number', words: { en: 'Temperature', zh: '温度' } },
        { name: 'power', unit: 'kW', kind: 'number', words: { en: 'Electrical power', zh: '电功率' } },
      ],
    },
  ],
]);
