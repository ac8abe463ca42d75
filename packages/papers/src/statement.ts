import type { Amount } from './goods.js';
import type { PaperLanguage, Words } from './language.js';
import type { CellPart, Company, Fact, Paper, PaperTable } from './paper.js';
import { renderPaper } from './render.js';
import { renminbiInWords } from './renminbi.js';

export interface StatementLine {
  /** Date of acceptance, as it is to be printed. */
  readonly acceptedOn: string;
  /** The order as the buyer numbers it. */
  readonly order: string;
  readonly deliveryNote: string;
  readonly description: string;
  /** Lot, reason of a credit, remark of a dispute. */
  readonly details?: readonly (string | Words)[];
  readonly quantity: Amount;
  readonly unitPrice: string;
  /** Without tax. */
  readonly net: string;
  /** Percent, without the sign. */
  readonly taxRate: string;
  readonly tax: string;
  readonly gross: string;
  /** Confirmed, disputed …; what the sides say of this line. */
  readonly state: Words;
}

export interface StatementDeduction {
  readonly reason: string;
  readonly lot?: string | null;
  /** Nonconformance, complaint or other record it rests on. */
  readonly reference?: string | null;
  readonly amount: string;
}

/** Money is in `currency`; every sum comes from the caller, who adds exactly. */
export interface Statement {
  readonly language: PaperLanguage;
  readonly number: string;
  /** ISO 8601 instant. */
  readonly issuedAt: string;
  readonly issuedOn: string;
  readonly period: string;
  readonly state: Words;
  readonly supplier: Company;
  readonly buyer: Company;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  readonly deductions: readonly StatementDeduction[];
  readonly net: string;
  readonly taxes: readonly { readonly rate: string; readonly amount: string }[];
  readonly deducted: string;
  /** What is to be paid, with tax and after deductions. */
  readonly total: string;
  readonly dueOn?: string | null;
  readonly note?: string | null;
}

/** 对账单: what was accepted in the period, at which price, less what is deducted; for both sides to sign. */
export const renderStatement = (statement: Statement): Promise<Uint8Array> => renderPaper(statementPaper(statement));

export function statementPaper(statement: Statement): Paper {
  const { language, number, issuedAt, issuedOn, period, state, supplier, buyer, currency, dueOn, note } = statement;
  const facts: Fact[] = [
    { label: { en: 'Statement no.', zh: '对账单号' }, value: number },
    { label: { en: 'Period', zh: '对账期间' }, value: period },
    { label: { en: 'Issued on', zh: '制单日期' }, value: issuedOn },
    { label: { en: 'Currency', zh: '币种' }, value: currency },
    { label: { en: 'State', zh: '状态' }, value: state },
  ];
  if (dueOn) facts.push({ label: { en: 'Due on', zh: '付款日期' }, value: dueOn });
  return {
    language,
    title: { en: 'Statement of account', zh: '对账单' },
    number,
    issuedAt,
    landscape: true,
    parties: [
      { role: { en: 'Supplier', zh: '供方' }, company: supplier },
      { role: { en: 'Buyer', zh: '需方' }, company: buyer },
    ],
    facts,
    tables: [linesTable(statement.lines), ...(statement.deductions.length > 0 ? [deductionsTable(statement.deductions)] : [])],
    totals: sumsOf(statement),
    notes: note ? [{ label: { en: 'Note', zh: '备注' }, value: note }] : [],
    signatures: [
      { en: 'For the supplier', zh: '供方确认' },
      { en: 'For the buyer', zh: '需方确认' },
    ],
  };
}

const linesTable = (lines: readonly StatementLine[]): PaperTable => ({
  columns: [
    { label: { en: 'Accepted', zh: '验收日期' }, width: 52 },
    { label: { en: 'Order', zh: '订单号' }, width: 74 },
    { label: { en: 'Delivery note', zh: '送货单号' }, width: 74 },
    { label: { en: 'Goods', zh: '品名规格' }, width: '*' },
    { label: { en: 'Quantity', zh: '数量' }, width: 50, align: 'right' },
    { label: { en: 'Unit', zh: '单位' }, width: 30 },
    { label: { en: 'Unit price', zh: '单价' }, width: 50, align: 'right' },
    { label: { en: 'Net', zh: '不含税金额' }, width: 58, align: 'right' },
    { label: { en: 'Tax %', zh: '税率 %' }, width: 30, align: 'right' },
    { label: { en: 'Tax', zh: '税额' }, width: 48, align: 'right' },
    { label: { en: 'Gross', zh: '价税合计' }, width: 60, align: 'right' },
    { label: { en: 'State', zh: '确认' }, width: 46 },
  ],
  rows: lines.map((line) => [
    line.acceptedOn,
    line.order,
    line.deliveryNote,
    [{ text: line.description }, ...(line.details ?? []).map((text): CellPart => ({ text, small: true }))],
    line.quantity.value,
    line.quantity.unit,
    line.unitPrice,
    line.net,
    line.taxRate,
    line.tax,
    line.gross,
    line.state,
  ]),
});

const deductionsTable = (deductions: readonly StatementDeduction[]): PaperTable => ({
  title: { en: 'Deductions', zh: '扣款' },
  columns: [
    { label: { en: 'Reason', zh: '原因' }, width: '*' },
    { label: { en: 'Lot', zh: '批号' }, width: 120 },
    { label: { en: 'Rests on', zh: '依据' }, width: 140 },
    { label: { en: 'Amount', zh: '金额' }, width: 80, align: 'right' },
  ],
  rows: deductions.map(({ reason, lot, reference, amount }) => [reason, lot ?? '–', reference ?? '–', amount]),
});

function sumsOf({ language, net, taxes, deducted, deductions, total, currency }: Statement): Fact[] {
  const sums: Fact[] = [{ label: { en: 'Net', zh: '不含税合计' }, value: `${net} ${currency}` }];
  for (const { rate, amount } of taxes) sums.push({ label: { en: `Tax ${rate} %`, zh: `税额 ${rate} %` }, value: `${amount} ${currency}` });
  if (deductions.length > 0) sums.push({ label: { en: 'Deductions', zh: '扣款合计' }, value: `−${deducted} ${currency}` });
  sums.push({ label: { en: 'To be paid', zh: '应付合计' }, value: `${total} ${currency}` });
  if (currency === 'CNY' && language !== 'en') sums.push({ label: { en: 'In words', zh: '金额大写' }, value: renminbiInWords(total) });
  return sums;
}
