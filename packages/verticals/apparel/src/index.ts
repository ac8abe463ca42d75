import { defineVertical } from '@yunfab/core/verticals';

/** The custom apparel cloud. */
export const apparel = defineVertical({
  id: 'apparel',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Custom apparel', zh: '服装个性化定制' },
    description: {
      en: 'Body to validated pattern, exact marker making, one tagged garment through its own routing',
      zh: '从人体到校验样板、精确排料、一衣一签的个性化工序',
    },
  },
});
