import type { Words } from '../../../access/index.js';

/** Kinds of package by their code in UN/ECE Recommendation 21, Annex V. */
export const packageTypes = ['CT', 'BX', 'CS', 'CR', 'PX', 'BG', 'SA', 'DR', 'BE', 'RO', 'RL', 'PA', 'PK'] as const;
export type PackageType = (typeof packageTypes)[number];

export const packageTypeWords: Readonly<Record<PackageType, Words>> = {
  CT: { en: 'Carton', zh: '纸箱' },
  BX: { en: 'Box', zh: '盒' },
  CS: { en: 'Case', zh: '箱' },
  CR: { en: 'Crate', zh: '板条箱' },
  PX: { en: 'Pallet', zh: '托盘' },
  BG: { en: 'Bag', zh: '袋' },
  SA: { en: 'Sack', zh: '麻袋' },
  DR: { en: 'Drum', zh: '桶' },
  BE: { en: 'Bundle', zh: '捆' },
  RO: { en: 'Roll', zh: '卷' },
  RL: { en: 'Reel', zh: '卷盘' },
  PA: { en: 'Packet', zh: '小包' },
  PK: { en: 'Package', zh: '包装件' },
};
