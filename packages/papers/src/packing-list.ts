import { type Amount, type Consignment, headingOf, totalsOf } from './goods.js';
import { say, type Words } from './language.js';
import type { CellPart, Paper, Row } from './paper.js';
import { renderPaper } from './render.js';

export interface PackedContent {
  readonly position: number;
  readonly description: string;
  readonly lot?: string | null;
  readonly quantity: Amount;
  readonly serials?: readonly string[];
}

export interface PaperPackage {
  /** An SSCC (18 digits), printed as GS1-128, or the supplier's own number, printed as Code 128. */
  readonly number: string;
  readonly sscc: boolean;
  readonly type: Words;
  readonly grossKg?: string | null;
  readonly netKg?: string | null;
  /** Length × width × height in millimetres. */
  readonly sizeMm?: readonly [string, string, string] | null;
  readonly contents: readonly PackedContent[];
  /** Packages inside this one. */
  readonly packages?: readonly PaperPackage[];
}

export interface PackingList extends Consignment {
  /** The outermost packages, each with what is inside. */
  readonly packages: readonly PaperPackage[];
}

/** 装箱单: what is in which package, nested, each with its barcode. */
export const renderPackingList = (list: PackingList): Promise<Uint8Array> => renderPaper(packingList(list));

export function packingList(list: PackingList): Paper {
  return {
    ...headingOf(list),
    title: { en: 'Packing list', zh: '装箱单' },
    tables: [
      {
        columns: [
          { label: { en: 'Line', zh: '行' }, width: 24 },
          { label: { en: 'Goods', zh: '品名规格' }, width: '*' },
          { label: { en: 'Lot', zh: '批号' }, width: 110 },
          { label: { en: 'Quantity', zh: '数量' }, width: 70, align: 'right' },
          { label: { en: 'Unit', zh: '单位' }, width: 40 },
        ],
        rows: list.packages.flatMap((each, at) => rowsOf(each, [at + 1], list)),
      },
    ],
    totals: totalsOf(list),
    signatures: [
      { en: 'Packed by', zh: '装箱人' },
      { en: 'Checked by', zh: '复核人' },
      { en: 'Received by (buyer)', zh: '收货人（需方）' },
    ],
  };
}

/** `place` counts the package among its siblings at each level: 2.3 is the third inside the second. */
function rowsOf(each: PaperPackage, place: readonly number[], list: PackingList): Row[] {
  const indent = (place.length - 1) * 10;
  const heading: CellPart[] = [
    { text: `${place.join('.')}  ${say(each.type, list.language)}`, bold: true, indent },
    ...factsOf(each, list).map((text): CellPart => ({ text, small: true, indent })),
  ];
  return [
    { heading, aside: [each.sscc ? { sscc: each.number } : { code128: each.number }] },
    ...each.contents.flatMap((content) => contentRows(content, indent, list)),
    ...(each.packages ?? []).flatMap((inner, at) => rowsOf(inner, [...place, at + 1], list)),
  ];
}

function contentRows({ position, description, lot, quantity, serials = [] }: PackedContent, indent: number, list: PackingList): Row[] {
  const [first = [], ...more] = chunks(serials, serialsPerRow);
  const serialsOf = (some: readonly string[]): CellPart => ({ text: some.join(', '), small: true, indent });
  const label = say({ en: 'Serial numbers:', zh: '序列号：' }, list.language);
  const goods: CellPart[] = [{ text: description, indent }];
  if (first.length > 0) goods.push({ text: label, small: true, indent }, serialsOf(first));
  return [
    [String(position), goods, lot ?? '–', quantity.value, quantity.unit],
    ...more.map((some): Row => ['', [serialsOf(some)], '', '', '']),
  ];
}

/** A row never breaks over pages, so that none may grow as high as one. */
const serialsPerRow = 60;

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function factsOf({ number, sscc, grossKg, netKg, sizeMm }: PaperPackage, { language }: PackingList): string[] {
  const facts = [sscc ? `SSCC ${number}` : `${say({ en: 'Package no.', zh: '箱号' }, language)} ${number}`];
  const weights: string[] = [];
  if (grossKg) weights.push(`${say({ en: 'Gross', zh: '毛重' }, language)} ${grossKg} kg`);
  if (netKg) weights.push(`${say({ en: 'Net', zh: '净重' }, language)} ${netKg} kg`);
  if (sizeMm) weights.push(`${sizeMm.join(' × ')} mm`);
  if (weights.length > 0) facts.push(weights.join('  '));
  return facts;
}
