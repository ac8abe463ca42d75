import { defineErrors } from '../errors/index.js';

export const accessErrors = defineErrors('access', {
  unauthenticated: {
    status: 401,
    en: 'This request carries no valid sign-in or API key. Send `Authorization: Bearer yf_…` or sign in.',
    zh: '请求没有有效的登录或 API 密钥。请发送 `Authorization: Bearer yf_…` 或先登录。',
  },
  forbidden: {
    status: 403,
    en: 'This needs the permission "{permission}", which {actor} does not hold. Ask an administrator of your organization.',
    zh: '此操作需要权限“{permission}”,{actor} 没有。请联系本企业管理员。',
  },
  not_found: {
    status: 404,
    en: 'There is no {kind} "{id}" that your organization may see. Check the id.',
    zh: '没有您的企业可见的 {kind}“{id}”。请检查编号。',
  },
});
