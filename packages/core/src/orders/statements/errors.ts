import { defineErrors } from '../../errors/index.js';

export const statementErrors = defineErrors('statements', {
  version_stale: {
    status: 409,
    en: 'Statement {number} is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '对账单 {number} 当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn}; your organization is the {sideEn} of statement {number}.',
    zh: '“{moveZh}”由{moverZh}执行；您的企业是对账单 {number} 的{sideZh}。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: statement {number} is "{stateEn}". Possible now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：对账单 {number} 的状态为“{stateZh}”。当前可执行：{possibleZh}。',
  },
  line_state: {
    status: 409,
    en: '"{moveEn}" is not possible: line {line} of statement {number} is "{stateEn}". Read the statement again.',
    zh: '不能执行“{moveZh}”：对账单 {number} 第 {line} 行的状态为“{stateZh}”。请重新读取对账单。',
  },
  not_your_claim: {
    status: 403,
    en: 'Line {line} of statement {number} is a claim of the {claimantEn}, and only the {claimantEn} can leave it for later. Dispute it instead.',
    zh: '对账单 {number} 第 {line} 行由{claimantZh}主张，只能由{claimantZh}转下期。如不认可请提出异议。',
  },
  not_your_dispute: {
    status: 403,
    en: 'The other side disputes line {line} of statement {number}; only it can withdraw that. Adjust the line, or leave it for later.',
    zh: '对账单 {number} 第 {line} 行的异议由对方提出，只能由对方撤回。可调整该行或转下期。',
  },
  nothing_to_confirm: {
    status: 409,
    en: 'Your side has confirmed every line of statement {number} that can be confirmed. Wait for the other side, or settle what is disputed.',
    zh: '对账单 {number} 中贵方可确认的明细均已确认。请等待对方确认，或处理有异议的明细。',
  },
  line_unknown: {
    status: 422,
    en: 'Statement {number} has no line {line}. Read it again.',
    zh: '对账单 {number} 中没有明细 {line}。请重新读取。',
  },
  counterparty_unknown: {
    status: 422,
    en: 'There is no organization with the code "{organization}" on this platform. Check the code.',
    zh: '平台上没有代码为“{organization}”的企业。请检查代码。',
  },
  counterparty_is_self: {
    status: 422,
    en: 'Your organization "{organization}" cannot settle with itself. Name the other side.',
    zh: '您的企业“{organization}”不能与自己对账。请填写对方企业。',
  },
  period_reversed: {
    status: 422,
    en: 'The period from {from} to {to} ends before it begins. Exchange the two days.',
    zh: '对账期间 {from} 至 {to} 的结束早于开始。请调换日期。',
  },
  number_taken: {
    status: 409,
    en: 'Your organization already has a statement with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的对账单。请换一个编号。',
  },
  nothing_to_state: {
    status: 409,
    en: 'Nothing accepted up to {to} in {currency} waits to be stated between the two organizations. Choose another period or currency, or finish the open statement that holds it.',
    zh: '截至 {to}，双方之间没有待对账的 {currency} 验收数量。请换一个期间或币种，或先完成占用这些数量的对账单。',
  },
  too_many_lines: {
    status: 422,
    en: 'The period holds {lines} lines; a statement holds at most {most}. Choose a shorter period.',
    zh: '该期间共有 {lines} 行明细，一张对账单最多 {most} 行。请缩短期间。',
  },
  claimed_elsewhere: {
    status: 409,
    en: 'A shipment line of this statement was taken by another open statement just now. Draft it again.',
    zh: '本单的某发货明细刚刚被另一张对账单占用。请重新编制。',
  },
  line_outdated: {
    status: 409,
    en: 'Line {line} of statement {number} states {stated}, but only {available} of it stands accepted and not yet billed: goods were returned or an entry was reversed. Collect the statement again.',
    zh: '对账单 {number} 第 {line} 行列示 {stated}，但当前已验收且未对账的仅 {available}（期间发生退货或冲销）。请重新取数。',
  },
  quantity_unavailable: {
    status: 422,
    en: 'Line {line} cannot be {asked}: at most {available} of it stands accepted and not yet billed. State that or less.',
    zh: '第 {line} 行不能为 {asked}：已验收且未对账的最多为 {available}。请填写不超过该数量的值。',
  },
  adjusts_quantity: {
    status: 422,
    en: 'Line {line} states goods at the price of their shipment: adjust its quantity, and settle a difference in price by a deduction or an addition.',
    zh: '第 {line} 行按发货时单价列示货款：请调整数量；价格差异请以扣款或加项处理。',
  },
  adjusts_amount: {
    status: 422,
    en: 'Line {line} is a deduction or an addition: give its amount, or its quantity with the price.',
    zh: '第 {line} 行为扣款或加项：请填写金额，或填写数量和单价。',
  },
  credit_fixed: {
    status: 422,
    en: 'Line {line} credits goods that were returned, and the ledger says how much. Leave it for later, or reverse the return.',
    zh: '第 {line} 行为退货红字，数量以台账为准，不能调整。可转下期。',
  },
  evidence_missing: {
    status: 422,
    en: 'A line of the type "{typeEn}" rests on something: name the lot, the shipment line, the ledger entry or the order. Only "other" stands on its reason alone.',
    zh: '“{typeZh}”须有依据：请指明批次、发货明细、台账记录或订单。只有“其他”可仅凭理由提出。',
  },
  evidence_unknown: {
    status: 422,
    en: 'The {whatEn} {id} belongs to no order in {currency} between the two sides of this statement. Check it.',
    zh: '{whatZh} {id} 不属于双方以 {currency} 计价的订单。请检查。',
  },
  evidence_not_negative: {
    status: 422,
    en: 'Entry {id} is of the kind "{kindEn}"; a deduction rests on a rejected, conceded or returned one. Name such an entry, or the shipment line.',
    zh: '台账记录 {id} 的类型为“{kindZh}”，扣款须以拒收、让步接收或退货记录为依据。请选择此类记录或发货明细。',
  },
  amount_or_price: {
    status: 422,
    en: 'Give either the amount, or the quantity with the price of one unit.',
    zh: '请填写金额，或填写数量和单价，二者选其一。',
  },
  amount_zero: {
    status: 422,
    en: 'The amount comes to {amount} {currency}, which rounds to nothing. State at least one minor unit.',
    zh: '金额为 {amount} {currency}，取整后为零。请至少填写一个最小货币单位。',
  },
  amount_too_large: {
    status: 422,
    en: 'The amount would be {amount}; the largest is 999999999999.999999. Make several statements.',
    zh: '金额为 {amount}，超过上限 999999999999.999999。请拆分为多张对账单。',
  },
  not_whole: {
    status: 422,
    en: 'The quantity {value} is not possible: the unit {unit} is counted in whole numbers.',
    zh: '数量 {value} 无效：单位 {unit} 须为整数。',
  },
  payment_in_future: {
    status: 422,
    en: 'The payment is dated {paidOn}, which is after today, {today}. Report it when it is made.',
    zh: '付款日期 {paidOn} 晚于今天 {today}。请在付款后登记。',
  },
});
