import { defineErrors } from '../../errors/index.js';

export const importsErrors = defineErrors('imports', {
  too_large: {
    status: 413,
    en: 'The file has {size} bytes; at most {most} are read at once. Split it, or leave out columns that nobody needs.',
    zh: '文件大小为 {size} 字节，一次最多读取 {most} 字节。请拆分文件，或去掉不需要的列。',
  },
  too_many: {
    status: 422,
    en: 'The file has more than {most} {whatEn}. Split it and import the parts one after the other.',
    zh: '文件中的{whatZh}超过 {most}。请拆分后依次导入。',
  },
  unreadable: {
    status: 422,
    en: 'The file cannot be read as a table: {problemEn}. Save it as CSV (UTF-8 or GB18030) or as XLSX.',
    zh: '无法将文件读取为表格：{problemZh}。请保存为 CSV（UTF-8 或 GB18030）或 XLSX。',
  },
  no_rows: {
    status: 422,
    en: 'The file has no rows below its headings. Put the headings in the first row and the data below.',
    zh: '表头下方没有数据行。请在第一行填写表头，其下填写数据。',
  },
  column_unknown: {
    status: 422,
    en: 'The mapping names column {column}, but the file has {columns} columns. Choose one of them.',
    zh: '映射指定了第 {column} 列，但文件只有 {columns} 列。请选择其中一列。',
  },
  column_missing: {
    status: 422,
    en: 'No column is mapped to "{fieldEn}". Map one, or give one value for all rows.',
    zh: '没有列对应“{fieldZh}”。请指定一列，或为所有行填写同一个值。',
  },
  value_missing: { status: 422, en: '"{fieldEn}" is empty. Fill it in.', zh: '“{fieldZh}”为空。请填写。' },
  value_invalid: {
    status: 422,
    en: '"{value}" is no valid {fieldEn}: {problem}. Correct it.',
    zh: '“{value}”不是有效的{fieldZh}：{problem}。请更正。',
  },
  number_unclear: { status: 422, en: '"{value}" is not a number. Write it like 1234.5.', zh: '“{value}”不是数字。请写成 1234.5 的形式。' },
  decimal_comma: {
    status: 422,
    en: '"{value}" has a decimal comma, which elsewhere divides thousands. Write it with a point, like 12.5.',
    zh: '“{value}”使用了小数逗号，易与千位分隔符混淆。请用小数点书写，如 12.5。',
  },
  date_unclear: {
    status: 422,
    en: '"{value}" is not a day that can only be read one way. Write it like 2026-12-31.',
    zh: '“{value}”不是含义唯一的日期。请写成 2026-12-31 的形式。',
  },
  unit_unknown: {
    status: 422,
    en: '"{value}" is no unit that orders are written in. Use one of: {known}.',
    zh: '“{value}”不是可用的计量单位。可用：{known}。',
  },
  currency_unknown: {
    status: 422,
    en: '"{value}" is no currency that orders are written in. Use one of: {known}.',
    zh: '“{value}”不是可用的币种。可用：{known}。',
  },
  supplier_unknown: {
    status: 422,
    en: 'No active organization has the code, identifier or exact name "{value}". Look it up in the register.',
    zh: '没有代码、统一社会信用代码或全称为“{value}”的有效企业。请在企业名录中查找。',
  },
  supplier_unclear: {
    status: 422,
    en: 'Several organizations are called "{value}". Write the code of the one that is meant.',
    zh: '有多家企业名为“{value}”。请填写所指企业的代码。',
  },
  rows_differ: {
    status: 422,
    en: 'Rows of the order "{number}" say different things under "{fieldEn}": "{value}" here, "{first}" in row {row}. Make them equal.',
    zh: '订单“{number}”各行的“{fieldZh}”不一致：此处为“{value}”，第 {row} 行为“{first}”。请改为一致。',
  },
  number_twice: {
    status: 422,
    en: '"{value}" stands in row {row}, too. Give each order one row.',
    zh: '“{value}”在第 {row} 行已出现。每张订单只能占一行。',
  },
  number_taken: {
    status: 422,
    en: 'Another order of your organization has the number "{value}". Choose another number.',
    zh: '贵方另一订单已使用编号“{value}”。请换一个编号。',
  },
  order_unknown: {
    status: 422,
    en: 'Your organization has no order with the number "{value}". Check the number.',
    zh: '您的企业没有编号为“{value}”的订单。请检查编号。',
  },
  order_unclear: {
    status: 422,
    en: 'Several of your customers gave an order the number "{value}". Annotate them one by one, by their ids.',
    zh: '有多个客户的订单编号为“{value}”。请按订单逐一维护。',
  },
  rest_refused: {
    status: 409,
    en: 'Nothing of this order was written, because another of its rows, or of the file, was refused.',
    zh: '由于该订单的其他行或文件中的其他行被拒绝，此订单未写入任何内容。',
  },
  not_yours: {
    status: 409,
    en: 'The number "{number}" belongs to an order in which your organization is the supplier. Choose another number.',
    zh: '编号“{number}”属于贵方作为供应方的订单。请换一个编号。',
  },
  agreed: {
    status: 409,
    en: 'The order "{number}" is {stateEn}: it no longer changes on one side’s word ({fields}). Propose a change order instead.',
    zh: '订单“{number}”的状态为“{stateZh}”，不能再由单方修改（{fields}）。请改为提出变更单。',
  },
  awarded: {
    status: 409,
    en: 'The order "{number}" stands as its quote was awarded ({fields} would differ). Withdraw it and award anew, or propose a change order once it is accepted.',
    zh: '订单“{number}”以定标的报价为准（{fields}会不同）。请撤回后重新定标，或在确认后提出变更单。',
  },
  passed_on: {
    status: 409,
    en: 'The order "{number}" passes on a part of another ({fields} would differ). Withdraw it and pass the part on anew.',
    zh: '订单“{number}”承接了另一订单的分包数量（{fields}会不同）。请撤回后重新分包。',
  },
  fixed: {
    status: 409,
    en: 'The order "{number}" was proposed with another {fieldEn} ("{was}"), which an order keeps. Withdraw it and propose another under a new number.',
    zh: '订单“{number}”提出时的{fieldZh}为“{was}”，不可更改。请撤回后以新编号重新提出。',
  },
});
