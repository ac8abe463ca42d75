import { defineVertical } from '@yunfab/core/verticals';

/** The medical devices cloud. */
export const medicalDevice = defineVertical({
  id: 'medical-device',
  version: '0.1.0',
  platform: '^0.1.0',
  words: {
    name: { en: 'Medical devices', zh: '医疗器械' },
    description: {
      en: 'Sterilisation released by F0, device identification of all issuers, use at the hospital',
      zh: '以 F0 放行灭菌、各发码机构的医疗器械唯一标识、院内使用追溯',
    },
  },
});
