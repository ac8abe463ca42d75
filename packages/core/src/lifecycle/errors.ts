import { defineErrors } from '../errors/index.js';

export const lifecycleErrors = defineErrors('lifecycle', {
  version_stale: {
    status: 409,
    en: 'The lot is at version {current}, but the request was made from version {sent}. Read it again and repeat the change.',
    zh: '批次当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  not_the_maker: {
    status: 403,
    en: 'Only the maker of lot "{lot}" may change it. Ask the maker.',
    zh: '只有批次“{lot}”的生产方可以更改它。请联系生产方。',
  },
  wrong_state: {
    status: 409,
    en: 'Lot "{lot}" is {state}; {event} is not possible then. Look at its state first.',
    zh: '批次“{lot}”的状态为 {state}，不能执行 {event}。请先查看其状态。',
  },
  code_taken: {
    status: 409,
    en: 'Your organization already has a lot with the code "{code}". Choose another code.',
    zh: '您的企业已有代码为“{code}”的批次。请换一个代码。',
  },
  gate_failed: {
    status: 409,
    en: 'Lot "{lot}" cannot be released: {failed} of {asked} conditions do not hold ({firstEn}). See the findings.',
    zh: '批次“{lot}”不能放行：{asked} 项条件中有 {failed} 项不满足（{firstZh}）。请查看各项结果。',
  },
  not_released: {
    status: 409,
    en: 'Lot "{lot}" is {state} and only released lots can be shipped. Release it first.',
    zh: '批次“{lot}”的状态为 {state}，只有已放行的批次可以发货。请先放行。',
  },
  holds_less: {
    status: 409,
    en: 'Of lot "{lot}" {left} {unit} are left, neither shipped nor used; {asked} were asked for. Ask for at most {left}.',
    zh: '批次“{lot}”尚余 {left} {unit} 未发运、未使用，而请求为 {asked}。最多可取 {left}。',
  },
  lot_blocked: {
    status: 409,
    en: 'Lot "{lot}" is blocked: nothing of it may be used or shipped. Ask its maker to lift the hold.',
    zh: '批次“{lot}”已冻结：不得使用或发运。请联系其生产方解冻。',
  },
  not_held: {
    status: 403,
    en: 'Your organization does not hold "{thing}". Only who holds it may record this.',
    zh: '“{thing}”不在您的企业手中。只有持有方可以作此记录。',
  },
  serial_taken: {
    status: 409,
    en: 'Your organization already has a unit with the serial number "{serial}" (item {item}). Give each unit a serial number of its own.',
    zh: '您的企业已有序列号为“{serial}”的单件（物料 {item}）。请为每个单件编不同的序列号。',
  },
  units_exceed_lot: {
    status: 409,
    en: 'Lot "{lot}" is closed with {quantity}; {units} units would be more than that. Give serial numbers to at most {quantity}.',
    zh: '批次“{lot}”结批数量为 {quantity}，{units} 个单件超出该数量。最多可为 {quantity} 件编号。',
  },
  units_to_name: {
    status: 409,
    en: 'Lot "{lot}" has {units} units with serial numbers, {left} left, and {taken} were asked for. Name the units, so that it is known which ones.',
    zh: '批次“{lot}”有 {units} 个编有序列号的单件，尚余 {left}，而请求为 {taken}。请指明具体单件，以便追溯。',
  },
  units_not_of_lot: {
    status: 409,
    en: 'The {named} units that were named do not make up {taken} of lot "{lot}" that are ready to ship ("{unit}"). Name each released unit of the lot once.',
    zh: '所指明的 {named} 个单件与批次“{lot}”可发运的 {taken} 不符（“{unit}”）。请逐一指明该批次已放行的单件。',
  },
  unit_wrong_state: {
    status: 409,
    en: 'Unit "{unit}" is {state}; {event} is not possible then. Look at its state first.',
    zh: '单件“{unit}”的状态为 {state}，不能执行 {event}。请先查看其状态。',
  },
  identifier_taken: {
    status: 409,
    en: 'Your organization has already given "{value}" in the scheme {scheme}. One value names one thing; choose another.',
    zh: '您的企业已在 {scheme} 体系中使用“{value}”。一个值只能标识一个对象，请换一个。',
  },
  identifier_of_one: {
    status: 400,
    en: 'A value of the scheme {scheme} names one thing, but "{value}" was given to {things}. Give each its own, or use a scheme that names the class (gtin, batch).',
    zh: '{scheme} 体系的值只标识一个对象，而“{value}”被赋予了 {things} 个。请分别赋值，或使用类别级体系（gtin、batch）。',
  },
  activity_shape: {
    status: 400,
    en: 'An activity of the kind {kind} does not have {inputs} inputs and {outputs} outputs. See which it takes.',
    zh: '“{kind}”类活动不能有 {inputs} 个投入和 {outputs} 个产出。请查看该类活动的要求。',
  },
  receiver_of_shipment: {
    status: 400,
    en: 'The receiver belongs to the kind shipped and to no other; this one is {kind}. Name whom it is shipped to, or nobody.',
    zh: '只有“shipped”类活动有且必须有收货方；本活动为 {kind}。请指明收货方，或不填。',
  },
  activity_in_future: {
    status: 400,
    en: 'The activity is dated {at}, after now ({now}). Record it when it has happened.',
    zh: '活动时间 {at} 晚于当前时间（{now}）。请在发生后再记录。',
  },
  named_twice: {
    status: 400,
    en: '"{thing}" is named twice in the activity. Name a unit once, and nothing both as an input and as an output.',
    zh: '“{thing}”在活动中出现两次。单件只能出现一次，且不能既是投入又是产出。',
  },
  unit_is_one: {
    status: 400,
    en: 'Unit "{unit}" is one piece; its quantity cannot be {quantity}. Leave the quantity out.',
    zh: '单件“{unit}”为一件，数量不能为 {quantity}。请不要填写数量。',
  },
  not_whole: {
    status: 400,
    en: '{value} is not a whole number of {unit}. Give a whole number.',
    zh: '{value} 不是整数（单位 {unit}）。请填写整数。',
  },
  quantity_missing: {
    status: 400,
    en: 'How much of lot "{lot}" is not said. Give the quantity in the unit of the lot.',
    zh: '未说明批次“{lot}”的数量。请按批次单位填写数量。',
  },
  units_differ: {
    status: 400,
    en: 'What is {kind} has to be measured in one unit, but {units} were named. Use lots of one unit.',
    zh: '“{kind}”类活动须使用同一计量单位，而出现了 {units}。请使用同一单位的批次。',
  },
  items_differ: {
    status: 409,
    en: 'Lots "{lot}" and "{other}" are of different items and cannot become one. Merge lots of one item.',
    zh: '批次“{lot}”与“{other}”的物料不同，不能合并。请合并同一物料的批次。',
  },
  more_than_went_in: {
    status: 409,
    en: '{out} would come out of {into} that went in; what is {kind} does not grow. Correct the quantities.',
    zh: '投入 {into}，产出却为 {out}；“{kind}”不会增加数量。请更正数量。',
  },
  would_contain_itself: {
    status: 409,
    en: '"{thing}" already comes from what it would become part of. Check what went into what.',
    zh: '“{thing}”本就源自其将要成为其组成部分的对象。请核对投入与产出。',
  },
  not_installed: {
    status: 409,
    en: '"{part}" is installed, but not directly in "{whole}". Take it out of what it sits in.',
    zh: '“{part}”已装入其他对象，并非直接装在“{whole}”中。请从其所在的对象中拆下。',
  },
});
