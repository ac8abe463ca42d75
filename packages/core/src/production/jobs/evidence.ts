import type { Words } from '../../access/index.js';

/** Who vouches for a quantity. */
export const evidenceKinds = ['device', 'person', 'subcontractor'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const evidenceWords: Readonly<Record<EvidenceKind, Words>> = {
  device: { en: 'counted by a device', zh: '设备计数' },
  person: { en: 'reported by a person', zh: '人工报工' },
  subcontractor: { en: 'reported by a subcontractor', zh: '分包方报工' },
};
