import { defineErrors } from '../errors/index.js';

export const verticalErrors = defineErrors('verticals', {
  refused: {
    status: 500,
    en: '{count} reason(s) not to load the verticals, the first: {first}',
    zh: '有 {count} 个原因无法加载行业插件，第一个：{first}',
  },
  unknown: {
    status: 404,
    en: 'This platform has no vertical "{vertical}". Choose one of {known}, or have the operator add it to YUNFAB_VERTICALS.',
    zh: '本平台没有行业插件“{vertical}”。请从 {known} 中选择，或请平台运营者将其加入 YUNFAB_VERTICALS。',
  },
  not_enabled: {
    status: 404,
    en: 'Your organization has not enabled the vertical "{vertical}". An administrator enables it with verticals.enable.',
    zh: '您的企业尚未启用行业插件“{vertical}”。请管理员通过 verticals.enable 启用。',
  },
  statement_refused: {
    status: 500,
    en: 'The vertical "{vertical}" sent a statement that is not let through because {reason}: {fix}.',
    zh: '行业插件“{vertical}”的语句被拒绝，原因：{reason}；处理：{fix}。',
  },
  call_ended: {
    status: 500,
    en: 'The vertical "{vertical}" used its database handle after its call had ended. Await every statement before returning.',
    zh: '行业插件“{vertical}”在调用结束后仍使用数据库句柄。请在返回前等待每条语句完成。',
  },
  event_refused: {
    status: 500,
    en: 'The vertical "{vertical}" may not write the event "{type}". Begin its type with "{vertical}.".',
    zh: '行业插件“{vertical}”不能写入事件“{type}”。事件类型须以“{vertical}.”开头。',
  },
  unsafe_schema: {
    status: 500,
    en: 'The schema {schema} would not keep organizations apart: {problems}. Correct the migrations of the vertical; nothing was enabled.',
    zh: '模式 {schema} 无法隔离各企业：{problems}。请更正该插件的迁移；未启用任何内容。',
  },
  specification_unknown: {
    status: 422,
    en: 'There is no item specification "{schema}". Use one of {known}.',
    zh: '没有名为“{schema}”的产品规格。请使用 {known} 之一。',
  },
  specification_invalid: {
    status: 422,
    en: 'The specification {schema} does not accept {field}: {problem}. Correct it and send it again.',
    zh: '规格 {schema} 不接受 {field}:{problem}。请更正后重新发送。',
  },
});
