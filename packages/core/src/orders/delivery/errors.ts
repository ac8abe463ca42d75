import { defineErrors } from '../../errors/index.js';

export const deliveryErrors = defineErrors('delivery', {
  no_gs1_prefix: {
    status: 409,
    en: 'Your organization has registered no GS1 company prefix, and an SSCC begins with one. Register the prefix that GS1 gave you, or number packages internally.',
    zh: '您的企业尚未登记 GS1 厂商识别代码，而 SSCC 须以其开头。请登记 GS1 分配的厂商识别代码，或使用内部箱号。',
  },
  sscc_exhausted: {
    status: 409,
    en: 'The GS1 company prefix {prefix} has {left} SSCC left, {asked} were asked for; none is ever used twice. Register another prefix.',
    zh: '厂商识别代码 {prefix} 仅剩 {left} 个 SSCC，而请求 {asked} 个；SSCC 不会重复使用。请登记另一个厂商识别代码。',
  },
});
