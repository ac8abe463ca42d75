import { defineErrors } from '@yunfab/core/errors';

export const signinErrors = defineErrors('signin', {
  wrong_password: {
    status: 401,
    en: 'The e-mail address or the password is wrong. Check both and try again.',
    zh: '邮箱或密码不正确。请检查后重试。',
  },
  foreign_origin: {
    status: 403,
    en: 'This request came from another site ({origin}). Use the page of this server, or an API key.',
    zh: '此请求来自其他网站（{origin}）。请使用本服务器的页面或 API 密钥。',
  },
  organization_unnamed: {
    status: 400,
    en: 'You belong to several organizations. Name one in the header x-yunfab-organization: {organizations}.',
    zh: '您属于多个企业。请在请求头 x-yunfab-organization 中指明一个：{organizations}。',
  },
  not_a_member: {
    status: 403,
    en: 'You do not belong to the organization "{organization}". Choose one that you belong to.',
    zh: '您不属于企业“{organization}”。请选择您所属的企业。',
  },
  no_membership: {
    status: 403,
    en: 'You do not belong to any active organization. Ask an administrator of yours to add you.',
    zh: '您不属于任何有效企业。请联系企业管理员添加您。',
  },
});
