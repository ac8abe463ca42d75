import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, lineText, pageInput, pageOf, versionSchema, wordsSchema } from '../../commands/index.js';
import { leadMoves, leadSources, leadStates } from './states.js';

const note = z.string().trim().max(2000);
const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as "DE"');
const tokenSchema = z.string().regex(/^[\w-]{22}$/, 'must be the token of a campaign: 22 characters');

export const openCampaignInput = z
  .object({
    code: lineText(40),
    name: lineText(120),
    source: z.enum(leadSources).default('fair'),
    /** Of a fair that returns: `2026 spring`. */
    edition: lineText(60).optional(),
    booth: lineText(60).optional(),
    startsOn: dateSchema,
    endsOn: dateSchema,
  })
  .refine(({ startsOn, endsOn }) => endsOn >= startsOn, { path: ['endsOn'], message: 'a campaign ends after it starts' });

export const campaignSchema = z.object({
  id: idSchema,
  code: z.string(),
  name: z.string(),
  source: z.enum(leadSources),
  sourceWords: wordsSchema,
  edition: z.string().nullable(),
  booth: z.string().nullable(),
  startsOn: dateSchema,
  endsOn: dateSchema,
  /** What the booth's code carries. Whoever reads it learns nothing, and takes leads only for their own organization. */
  token: tokenSchema,
  createdAt: instantSchema,
});
export type CampaignView = z.infer<typeof campaignSchema>;
export const campaignListInput = z.object(pageInput);
export const campaignPageSchema = pageOf(campaignSchema);

/** One lead as the device at the booth took it, with or without a network. */
export const capturedLeadSchema = z
  .object({
    /** Made once by the device; the same lead sent again, by whatever way, is not taken twice. */
    key: idSchema,
    /** Token of the campaign; left out when there was none. */
    campaign: tokenSchema.optional(),
    source: z.enum(leadSources).optional(),
    capturedAt: instantSchema,
    company: lineText(120).optional(),
    country: countrySchema.optional(),
    interest: lineText(500),
    /** The person agreed that their contact is kept to answer them. */
    consent: z.boolean().default(false),
    contactName: lineText(120).optional(),
    email: z.email().max(254).optional(),
    phone: lineText(40).optional(),
    followUpOn: dateSchema.optional(),
    note: note.optional(),
  })
  .refine(({ consent, contactName, email, phone }) => consent || (!contactName && !email && !phone), {
    path: ['consent'],
    message: 'a name, an e-mail address or a phone number is kept only with the consent of the person',
  });
export const captureInput = z.object({ leads: z.array(capturedLeadSchema).min(1).max(100) });
export type CapturedLead = z.output<typeof capturedLeadSchema>;

export const capturedSchema = z.object({
  leads: z.array(z.object({ key: idSchema, lead: idSchema, /** False when it had been taken before. */ created: z.boolean() })),
});

export const leadIdInput = z.object({ lead: idSchema });
export const leadListInput = z.object({
  ...pageInput,
  state: z.enum(leadStates).optional(),
  campaign: idSchema.optional(),
  /** Open leads that are to be followed up on or before this day. */
  dueBy: dateSchema.optional(),
});
export const moveLeadInput = z
  .object({ lead: idSchema, version: versionSchema, move: z.enum(leadMoves), reason: lineText(500).optional() })
  .refine(({ move, reason }) => move !== 'lose' || reason !== undefined, { path: ['reason'], message: 'say why the lead is lost' });
export const followLeadInput = z.object({
  lead: idSchema,
  version: versionSchema,
  /** Who follows it, by name. */
  owner: lineText(120).nullable().optional(),
  followUpOn: dateSchema.nullable().optional(),
  note: note.nullable().optional(),
});
export const withdrawLeadConsentInput = z.object({ lead: idSchema, version: versionSchema });

export const leadSchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(leadStates),
  stateWords: wordsSchema,
  source: z.enum(leadSources),
  sourceWords: wordsSchema,
  campaign: z.object({ id: idSchema, code: z.string(), name: z.string() }).nullable(),
  company: z.string().nullable(),
  country: z.string().nullable(),
  interest: z.string(),
  /** Null without the consent of the person. */
  contact: z.object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  consentedAt: instantSchema.nullable(),
  consentWithdrawnAt: instantSchema.nullable(),
  owner: z.string().nullable(),
  followUpOn: dateSchema.nullable(),
  note: z.string().nullable(),
  reason: z.string().nullable(),
  capturedAt: instantSchema,
  createdAt: instantSchema,
  changedAt: instantSchema,
  moves: z.array(z.object({ move: z.enum(leadMoves), words: wordsSchema })),
});
export type LeadView = z.infer<typeof leadSchema>;
export const leadPageSchema = pageOf(leadSchema);

export const leadDetailSchema = leadSchema.extend({
  history: z.array(
    z.object({
      move: z.enum(leadMoves),
      words: wordsSchema,
      from: z.enum(leadStates),
      to: z.enum(leadStates),
      reason: z.string().nullable(),
      by: z.string(),
      at: instantSchema,
    }),
  ),
});

export const funnelInput = z.object({ campaign: idSchema.optional() });
/** How many leads ever reached each state. */
export const funnelSchema = z.object({
  captured: z.number().int(),
  contacted: z.number().int(),
  sampled: z.number().int(),
  quoted: z.number().int(),
  won: z.number().int(),
  lost: z.number().int(),
});
