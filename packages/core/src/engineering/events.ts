import { z } from 'zod';
import type { Words } from '../access/index.js';
import { changeStates } from './changes/states.js';

const change = { number: z.string() };
const decided = z.object({ ...change, change: z.uuid(), state: z.enum(changeStates), version: z.number().int() });
const revision = { item: z.string(), label: z.string() };

/** Every event type of engineering with its body; each is on the record that it names. */
export const engineeringEvents = {
  'engineering.item_created': z.object({ number: z.string(), kind: z.string() }),
  'engineering.revision_created': z.object({ ...revision, copiedFrom: z.string().nullable() }),
  'engineering.revision_edited': z.object({ ...revision, version: z.number().int(), changed: z.array(z.string()) }),
  'engineering.revision_released': z.object({ ...revision, contentHash: z.string() }),
  'engineering.revision_retired': z.object(revision),
  'engineering.change_drafted': z.object({ ...change, title: z.string() }),
  'engineering.change_edited': z.object({ ...change, version: z.number().int() }),
  'engineering.change_submitted': z.object({ ...change, version: z.number().int() }),
  /** On the request, as what follows: read by the owner and one partner. */
  'engineering.change_requested': z.object({ ...change, change: z.uuid(), title: z.string(), required: z.boolean() }),
  'engineering.change_acknowledged': z.object({ ...change, change: z.uuid() }),
  'engineering.change_declined': z.object({ ...change, change: z.uuid(), reason: z.string() }),
  /** On the change, and on each request. */
  'engineering.change_approved': decided,
  'engineering.change_rejected': decided,
  'engineering.change_released': decided,
  'engineering.change_canceled': decided,
} as const;

export const engineeringEventWords: Readonly<Record<keyof typeof engineeringEvents, Words>> = {
  'engineering.item_created': { en: 'Item created', zh: '新建物料' },
  'engineering.revision_created': { en: 'Revision drafted', zh: '新建版次' },
  'engineering.revision_edited': { en: 'Draft changed', zh: '编辑草稿' },
  'engineering.revision_released': { en: 'Revision released', zh: '版次发布' },
  'engineering.revision_retired': { en: 'Revision made obsolete', zh: '版次作废' },
  'engineering.change_drafted': { en: 'Change drafted', zh: '起草变更' },
  'engineering.change_edited': { en: 'Draft of the change edited', zh: '编辑变更草稿' },
  'engineering.change_submitted': { en: 'Change submitted', zh: '提交变更' },
  'engineering.change_requested': { en: 'Partner asked', zh: '请合作方答复' },
  'engineering.change_acknowledged': { en: 'Partner acknowledged', zh: '合作方已确认' },
  'engineering.change_declined': { en: 'Partner declined', zh: '合作方已拒绝' },
  'engineering.change_approved': { en: 'Change approved', zh: '批准变更' },
  'engineering.change_rejected': { en: 'Change rejected', zh: '驳回变更' },
  'engineering.change_released': { en: 'Change released', zh: '发布变更' },
  'engineering.change_canceled': { en: 'Change canceled', zh: '取消变更' },
};
