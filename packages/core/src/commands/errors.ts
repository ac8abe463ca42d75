import { defineErrors } from '../errors/index.js';

export const requestErrors = defineErrors('request', {
  invalid: {
    status: 400,
    en: '{field}: {problem}. Correct it and send the request again.',
    zh: '{field}:{problem}。请更正后重新发送。',
  },
  not_found: {
    status: 404,
    en: 'There is no {kind} with this id that your organization may see. Check the id.',
    zh: '没有您的企业可见的此编号 {kind}。请检查编号。',
  },
  too_large: {
    status: 413,
    en: 'The request is larger than the server accepts. Send less at once.',
    zh: '请求超过服务器允许的大小。请分批发送。',
  },
  too_many: {
    status: 429,
    en: 'Too many requests. Wait {seconds} s and try again.',
    zh: '请求过多。请等待 {seconds} 秒后重试。',
  },
  unknown_procedure: {
    status: 404,
    en: 'There is no {path} here. See /api/docs for what there is.',
    zh: '此处没有 {path}。可用接口见 /api/docs。',
  },
  idempotency_key_missing: {
    status: 400,
    en: 'Every change needs the header Idempotency-Key (1 to 200 characters, one per change). Add it and send again.',
    zh: '每个变更请求都需要 Idempotency-Key 请求头（1 至 200 个字符，每次变更一个）。请添加后重新发送。',
  },
  idempotency_conflict: {
    status: 409,
    en: 'The Idempotency-Key "{key}" was already used for another body. Use a new key for a new change.',
    zh: 'Idempotency-Key“{key}”已用于其他内容。新的变更请使用新的键。',
  },
  unavailable: {
    status: 503,
    en: 'The platform cannot reach its database just now. Nothing was changed; try again shortly.',
    zh: '平台暂时无法连接数据库。未作任何更改，请稍后重试。',
  },
  internal: {
    status: 500,
    en: 'Something went wrong on our side. Report the request id {requestId}.',
    zh: '平台内部出错。请报告请求编号 {requestId}。',
  },
});
