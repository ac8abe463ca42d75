import type { StatementLineView, StatementView } from '@yunfab/core/orders';
import type { PaperLanguage, Words } from '@yunfab/papers';
import { stringify } from 'csv-stringify/sync';

/** A number goes as it is; every other text that a spreadsheet would compute is quoted by an apostrophe. */
interface Exact {
  readonly exactly: string;
}

type Cell = string | Exact | null;

const exact = (value: string | null | undefined): Cell => (value === null || value === undefined ? null : { exactly: value });

interface Column {
  readonly label: Words;
  readonly of: (line: StatementLineView, language: PaperLanguage) => Cell;
}

const said = ({ en, zh }: Words, language: PaperLanguage): string => (language === 'both' ? `${zh} ${en}` : language === 'zh' ? zh : en);

const columns: readonly Column[] = [
  { label: { en: 'Line', zh: '行号' }, of: (line) => exact(String(line.position)) },
  { label: { en: 'Kind', zh: '类别' }, of: (line, language) => said(line.kindWords, language) },
  { label: { en: 'Type', zh: '类型' }, of: (line, language) => line.typeWords && said(line.typeWords, language) },
  { label: { en: 'Accepted on', zh: '验收日期' }, of: (line) => line.acceptedOn },
  { label: { en: 'Order', zh: '订单号' }, of: (line) => line.order?.number ?? null },
  { label: { en: 'Delivery note', zh: '送货单号' }, of: (line) => line.shipment?.number ?? null },
  { label: { en: 'Lot', zh: '批号' }, of: (line) => line.lot?.code ?? null },
  { label: { en: 'Goods', zh: '品名规格' }, of: (line) => line.description },
  { label: { en: 'Quantity', zh: '数量' }, of: (line) => exact(line.quantity?.value) },
  { label: { en: 'Unit', zh: '单位' }, of: (line) => line.quantity?.unit ?? null },
  { label: { en: 'Unit price', zh: '单价' }, of: (line) => exact(line.unitPrice?.amount) },
  { label: { en: 'Price reduction %', zh: '让步折价 %' }, of: (line) => exact(line.priceReduction) },
  { label: { en: 'Net', zh: '不含税金额' }, of: (line) => exact(line.net.amount) },
  { label: { en: 'Tax %', zh: '税率 %' }, of: (line) => exact(line.taxRate) },
  { label: { en: 'Tax', zh: '税额' }, of: (line) => exact(line.tax.amount) },
  { label: { en: 'Gross', zh: '价税合计' }, of: (line) => exact(line.gross.amount) },
  { label: { en: 'Currency', zh: '币种' }, of: (line) => line.gross.currency },
  { label: { en: 'State', zh: '确认' }, of: (line, language) => said(line.stateWords, language) },
  { label: { en: 'Reason', zh: '原因' }, of: (line) => line.dispute?.reason ?? line.reason },
  { label: { en: 'Due on', zh: '付款日期' }, of: (line) => line.dueOn },
  { label: { en: 'Ledger entries', zh: '台账记录' }, of: (line) => line.entries.join(' ') },
];

/** RFC 4180, UTF-8 with a byte order mark, for spreadsheets; the last record is the total. Excluded lines are left out. */
export function statementCsv({ lines, net, tax, total }: StatementView, language: PaperLanguage): string {
  const kept = lines.filter(({ state }) => state !== 'excluded');
  const sums: Record<string, Cell> = {
    Goods: said({ en: 'Total', zh: '合计' }, language),
    Net: exact(net.amount),
    Tax: exact(tax.amount),
    Gross: exact(total.amount),
  };
  const records: Cell[][] = [
    columns.map(({ label }) => said(label, language)),
    ...kept.map((line) => columns.map(({ of }) => of(line, language))),
    columns.map(({ label }) => (label.en === 'Currency' ? total.currency : (sums[label.en] ?? null))),
  ];
  return stringify(records, {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // The declared return type knows no options of a single cell; the documentation of `cast` does.
    cast: { object: (value) => ({ value: String(value['exactly']), escape_formulas: false }) as never },
  });
}
