import { z } from 'zod';
import type { Words } from '../access/index.js';
import { fileRoles } from './roles.js';

const body = z.object({
  attachment: z.uuid(),
  sha256: z.string(),
  name: z.string(),
  role: z.enum(fileRoles),
  revision: z.string().nullable(),
});

/** Every event type of files with its body; each is on the record that names the file, for everyone who sees that record. */
export const fileEvents = {
  'files.attached': body.extend({ size: z.number().int(), replaces: z.uuid().nullable() }),
  'files.detached': body.extend({ reason: z.string().nullable() }),
} as const;

export const fileEventWords: Readonly<Record<keyof typeof fileEvents, Words>> = {
  'files.attached': { en: 'File attached', zh: '添加附件' },
  'files.detached': { en: 'File withdrawn', zh: '撤下附件' },
};
