import { defineErrors } from '../errors/index.js';

export const portabilityErrors = defineErrors('portability', {
  busy: {
    status: 429,
    en: 'An export of this organization, or too many of others, are being written just now. Wait until it is done and ask again.',
    zh: '本企业的导出正在进行，或平台同时进行的导出过多。请等待完成后重试。',
  },
});
