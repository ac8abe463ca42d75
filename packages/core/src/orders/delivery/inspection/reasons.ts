import type { Words } from '../../../access/index.js';

/** Why received goods are not accepted as they are. */
export const rejectionCodes = ['appearance', 'dimension', 'function', 'material', 'documents', 'packaging', 'mixed_up', 'other'] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export const rejectionCodeWords: Readonly<Record<RejectionCode, Words>> = {
  appearance: { en: 'Appearance', zh: '外观不良' },
  dimension: { en: 'Dimension', zh: '尺寸超差' },
  function: { en: 'Function', zh: '功能不良' },
  material: { en: 'Material', zh: '材质不符' },
  documents: { en: 'Documents missing or wrong', zh: '单证缺失或不符' },
  packaging: { en: 'Packaging', zh: '包装不良' },
  mixed_up: { en: 'Wrong goods', zh: '错发混料' },
  other: { en: 'Other', zh: '其他' },
};
