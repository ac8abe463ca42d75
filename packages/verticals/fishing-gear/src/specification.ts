import type { ItemSpecification, SpecificationValue } from '@yunfab/core/verticals';
import { z } from 'zod';

const schema = z.object({
  /** Code of the maker's blank design. */
  design: z.string().trim().min(1).max(40),
  length: z.number().min(200).max(15_000),
  sections: z.number().int().min(1).max(12),
  /** Effective rod number by Common Cents. */
  ern: z.number().min(0.5).max(25),
  ern_tolerance: z.number().min(0.05).max(3).default(0.3),
  /** Degrees of the tip at a deflection of a third of the length. */
  action_angle: z.number().min(20).max(89),
  action_angle_tolerance: z.number().min(0.2).max(20).default(3),
  finish: z.string().max(60).optional(),
});
export type BlankSpecification = z.output<typeof schema>;

export const blankSpecification: ItemSpecification<typeof schema> = {
  id: 'fishing-gear/blank@1',
  words: { en: 'Rod blank', zh: '竿坯' },
  schema,
  fields: {
    design: { en: 'Design', zh: '设计' },
    length: { en: 'Length, mm', zh: '长度（mm）' },
    sections: { en: 'Sections', zh: '节数' },
    ern: { en: 'Effective rod number', zh: '有效竿号 ERN' },
    ern_tolerance: { en: 'ERN tolerance, ±', zh: 'ERN 公差（±）' },
    action_angle: { en: 'Action angle, °', zh: '调性角（°）' },
    action_angle_tolerance: { en: 'Action angle tolerance, ±°', zh: '调性角公差（±°）' },
    finish: { en: 'Finish', zh: '表面' },
  },
  summary: ({ design, length, sections, ern, action_angle }) => `${design} ${length} mm / ${sections}, ERN ${ern}, AA ${action_angle}°`,
  example: { design: 'FLY-905-4', length: 2650, sections: 4, ern: 5.3, action_angle: 65 },
};

/** What an order line asks of a blank; null for another kind of line. */
export function orderedBlank(specification: SpecificationValue | null): BlankSpecification | null {
  if (specification?.schema !== blankSpecification.id) return null;
  return schema.safeParse(specification.value).data ?? null;
}
