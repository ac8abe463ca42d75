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
  package_inside: {
    status: 422,
    en: 'Package {package} is said to be inside the package at place {inside}, which does not stand before it. List a package that holds others before them.',
    zh: '第 {package} 个包装所指的外层包装（位置 {inside}）不在其前面。请将外层包装列在内层之前。',
  },
  package_empty: {
    status: 422,
    en: 'Package {package} holds neither goods nor other packages. Say what is in it, or leave it out.',
    zh: '第 {package} 个包装内既无货物也无其他包装。请填写内容，或删除该包装。',
  },
  package_line: {
    status: 422,
    en: 'Package {package} names line {line} of the shipment, which has {lines} lines counted from 0. Correct the number.',
    zh: '第 {package} 个包装引用了发货第 {line} 行，而该发货只有 {lines} 行（从 0 起计）。请更正。',
  },
  packed_differs: {
    status: 422,
    en: 'Of line {line} {shipped} {unit} are shipped, but the packages hold {packed}. Pack exactly what is shipped.',
    zh: '第 {line} 行发货 {shipped} {unit}，而各包装合计 {packed}。装箱数量须与发货数量一致。',
  },
  content_twice: {
    status: 422,
    en: 'A package names line {line} of the shipment twice. Add the quantities up.',
    zh: '同一包装中第 {line} 行出现两次。请合并数量。',
  },
  serials_differ: {
    status: 422,
    en: 'Package {package} names {serials} serial numbers for a quantity of {quantity}. Name one for each piece, or none.',
    zh: '第 {package} 个包装列出 {serials} 个序列号，而数量为 {quantity}。请逐件列出，或不列。',
  },
  serial_twice: {
    status: 422,
    en: 'The serial number "{serial}" stands in two places of the packing list. A unit is in one package.',
    zh: '序列号“{serial}”在装箱单中出现两次。一件只能在一个包装内。',
  },
  serial_not_shipped: {
    status: 422,
    en: 'The unit "{serial}" is packed, but not shipped with line {line}. Name the units that go.',
    zh: '装箱单中的单件“{serial}”未随第 {line} 行发货。请核对发货单件。',
  },
  package_number_taken: {
    status: 409,
    en: 'Your organization has already used the package number "{number}". Choose another; an SSCC is never used again.',
    zh: '您的企业已使用过包装编号“{number}”。请换一个；SSCC 不得重复使用。',
  },
  already_claimed: {
    status: 409,
    en: 'Line {line}: {left} are underway and not claimed as missing (shipped {shipped}, received {received}, claimed {claimed}); {asked} were asked for. Withdraw the claim first if the goods have turned up.',
    zh: '第 {line} 行在途且未报短少的数量为 {left}（已发 {shipped}，已收 {received}，已报短少 {claimed}），而请求为 {asked}。如货物已找到，请先撤回短少记录。',
  },
  nothing_told: {
    status: 422,
    en: 'Line {line} is given without a quantity that came, is missing, is too much or is damaged. Give one, or leave the line out.',
    zh: '第 {line} 行未填写实收、短少、多到或破损数量。请填写其一，或不列该行。',
  },
  more_damaged: {
    status: 422,
    en: 'Line {line}: {damaged} are said to be damaged of {received} that came. What did not come is a shortage.',
    zh: '第 {line} 行实收 {received}，破损却为 {damaged}。未到的部分请记为短少。',
  },
  difference_unknown: {
    status: 422,
    en: 'This order has no receipt difference "{difference}". Read its shipment for them.',
    zh: '此订单没有收货差异“{difference}”。请查看其发货单。',
  },
  difference_state: {
    status: 409,
    en: 'The receipt difference is "{stateEn}"; "{moveEn}" is not possible then, or belongs to the other side.',
    zh: '收货差异状态为“{stateZh}”，不能执行“{moveZh}”，或该操作属于对方。',
  },
  order_not_delivering: {
    status: 409,
    en: 'The order is {stateEn}; receipt differences are answered while it is in delivery, on hold, in dispute or in default.',
    zh: '订单状态为“{stateZh}”；只有在交付中、暂停、争议或违约状态下才能处理收货差异。',
  },
  sample_fails: {
    status: 422,
    en: '{nonconforming} items of the sample are nonconforming, and the plan accepts {acceptAt} at most, so that {accepted} cannot simply be accepted. Reject, or accept under concession.',
    zh: '样本中有 {nonconforming} 件不合格，而方案最多允许 {acceptAt} 件，因此不能直接验收 {accepted}。请拒收或让步接收。',
  },
  code_letter_differs: {
    status: 422,
    en: 'A lot of {lotSize} has the code letter {right} at general inspection level II, not {given}. Correct the plan, or name another standard or level.',
    zh: '批量 {lotSize} 在一般检验水平 II 下的字码为 {right}，而不是 {given}。请更正方案，或注明其他标准或水平。',
  },
  returns_more: {
    status: 409,
    en: 'Line {line}: {left} are accepted and still here (accepted {accepted}, conceded {conceded}, returned {returned}); {asked} were asked for. Return at most {left}.',
    zh: '第 {line} 行可退数量为 {left}（合格 {accepted}，让步接收 {conceded}，已退 {returned}），而请求退货 {asked}。最多可退 {left}。',
  },
});
