import { defineVertical } from '@yunfab/core/verticals';

/** The fishing gear cloud. */
export const fishingGear = defineVertical({
  id: 'fishing-gear',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Fishing gear', zh: '鱼竿渔具' },
    description: {
      en: 'Rod blanks from lay-up to bend test, fair leads and landed quotations',
      zh: '从铺层到弯曲测试的竿坯、展会线索与到岸报价',
    },
  },
});
