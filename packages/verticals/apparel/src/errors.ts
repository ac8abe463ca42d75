import { defineErrors } from '@yunfab/core/errors';

export const apparelErrors = defineErrors('apparel', {
  body_refused: {
    status: 422,
    en: 'These measurements cannot be used: {measurements}. designs.draft says what is wrong with each; measure again and send them anew.',
    zh: '这组尺寸无法使用：{measurements}。designs.draft 会逐项说明原因；请重新量取后再提交。',
  },
  pattern_refused: {
    status: 422,
    en: 'No sound pattern can be drafted for this body: {at}. designs.draft says why; choose another fit or measure again.',
    zh: '无法为该体型生成合格样板：{at}。designs.draft 会说明原因；请另选版型或重新量取。',
  },
  consent_needed: {
    status: 422,
    en: 'Order {number} holds measurements of a person who has not agreed. Ask for consent, then send consent: true.',
    zh: '订单 {number} 含有未经本人同意的人体尺寸。请先征得同意，再以 consent: true 提交。',
  },
  number_taken: {
    status: 409,
    en: 'There is already an order "{number}". Choose another number.',
    zh: '已有订单“{number}”。请另选编号。',
  },
  order_unknown: {
    status: 404,
    en: 'There is no made-to-measure order {id} that you may see. Read the list for those there are.',
    zh: '没有可供您查看的定制订单 {id}。请在列表中核对。',
  },
  already_sent: {
    status: 409,
    en: 'Order {number} was sent to a factory already. Look at its shared order.',
    zh: '订单 {number} 已发给工厂。请查看对应的共享订单。',
  },
  measurements_erased: {
    status: 410,
    en: 'The measurements and the pattern of order {number} were erased, because consent was withdrawn. Measure again with consent.',
    zh: '订单 {number} 的尺寸与样板已因撤回同意而删除。请在征得同意后重新量体。',
  },
  not_sent: {
    status: 409,
    en: 'Order {number} has not been sent to a factory. Send it with madeToMeasure.send first.',
    zh: '订单 {number} 尚未发给工厂。请先用 madeToMeasure.send 发送。',
  },
  roll_taken: {
    status: 409,
    en: 'There is already a fabric roll "{code}". Choose another code.',
    zh: '已有布卷“{code}”。请另选编号。',
  },
  lay_taken: {
    status: 409,
    en: 'There is already a lay "{code}". Choose another code; lays are not changed, because runs were judged by them.',
    zh: '已有铺料计划“{code}”。请另选编号；计划不可修改，因为已有过程据此评定。',
  },
  tag_taken: {
    status: 409,
    en: 'Tag {tag} is on another garment. Take a new tag: one garment, one tag.',
    zh: '标签 {tag} 已用于另一件衣服。请换用新标签：一衣一签。',
  },
  garment_unknown: {
    status: 404,
    en: 'There is no garment with tag {tag}. Check the tag, or begin the garment with garments.begin.',
    zh: '没有标签为 {tag} 的衣服。请核对标签，或先用 garments.begin 建立。',
  },
  roll_unknown: {
    status: 404,
    en: 'There is no fabric roll "{roll}". Register it with rolls.create first.',
    zh: '没有布卷“{roll}”。请先用 rolls.create 登记。',
  },
  piece_unknown: {
    status: 422,
    en: 'Garment {tag} has no piece "{piece}"; it has {pieces}.',
    zh: '衣服 {tag} 没有裁片“{piece}”；其裁片为 {pieces}。',
  },
  shade_mixed: {
    status: 409,
    en: 'Garment {tag} would mix shade lots: {lots}. Cut the odd pieces again from one lot.',
    zh: '衣服 {tag} 将混用缸差批：{lots}。请用同一批重裁不符的裁片。',
  },
  operation_unknown: {
    status: 422,
    en: 'Garment {tag} has no operation "{operation}"; its routing has {operations}.',
    zh: '衣服 {tag} 没有工序“{operation}”；其工序为 {operations}。',
  },
  operation_waits: {
    status: 409,
    en: 'Operation {operation} of garment {tag} has to wait for {missing}. Do these first.',
    zh: '衣服 {tag} 的工序 {operation} 须等待 {missing}。请先完成这些工序。',
  },
  operation_done: {
    status: 409,
    en: 'Operation {operation} of garment {tag} is done already. Go on with {ready}.',
    zh: '衣服 {tag} 的工序 {operation} 已完成。请继续 {ready}。',
  },
  still_inside: {
    status: 409,
    en: 'Garment {tag} is still in {where}. Read its tag on the way out there first.',
    zh: '衣服 {tag} 仍在 {where}。请先在该处扫描出站。',
  },
  not_inside: {
    status: 409,
    en: 'Garment {tag} cannot leave {operation} at {station}: it is in {where}. Read its tag on the way in first.',
    zh: '衣服 {tag} 无法离开 {station} 的 {operation}：当前位于 {where}。请先扫描进站。',
  },
  not_cut: {
    status: 409,
    en: 'Garment {tag} has left cutting without its pieces. Say with garments.cut which roll they come from.',
    zh: '衣服 {tag} 未登记裁片即离开裁剪。请先用 garments.cut 登记所用布卷。',
  },
});
