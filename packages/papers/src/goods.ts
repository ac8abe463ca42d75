import { type PaperLanguage, say, type Words } from './language.js';
import type { Company, Fact, Paper } from './paper.js';

/** An amount with its unit as the paper prints it, such as `120` and `pcs`. */
export interface Amount {
  readonly value: string;
  readonly unit: string | Words;
}

/** What both papers that travel with goods say of the delivery. */
export interface Consignment {
  readonly language: PaperLanguage;
  /** Delivery note number of the supplier. */
  readonly number: string;
  /** ISO 8601 instant at which the goods left. */
  readonly shippedAt: string;
  /** The date of that, as it is to be printed. */
  readonly shippedOn: string;
  readonly supplier: Company;
  readonly buyer: Company;
  /** The order as the buyer numbers it. */
  readonly order: string;
  /** The order as the supplier numbers it. */
  readonly supplierOrder?: string | null;
  /** Incoterms rule and named place. */
  readonly incoterms?: string | null;
  readonly note?: string | null;
  /** Sums by unit: the caller adds, exactly. */
  readonly totals: readonly Amount[];
  readonly packageCount?: number | null;
  readonly grossKg?: string | null;
  readonly netKg?: string | null;
}

export function headingOf(consignment: Consignment): Pick<Paper, 'language' | 'number' | 'issuedAt' | 'parties' | 'facts' | 'notes'> {
  const { language, number, shippedAt, shippedOn, supplier, buyer, order, supplierOrder, incoterms, note } = consignment;
  const facts: Fact[] = [
    { label: { en: 'Delivery note no.', zh: '送货单号' }, value: number },
    { label: { en: 'Shipped on', zh: '发货日期' }, value: shippedOn },
    { label: { en: 'Order no. (buyer)', zh: '订单号（需方）' }, value: order },
  ];
  if (supplierOrder) facts.push({ label: { en: 'Order no. (supplier)', zh: '订单号（供方）' }, value: supplierOrder });
  if (incoterms) facts.push({ label: { en: 'Delivery term', zh: '交货条款' }, value: incoterms });
  return {
    language,
    number,
    issuedAt: shippedAt,
    parties: [
      { role: { en: 'From (supplier)', zh: '供方（发货单位）' }, company: supplier },
      { role: { en: 'To (buyer)', zh: '需方（收货单位）' }, company: buyer },
    ],
    facts,
    notes: note ? [{ label: { en: 'Note', zh: '备注' }, value: note }] : [],
  };
}

/** Sums by unit, then packages and weights where they are known. */
export function totalsOf({ language, totals, packageCount, grossKg, netKg }: Consignment): Fact[] {
  const facts: Fact[] = totals.map((amount) => ({ label: { en: 'Total', zh: '合计' }, value: withUnit(amount, language) }));
  if (packageCount) facts.push({ label: { en: 'Packages', zh: '件数' }, value: String(packageCount) });
  if (grossKg) facts.push({ label: { en: 'Gross weight', zh: '毛重' }, value: `${grossKg} kg` });
  if (netKg) facts.push({ label: { en: 'Net weight', zh: '净重' }, value: `${netKg} kg` });
  return facts;
}

const withUnit = ({ value, unit }: Amount, language: PaperLanguage): string =>
  `${value} ${typeof unit === 'string' ? unit : say(unit, language)}`;
