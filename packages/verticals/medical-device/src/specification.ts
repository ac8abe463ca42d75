import type { ItemSpecification } from '@yunfab/core/verticals';
import { z } from 'zod';

const schema = z.object({
  /** What it is called in the trade. */
  name: z.string().trim().min(1).max(120),
  /** Catalogue or model number. */
  model: z.string().trim().min(1).max(60),
  /** Whether each unit is delivered sterile. */
  sterile: z.boolean(),
  /** The sterilization program that was validated for it, by code. */
  program: z.string().max(40).optional(),
});

export const deviceSpecification: ItemSpecification<typeof schema> = {
  id: 'medical-device/device@1',
  words: { en: 'Medical device', zh: '医疗器械' },
  schema,
  fields: {
    name: { en: 'Name', zh: '名称' },
    model: { en: 'Model', zh: '型号' },
    sterile: { en: 'Sterile', zh: '无菌' },
    program: { en: 'Sterilization program', zh: '灭菌程序' },
  },
  summary: ({ name, model, sterile }) => `${name} ${model}${sterile ? ', sterile' : ''}`,
  example: { name: 'Surgical procedure pack', model: 'SP-24', sterile: true, program: 'wrapped-134' },
};
