import { z } from 'zod';
import type { Words } from '../access/index.js';

const revision = { item: z.string(), label: z.string() };

/** Every event type of engineering with its body; each is on the record that it names. */
export const engineeringEvents = {
  'engineering.item_created': z.object({ number: z.string(), kind: z.string() }),
  'engineering.revision_created': z.object({ ...revision, copiedFrom: z.string().nullable() }),
  'engineering.revision_edited': z.object({ ...revision, version: z.number().int(), changed: z.array(z.string()) }),
  'engineering.revision_released': z.object({ ...revision, contentHash: z.string() }),
  'engineering.revision_retired': z.object(revision),
} as const;

export const engineeringEventWords: Readonly<Record<keyof typeof engineeringEvents, Words>> = {
  'engineering.item_created': { en: 'Item created', zh: '新建物料' },
  'engineering.revision_created': { en: 'Revision drafted', zh: '新建版次' },
  'engineering.revision_edited': { en: 'Draft changed', zh: '编辑草稿' },
  'engineering.revision_released': { en: 'Revision released', zh: '版次发布' },
  'engineering.revision_retired': { en: 'Revision made obsolete', zh: '版次作废' },
};
