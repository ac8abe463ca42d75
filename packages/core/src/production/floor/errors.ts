import { defineErrors } from '../../errors/index.js';

export const floorErrors = defineErrors('floor', {
  code_unknown: {
    status: 404,
    en: 'Nothing of your organization has the code "{code}". Scan it again, or type what is printed below the bars.',
    zh: '贵企业没有代码为“{code}”的对象。请重新扫描，或输入条码下方印刷的代码。',
  },
  pin_wrong: {
    status: 401,
    en: 'Badge "{badge}" with this PIN is not known. Check both and try again.',
    zh: '工牌“{badge}”与该 PIN 码不匹配。请核对后重试。',
  },
  badge_locked: {
    status: 429,
    en: 'Badge "{badge}" had too many wrong PINs and is locked until {until}. Wait, or have its PIN set anew.',
    zh: '工牌“{badge}”的 PIN 码错误次数过多，锁定至 {until}。请等待或重设 PIN 码。',
  },
  token_ended: {
    status: 401,
    en: 'This identification is over after {minutes} minutes without a move, or its badge was revoked. Scan the badge and enter the PIN again.',
    zh: '身份识别已失效（{minutes} 分钟无操作或工牌已作废）。请重新扫描工牌并输入 PIN 码。',
  },
  badge_unknown: {
    status: 404,
    en: 'Your organization has no badge "{badge}". Read the list of badges.',
    zh: '贵企业没有工牌“{badge}”。请查看工牌清单。',
  },
  badge_taken: {
    status: 409,
    en: 'Your organization already has a badge with the code "{code}". Choose another, or leave it out to have one made.',
    zh: '贵企业已有代码为“{code}”的工牌。请换一个代码，或留空由系统生成。',
  },
  badge_revoked: {
    status: 409,
    en: 'Badge "{badge}" is revoked and gets no new PIN. Create another for this person.',
    zh: '工牌“{badge}”已作废，不能重设 PIN 码。请为此人新建工牌。',
  },
  reason_taken: {
    status: 409,
    en: 'Your organization already has a reason with the code "{code}". Choose another code.',
    zh: '贵企业已有代码为“{code}”的原因。请换一个代码。',
  },
  too_many_reasons: {
    status: 422,
    en: 'Your organization has {most} reasons already; nobody finds theirs among more. Use one of them.',
    zh: '贵企业已有 {most} 个原因代码，再多将难以选择。请使用现有代码。',
  },
});
