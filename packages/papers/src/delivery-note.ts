import { type Amount, type Consignment, headingOf, totalsOf } from './goods.js';
import type { Words } from './language.js';
import type { CellPart, Paper } from './paper.js';
import { renderPaper } from './render.js';

export interface DeliveryNote extends Consignment {
  readonly lines: readonly {
    readonly position: number;
    readonly description: string;
    /** What the order fixes of it, below the description. */
    readonly details?: readonly (string | Words)[];
    readonly lot?: string | null;
    readonly quantity: Amount;
    /** What of the order's line was ordered, and what has left with this and all earlier deliveries. */
    readonly ordered?: string | null;
    readonly shippedToDate?: string | null;
  }[];
}

/** 送货单: what left, for which order, for the receiver to count and sign. */
export const renderDeliveryNote = (note: DeliveryNote): Promise<Uint8Array> => renderPaper(deliveryNote(note));

export function deliveryNote(note: DeliveryNote): Paper {
  return {
    ...headingOf(note),
    title: { en: 'Delivery note', zh: '送货单' },
    tables: [
      {
        columns: [
          { label: { en: 'Line', zh: '行' }, width: 24 },
          { label: { en: 'Goods', zh: '品名规格' }, width: '*' },
          { label: { en: 'Lot', zh: '批号' }, width: 92 },
          { label: { en: 'Ordered', zh: '订购数量' }, width: 54, align: 'right' },
          { label: { en: 'To date', zh: '累计已发' }, width: 54, align: 'right' },
          { label: { en: 'Shipped', zh: '本次发货' }, width: 60, align: 'right' },
          { label: { en: 'Unit', zh: '单位' }, width: 36 },
        ],
        rows: note.lines.map(({ position, description, details = [], lot, quantity, ordered, shippedToDate }) => [
          String(position),
          [{ text: description }, ...details.map((text): CellPart => ({ text, small: true }))],
          lot ?? '–',
          ordered ?? '–',
          shippedToDate ?? '–',
          [{ text: quantity.value, bold: true }],
          quantity.unit,
        ]),
      },
    ],
    totals: totalsOf(note),
    signatures: [
      { en: 'Shipped by (supplier)', zh: '发货人（供方）' },
      { en: 'Carrier', zh: '承运人' },
      { en: 'Received by (buyer)', zh: '收货人（需方）' },
    ],
  };
}
