import { z } from 'zod';
import type { Words } from '../../access/index.js';

const named = { code: z.string(), number: z.number().int(), sha256: z.string() };
const onOrder = { orderNumber: z.string(), version: z.number().int(), attachment: z.uuid(), ...named };

/** Bodies of what happens to terms: the first four stay with their organization, the others are read by both sides of the order. */
export const termsEvents = {
  'orders.terms_drafted': z.object({ terms: z.uuid(), ...named }),
  'orders.terms_edited': z.object({ terms: z.uuid(), ...named }),
  'orders.terms_published': z.object({ terms: z.uuid(), ...named }),
  'orders.terms_retired': z.object({ terms: z.uuid(), ...named }),
  'orders.terms_attached': z.object(onOrder),
  'orders.terms_detached': z.object(onOrder),
  'orders.terms_accepted': z.object(onOrder),
} as const;

export type TermsEventType = keyof typeof termsEvents;
export type TermsEventBody<Type extends TermsEventType> = z.infer<(typeof termsEvents)[Type]>;

export const termsEventWords: Readonly<Record<TermsEventType, Words>> = {
  'orders.terms_drafted': { en: 'Terms drafted', zh: '起草合同文本' },
  'orders.terms_edited': { en: 'Draft of terms rewritten', zh: '修改合同文本草稿' },
  'orders.terms_published': { en: 'Terms published', zh: '发布合同文本' },
  'orders.terms_retired': { en: 'Terms retired', zh: '停用合同文本' },
  'orders.terms_attached': { en: 'Terms attached', zh: '附加合同文本' },
  'orders.terms_detached': { en: 'Terms taken back', zh: '撤下合同文本' },
  'orders.terms_accepted': { en: 'Terms accepted', zh: '确认合同文本' },
};
