import { defineErrors } from '../errors/index.js';

export const eventsErrors = defineErrors('events', {
  checkpoint_invalid: {
    status: 422,
    en: 'This checkpoint was not signed by the given key, or it was changed. Use the token exactly as it was published, with the key published beside it.',
    zh: '此检查点不是由给定密钥签名，或已被更改。请原样使用所发布的令牌及其公布的密钥。',
  },
});
