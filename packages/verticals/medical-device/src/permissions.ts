/** Who may do what in the medical-device cloud. */
export const medicalDevicePermissions = {
  'medical-device.programs.read': { en: 'See sterilization programs', zh: '查看灭菌程序', roles: ['production', 'quality', 'viewer'] },
  'medical-device.programs.manage': { en: 'Create sterilization programs', zh: '新建灭菌程序', roles: ['quality'] },
  'medical-device.cycles.read': {
    en: 'See sterilizers and cycles',
    zh: '查看灭菌器与灭菌周期',
    roles: ['production', 'quality', 'viewer'],
  },
  'medical-device.udi.read': {
    en: 'Read device codes, labels and packaging levels',
    zh: '解析器械编码，查看标签与包装级别',
    roles: ['trade', 'production', 'quality', 'viewer'],
  },
  'medical-device.udi.assign': { en: 'Give lots their UDI, declare packaging levels', zh: '为批次赋码、登记包装级别', roles: ['quality'] },
  'medical-device.inspections.record': { en: 'Record inspections of lots', zh: '登记批次检验', roles: ['quality'] },
  'medical-device.uses.record': { en: 'Record the use of a device at a patient', zh: '登记患者使用器械', roles: ['quality'] },
  'medical-device.uses.read': { en: 'See uses with the pseudonyms of patients', zh: '查看使用记录（患者假名）', roles: ['quality'] },
  'medical-device.recall.read': { en: 'Trace a lot to hospitals and materials', zh: '批次追溯至医院与物料', roles: ['quality', 'trade'] },
} as const;
