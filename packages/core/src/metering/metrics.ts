import type { Words } from '../access/index.js';

/** What is measured of an organization's use, each from rows that stay (标准化计量). */
export const usageMetrics = [
  'commands',
  'events',
  'telemetry_values',
  'files_bytes',
  'orders_as_buyer',
  'orders_as_supplier',
  'order_value_as_buyer',
  'order_value_as_supplier',
  'active_people',
  'active_keys',
  'active_devices',
] as const;
export type UsageMetric = (typeof usageMetrics)[number];

export interface UsageMeaning {
  readonly words: Words;
  /** How days become a month: their sum, their mean, or how many different ones there were. */
  readonly month: 'sum' | 'mean' | 'distinct';
  /** What `key` holds; none when it is empty. */
  readonly key: 'feature' | 'actor' | 'currency' | null;
  /** `count`, `By` (UCUM: bytes) or the currency in `key`. */
  readonly unit: 'count' | 'By' | 'currency';
}

export const usageMeanings: Readonly<Record<UsageMetric, UsageMeaning>> = {
  commands: { words: { en: 'Commands', zh: '操作次数' }, month: 'sum', key: 'feature', unit: 'count' },
  events: { words: { en: 'Events appended', zh: '写入事件' }, month: 'sum', key: 'actor', unit: 'count' },
  telemetry_values: { words: { en: 'Telemetry values stored', zh: '存储遥测值' }, month: 'sum', key: null, unit: 'count' },
  files_bytes: { words: { en: 'Files stored, mean of the days', zh: '文件存储量（日均）' }, month: 'mean', key: null, unit: 'By' },
  orders_as_buyer: { words: { en: 'Orders proposed', zh: '提出订单' }, month: 'sum', key: 'currency', unit: 'count' },
  orders_as_supplier: { words: { en: 'Orders received', zh: '收到订单' }, month: 'sum', key: 'currency', unit: 'count' },
  order_value_as_buyer: { words: { en: 'Value of orders proposed', zh: '提出订单金额' }, month: 'sum', key: 'currency', unit: 'currency' },
  order_value_as_supplier: {
    words: { en: 'Value of orders received', zh: '收到订单金额' },
    month: 'sum',
    key: 'currency',
    unit: 'currency',
  },
  active_people: { words: { en: 'Active people', zh: '活跃人员' }, month: 'distinct', key: null, unit: 'count' },
  active_keys: { words: { en: 'Active API keys', zh: '活跃 API 密钥' }, month: 'distinct', key: null, unit: 'count' },
  active_devices: { words: { en: 'Active devices', zh: '活跃设备' }, month: 'distinct', key: null, unit: 'count' },
};

/** A month is closed this many days after it has ended, when what devices send late has arrived. */
export const closesAfterDays = 2;
