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
    zh: '此操作需要权限“{permission}”，{actor} 没有。请联系本企业管理员。',
  },
  not_found: {
    status: 404,
    en: 'There is no {kind} "{id}" that your organization may see. Check the id.',
    zh: '没有您的企业可见的 {kind}“{id}”。请检查编号。',
  },
  code_invalid: {
    status: 422,
    en: '"{code}" cannot be an organization code. Use 1 to 40 of a-z, 0-9 and "-".',
    zh: '“{code}”不能作为企业代码。请使用 1 至 40 位 a-z、0-9 和“-”。',
  },
  identifier_invalid: {
    status: 422,
    en: 'The organization cannot be registered: {problem}. Correct it and try again.',
    zh: '无法登记企业：{problemZh}。请更正后重试。',
  },
  organization_exists: {
    status: 409,
    en: 'An organization with the code "{code}" or the identifier "{identifier}" is already registered. Use another code, or the registered organization.',
    zh: '代码“{code}”或标识“{identifier}”的企业已登记。请使用其他代码，或使用已登记的企业。',
  },
  scope_unknown: {
    status: 422,
    en: 'There is no permission "{scope}". Use the name of a declared permission, a feature such as "orders.*", or "*".',
    zh: '没有权限“{scope}”。请使用已声明的权限名、功能（如“orders.*”）或“*”。',
  },
  scope_not_held: {
    status: 403,
    en: '{actor} does not hold "{scope}" and so cannot give it. Leave it out, or ask an administrator.',
    zh: '{actor} 没有“{scope}”，因此不能授予。请去掉该项，或联系管理员。',
  },
  expiry_past: {
    status: 422,
    en: 'The end {expiresAt} is not in the future. Choose a later one.',
    zh: '结束时间 {expiresAt} 不在将来。请选择更晚的时间。',
  },
  last_administrator: {
    status: 409,
    en: 'This is the last administrator of the organization. Make another member an administrator first.',
    zh: '这是企业的最后一位管理员。请先将其他成员设为管理员。',
  },
  member_exists: {
    status: 409,
    en: '{email} is already a member of your organization. Change the roles instead.',
    zh: '{email} 已是本企业成员。请改为修改角色。',
  },
  email_taken: {
    status: 409,
    en: 'The address {email} already belongs to another sign-in. Sign in with that one.',
    zh: '邮箱 {email} 已属于另一个登录账户。请用该账户登录。',
  },
  only_parties_share: {
    status: 403,
    en: 'Your organization may read this record but is no party to it, so it cannot share it. Ask a party to share it.',
    zh: '您的企业可以查看此记录，但不是当事方，因此不能共享。请由当事方共享。',
  },
  already_sees: {
    status: 409,
    en: '{organization} is a party to this record or already holds a grant for it. Revoke that grant first to change it.',
    zh: '{organization} 已是此记录的当事方或已获授权。如需更改，请先撤销该授权。',
  },
});
