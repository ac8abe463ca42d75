import { defineErrors } from '../errors/index.js';

export const equipmentErrors = defineErrors('equipment', {
  not_owner: {
    status: 403,
    en: 'The equipment "{code}" belongs to another organization; only its owner registers devices on it.',
    zh: '设备“{code}”属于其他企业；只有其所有者可以登记终端。',
  },
  device_not_found: {
    status: 404,
    en: 'Your organization has no device "{device}". Check its code.',
    zh: '您的企业没有终端“{device}”。请检查代码。',
  },
  code_taken: {
    status: 409,
    en: 'Your organization already has equipment with the code "{code}". Choose another code.',
    zh: '您的企业已有代码为“{code}”的设备。请换一个代码。',
  },
  device_taken: {
    status: 409,
    en: 'Your organization already has a device with the code "{device}". Choose another code, or rotate its token.',
    zh: '您的企业已有代码为“{device}”的终端。请换一个代码，或更换其令牌。',
  },
  broker_unreachable: {
    status: 503,
    en: 'The MQTT broker does not answer, so the device "{device}" got no new token: {problem}. Nothing was changed; try again when the broker runs.',
    zh: 'MQTT 代理没有响应，因此未为终端“{device}”发放新令牌：{problem}。未作任何更改；请在代理恢复运行后重试。',
  },
  claim_unknown: {
    status: 404,
    en: 'The code opens nothing: it was never given, was used or canceled, or has expired. Ask the owner of the device for a new one.',
    zh: '此代码无效：从未发放、已使用、已取消或已过期。请向终端所有者索取新代码。',
  },
  claim_ended: {
    status: 409,
    en: 'The claim code of the device "{device}" is {state} already. Make a new one where one is needed.',
    zh: '终端“{device}”的认领代码状态已为 {state}。如有需要，请生成新代码。',
  },
  claim_mistyped: {
    status: 422,
    en: 'That is no claim code: a sign is missing, wrong or swapped. Compare it with what you were given; it has 12 letters and digits.',
    zh: '这不是有效的认领代码：有字符缺失、错误或顺序颠倒。请核对所获代码；共 12 位字母和数字。',
  },
  command_ended: {
    status: 409,
    en: 'The command {command} is {state} already and cannot be canceled. Send another that undoes it.',
    zh: '指令 {command} 的状态已为 {state}，无法取消。请另发一条指令以撤销其效果。',
  },
  commands_waiting: {
    status: 409,
    en: '{most} commands wait for the device "{device}" already. Cancel some, or wait until it answers or they expire.',
    zh: '终端“{device}”已有 {most} 条指令在等待。请取消部分指令，或等待其应答或过期。',
  },
  configuration_stale: {
    status: 409,
    en: 'You saw version {seen} of the configuration of the device "{device}"; it has version {current} by now. Read it again, then set yours.',
    zh: '您看到的是终端“{device}”配置的第 {seen} 版；现已为第 {current} 版。请重新读取后再设置。',
  },
  command_unknown: {
    status: 422,
    en: 'The equipment takes no command "{name}". Its commands: {known}.',
    zh: '此设备没有指令“{name}”。可用指令：{known}。',
  },
  parameter_invalid: {
    status: 422,
    en: 'The parameter "{parameter}" of the command "{command}" is {value}; it takes: {expected}.',
    zh: '指令“{command}”的参数“{parameter}”为 {value}；应为：{expected}。',
  },
  setting_invalid: {
    status: 422,
    en: 'The setting "{setting}" of the device "{device}" is {value}; its equipment takes: {expected}.',
    zh: '终端“{device}”的设置项“{setting}”为 {value}；其设备接受：{expected}。',
  },
  parameters_unusable: {
    status: 422,
    en: 'What is to be sent to the device cannot be sent: {problem}. Make it smaller and flatter.',
    zh: '无法向终端发送此内容：{problem}。请减小大小和层级。',
  },
  letter_cut: {
    status: 422,
    en: 'Of the message {letter} only {kept} of {size} bytes were kept, so it cannot be replayed. Send it again in smaller parts, and discard it here.',
    zh: '消息 {letter} 共 {size} 字节，只保留了 {kept} 字节，无法重放。请分成较小的消息重新发送，并在此丢弃。',
  },
  not_operator: {
    status: 403,
    en: 'Only the organization that runs the platform reads its gateways, and yours does not. What became of your own devices’ messages: equipment.gateways.devices.',
    zh: '只有运营平台的企业可以查看网关，贵企业不是运营方。贵企业终端的消息情况请查询 equipment.gateways.devices。',
  },
  model_unknown: {
    status: 422,
    en: 'There is no equipment model "{model}". Known models: {known}.',
    zh: '没有设备型号“{model}”。已有型号：{known}。',
  },
  signal_unknown: {
    status: 422,
    en: 'The equipment gives no signal "{signal}". Its signals: {known}.',
    zh: '此设备没有信号“{signal}”。可用信号：{known}。',
  },
  range_empty: {
    status: 422,
    en: 'The range from {from} to {to} is empty; `to` must be later than `from`.',
    zh: '时间范围 {from} 至 {to} 为空；`to` 必须晚于 `from`。',
  },
  buckets_misaligned: {
    status: 422,
    en: 'Buckets of {bucketMs} ms from {from} to {to} are no whole minutes. From a minute on, `bucketMs`, `from` and `to` are multiples of 60000.',
    zh: '{from} 至 {to}、每 {bucketMs} 毫秒的分段不是整分钟。一分钟及以上时，`bucketMs`、`from` 和 `to` 必须是 60000 的倍数。',
  },
  buckets_too_many: {
    status: 422,
    en: '{buckets} buckets of {signals} signals are more than {most}. Ask for wider buckets, a shorter range or fewer signals.',
    zh: '{signals} 个信号各 {buckets} 个分段，超过上限 {most}。请加宽分段、缩短范围或减少信号。',
  },
  points_too_many: {
    status: 422,
    en: '{points} points of {signals} signals are more than {most}. Ask for fewer points or fewer signals.',
    zh: '{signals} 个信号各 {points} 个点，超过上限 {most}。请减少点数或信号。',
  },
  export_busy: {
    status: 429,
    en: 'Your organization has {most} exports of telemetry under way. Wait until one is done and ask again.',
    zh: '本企业已有 {most} 个遥测数据导出正在进行。请等待其中一个完成后重试。',
  },
});
