import type { Words } from '../../access/index.js';

/** What a file may bring: orders to propose, or own numbers and notes for orders that exist. */
export const importKinds = ['orders', 'numbers'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface ImportField {
  readonly words: Words;
  /** Headings under which people write it, as {@link heading} spells them. */
  readonly headings: readonly string[];
  readonly required: boolean;
  /** Of an order as a whole: its rows may repeat it, and a value for all rows may stand in for the column. */
  readonly whole?: true;
}

export const orderFields = {
  ownNumber: {
    words: { en: 'Order number', zh: '订单号' },
    headings: [
      'order number',
      'order no',
      'own number',
      'po',
      'po number',
      'po no',
      'order',
      '订单号',
      '订单编号',
      '采购订单号',
      '采购单号',
      '单号',
      '合同号',
    ],
    required: true,
  },
  supplier: {
    words: { en: 'Supplier', zh: '供应商' },
    headings: ['supplier', 'supplier code', 'vendor', 'seller', '供应商', '供应商代码', '供应商名称', '供方', '厂家', '工厂'],
    required: true,
    whole: true,
  },
  description: {
    words: { en: 'Item', zh: '物料' },
    headings: [
      'item',
      'description',
      'material',
      'part',
      'product',
      'goods',
      '物料',
      '物料名称',
      '物料描述',
      '品名',
      '名称',
      '产品',
      '产品名称',
      '品名规格',
      '规格',
    ],
    required: true,
  },
  quantity: {
    words: { en: 'Quantity', zh: '数量' },
    headings: ['quantity', 'qty', 'amount ordered', '数量', '订购数量', '采购数量', '订单数量'],
    required: true,
  },
  unit: {
    words: { en: 'Unit', zh: '单位' },
    headings: ['unit', 'uom', 'unit of measure', '单位', '计量单位'],
    required: true,
    whole: true,
  },
  unitPrice: {
    words: { en: 'Unit price', zh: '单价' },
    headings: ['unit price', 'price', 'price each', '单价', '未税单价', '不含税单价', '价格'],
    required: true,
  },
  currency: { words: { en: 'Currency', zh: '币种' }, headings: ['currency', '币种', '币别', '货币'], required: true, whole: true },
  dueOn: {
    words: { en: 'Due date', zh: '交期' },
    headings: ['due', 'due date', 'due on', 'delivery date', 'required date', '交期', '交货日期', '交付日期', '要求交期', '需求日期'],
    required: true,
    whole: true,
  },
  taxRate: { words: { en: 'Tax rate %', zh: '税率%' }, headings: ['tax', 'tax rate', 'vat', 'vat rate', '税率'], required: false },
  note: {
    words: { en: 'Note', zh: '备注' },
    headings: ['note', 'remark', 'remarks', 'comment', '备注', '说明'],
    required: false,
    whole: true,
  },
  privateNote: {
    words: { en: 'Private note', zh: '内部备注' },
    headings: ['private note', 'internal note', '内部备注'],
    required: false,
    whole: true,
  },
} as const satisfies Readonly<Record<string, ImportField>>;

export const numberFields = {
  number: {
    words: { en: 'Order number', zh: '订单号' },
    headings: [
      'order number',
      'order no',
      'order',
      'customer order',
      'customer po',
      'po',
      'po number',
      '订单号',
      '订单编号',
      '客户订单号',
      '客户单号',
      '采购订单号',
    ],
    required: true,
  },
  ownNumber: {
    words: { en: 'Own number', zh: '自有编号' },
    headings: [
      'own number',
      'our number',
      'sales order',
      'so',
      'internal number',
      'new number',
      '自有编号',
      '我方单号',
      '本厂单号',
      '销售订单号',
      '内部单号',
      '新编号',
    ],
    required: false,
  },
  privateNote: {
    words: { en: 'Private note', zh: '内部备注' },
    headings: ['private note', 'note', 'internal note', 'remark', '内部备注', '备注'],
    required: false,
  },
} as const satisfies Readonly<Record<string, ImportField>>;

export type OrderFieldName = keyof typeof orderFields;

export const fieldsOf = (kind: ImportKind): Readonly<Record<string, ImportField>> => (kind === 'orders' ? orderFields : numberFields);

/** A heading as it is compared: half-width, lower case, without what stands in brackets, points, dashes or at its ends. */
export function heading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([（【].*?[)\]）】]/g, ' ')
    .replace(/[*:.#_/-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Field → column (from 0), by the headings; a column serves one field, the first that knows its heading. */
export function suggestMapping(kind: ImportKind, headings: readonly string[]): Record<string, number> {
  const spelled = headings.map(heading);
  const mapping: Record<string, number> = {};
  for (const [name, field] of Object.entries(fieldsOf(kind))) {
    const taken = new Set(Object.values(mapping));
    const column = spelled.findIndex((text, index) => !taken.has(index) && field.headings.includes(text));
    if (column >= 0) mapping[name] = column;
  }
  return mapping;
}
