import type { Words } from '../access/index.js';

/** What a file is to the record that names it. */
export const fileRoles = ['drawing', 'certificate', 'contract', 'photo', 'report', 'other'] as const;
export type FileRole = (typeof fileRoles)[number];

export const fileRoleWords: Readonly<Record<FileRole, Words>> = {
  drawing: { en: 'Drawing', zh: '图纸' },
  certificate: { en: 'Certificate', zh: '证书' },
  contract: { en: 'Contract', zh: '合同' },
  photo: { en: 'Photo', zh: '照片' },
  report: { en: 'Report', zh: '报告' },
  other: { en: 'Other', zh: '其他' },
};
