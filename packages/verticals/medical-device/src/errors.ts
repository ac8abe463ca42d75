import { defineErrors } from '@yunfab/core/errors';

export const medicalDeviceErrors = defineErrors('medical-device', {
  program_taken: {
    status: 409,
    en: 'There is already a sterilization program "{code}". Choose another code; programs are not changed, because cycles were judged by them.',
    zh: '已有灭菌程序“{code}”。请另选编号；程序不可修改，因为已有周期据此评定。',
  },
  code_unreadable: {
    status: 400,
    en: '"{scan}" cannot be read as a UDI: "{at}" is wrong. Scan it again, or read it with udi.parse to see every issue.',
    zh: '“{scan}”无法作为 UDI 读取：“{at}”有误。请重新扫描，或用 udi.parse 解析以查看全部问题。',
  },
  code_refused: {
    status: 400,
    en: 'No UDI can be written for lot "{lot}": "{at}" cannot be said so. Correct it; udi.encode tells every issue.',
    zh: '无法为批次“{lot}”编制 UDI：“{at}”不符合编码规则。请更正；udi.encode 会列出全部问题。',
  },
  lot_labelled: {
    status: 409,
    en: 'Lot "{lot}", or the pair of device identifier {di} and lot number "{number}", already has its UDI. A label is given once.',
    zh: '批次“{lot}”或产品标识 {di} 与批号“{number}”的组合已有 UDI。标签只能赋予一次。',
  },
  packaging_refused: {
    status: 400,
    en: 'The packaging levels of "{product}" do not fit together at "{at}". Give each level its own device identifier and a whole number of the level below.',
    zh: '“{product}”的包装级别在“{at}”处不成立。每级须有各自的产品标识，并包含整数个下级包装。',
  },
  packaging_taken: {
    status: 409,
    en: 'Product "{product}", or one of its device identifiers, already has packaging levels. Use new identifiers for a new configuration.',
    zh: '产品“{product}”或其某个产品标识已有包装级别。新的包装配置须使用新的标识。',
  },
  device_unknown: {
    status: 404,
    en: 'No lot that was delivered to you has device identifier {di} and lot number "{lot}". Check that the delivery was received.',
    zh: '贵机构收到的批次中没有产品标识 {di}、批号“{lot}”的器械。请确认该交货已收货。',
  },
  device_ambiguous: {
    status: 409,
    en: 'Device identifier {di} names {lots} lots here and the code names none of them. Scan the code with the lot number.',
    zh: '产品标识 {di} 对应 {lots} 个批次，而扫描的编码未指明批号。请扫描含批号的编码。',
  },
  serial_unknown: {
    status: 404,
    en: 'Lot "{lot}" has no unit with serial number "{serial}" that you hold. Check the serial number.',
    zh: '批次“{lot}”中没有贵机构持有的序列号“{serial}”。请核对序列号。',
  },
  inspected_more: {
    status: 400,
    en: '{defects} defects were found in {sampled} units of lot "{lot}". There cannot be more defective units than were inspected.',
    zh: '批次“{lot}”抽检 {sampled} 件，发现 {defects} 件不合格。不合格数不得多于抽检数。',
  },
});
