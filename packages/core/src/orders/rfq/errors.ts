import { defineErrors, type ErrorDefinition } from '../../errors/index.js';
import { type InvitationObstacle, invitationObstacles, type RfqObstacle, rfqObstacles } from './states.js';
import { invitationObstacleWords, rfqObstacleWords } from './words.js';

const obstacleErrors = Object.fromEntries([
  ...rfqObstacles.map((obstacle) => [obstacle, { status: 409, ...rfqObstacleWords[obstacle] }]),
  ...invitationObstacles.map((obstacle) => [obstacle, { status: 409, ...invitationObstacleWords[obstacle] }]),
]) as Record<RfqObstacle | InvitationObstacle, ErrorDefinition>;

export const rfqErrors = defineErrors('rfq', {
  ...obstacleErrors,
  version_stale: {
    status: 409,
    en: 'The {whatEn} is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '{whatZh}当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: the {whatEn} is "{stateEn}". Possible now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：{whatZh}的状态为“{stateZh}”。当前可执行：{possibleZh}。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn} of this {whatEn}; your organization is not.',
    zh: '“{moveZh}”由此{whatZh}的{moverZh}执行，而贵企业不是。',
  },
  number_taken: {
    status: 409,
    en: 'Your organization already has an RFQ with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的询价单。请换一个编号。',
  },
  quote_number_taken: {
    status: 409,
    en: 'Your organization already has a quote with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的报价。请换一个编号。',
  },
  supplier_unknown: {
    status: 422,
    en: 'There is no organization with the code "{supplier}" on this platform. Check the code.',
    zh: '平台上没有代码为“{supplier}”的企业。请检查代码。',
  },
  supplier_suspended: {
    status: 422,
    en: 'The organization "{supplier}" is suspended and cannot quote. Invite another supplier.',
    zh: '企业“{supplier}”已被停用，不能报价。请邀请其他供应商。',
  },
  supplier_is_self: {
    status: 422,
    en: 'Your organization "{supplier}" cannot invite itself. Invite another supplier.',
    zh: '您的企业“{supplier}”不能邀请自己。请邀请其他供应商。',
  },
  already_invited: {
    status: 409,
    en: 'The organization "{supplier}" is invited to this RFQ already. Leave it out.',
    zh: '企业“{supplier}”已受邀参与此询价。请从名单中去掉。',
  },
  not_invited: {
    status: 422,
    en: 'The organization "{supplier}" is not invited to this RFQ. Invite it first, or leave it out.',
    zh: '企业“{supplier}”未受邀参与此询价。请先邀请，或从名单中去掉。',
  },
  respond_by_past: {
    status: 422,
    en: 'The response due instant {respondBy} has passed already. Choose a later one.',
    zh: '报价截止时间 {respondBy} 已过。请选择更晚的时间。',
  },
  respond_by_earlier: {
    status: 422,
    en: 'The new response due instant {respondBy} is not later than the present one, {current}. An extension gives more time.',
    zh: '新的报价截止时间 {respondBy} 不晚于当前的 {current}。延期须晚于当前截止时间。',
  },
  validity_past: {
    status: 422,
    en: 'The validity {validUntil} has passed already. Choose a later instant.',
    zh: '有效期 {validUntil} 已过。请选择更晚的时间。',
  },
  line_unknown: {
    status: 422,
    en: 'This RFQ has no line "{line}". Read it for its lines.',
    zh: '此询价单没有行“{line}”。请读取询价单查看各行。',
  },
  line_twice: {
    status: 422,
    en: 'Line "{line}" is named twice. Name every line once.',
    zh: '行“{line}”重复出现。每行只能出现一次。',
  },
  not_whole: {
    status: 422,
    en: '{value} is not a whole number, and {unit} is counted in whole numbers. Correct the value.',
    zh: '{value} 不是整数，而单位 {unit} 只能按整数计量。请更正数值。',
  },
  file_unknown: {
    status: 422,
    en: 'Your organization has no file "{name}" with the SHA-256 {sha256}. Upload it first, then name it.',
    zh: '您的企业没有 SHA-256 为 {sha256} 的文件“{name}”。请先上传，再引用。',
  },
  terms_other: {
    status: 409,
    en: 'The confidentiality terms are of version "{current}", but version "{sent}" was accepted. Read them again.',
    zh: '保密条款版本为“{current}”，而请求接受的是“{sent}”。请重新阅读。',
  },
  question_unknown: {
    status: 404,
    en: 'There is no question "{question}" that your organization could answer. Read the RFQ for its questions.',
    zh: '没有可由贵企业答复的提问“{question}”。请读取询价单查看提问。',
  },
  question_answered: {
    status: 409,
    en: 'This question has been answered already. Nothing was changed.',
    zh: '该提问已答复。未作任何更改。',
  },
  quote_expired: {
    status: 409,
    en: 'Quote "{number}" was valid until {validUntil}. Ask the supplier to renew it.',
    zh: '报价“{number}”的有效期至 {validUntil}，现已过期。请联系供应方更新报价。',
  },
  quote_revised: {
    status: 409,
    en: 'Quote "{number}" is at revision {current}, but the request names revision {sent}. Compare again.',
    zh: '报价“{number}”当前为第 {current} 版，而请求针对第 {sent} 版。请重新比价。',
  },
  quote_unknown: {
    status: 422,
    en: 'No quote "{quote}" answers this RFQ. Read the comparison for its quotes.',
    zh: '此询价单没有报价“{quote}”。请查看比价表。',
  },
  quote_twice: {
    status: 422,
    en: 'Quote "{quote}" is named twice. Each award makes one order for each quote: put its lines together.',
    zh: '报价“{quote}”重复出现。每次定标每份报价只生成一份订单，请合并各行。',
  },
  line_not_quoted: {
    status: 422,
    en: 'Quote "{number}" does not quote line {line}. Award that line to another quote.',
    zh: '报价“{number}”未对第 {line} 行报价。请将该行授予其他报价。',
  },
  below_minimum: {
    status: 422,
    en: 'Quote "{number}" supplies at least {minimum} of line {line}; {asked} were asked for. Ask for more, or choose another quote.',
    zh: '报价“{number}”第 {line} 行的最小数量为 {minimum}，而请求为 {asked}。请增加数量或选择其他报价。',
  },
  awards_more_than_asked: {
    status: 409,
    en: 'Line {line}: {left} of {asked} are not awarded yet; {wanted} were to be awarded. Award at most {left}.',
    zh: '第 {line} 行询价 {asked}，尚未定标 {left}，而请求定标 {wanted}。最多可定标 {left}。',
  },
  nothing_to_award: {
    status: 409,
    en: 'Nothing is left to award of what quote "{number}" offers. Name lines with quantities that are left.',
    zh: '报价“{number}”所报各行已无可定标数量。请指明尚有余量的行。',
  },
  amount_too_large: {
    status: 422,
    en: 'The amount of {whatEn} would be {amount}; the largest is 999999999999.999999. Split it.',
    zh: '{whatZh}的金额为 {amount}，超过上限 999999999999.999999。请拆分。',
  },
  rate_same_currency: {
    status: 422,
    en: 'A rate from {currency} to itself is always 1. Name two currencies.',
    zh: '{currency} 对自身的汇率恒为 1。请指定两种货币。',
  },
});
