import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Consignment } from './index.js';

/** SSCC of GS1's EPCIS 2.0 examples, as a Digital Link: https://id.gs1.org/00/040123451111111110. */
export const publishedSscc = '040123451111111110';

export const consignment: Consignment = {
  language: 'both',
  number: 'SH-DN-2026-0117',
  shippedAt: '2026-11-28T01:30:00.000Z',
  shippedOn: '2026-11-28',
  supplier: {
    name: { en: 'Shanhai Precision Manufacturing Co., Ltd.', zh: '山海精密制造有限公司' },
    registration: '91110000600037341L',
    address: '山东省威海市环翠区火炬路 1 号',
  },
  buyer: { name: { en: 'Boya Trading (Ningbo) Co., Ltd.', zh: '博雅贸易（宁波）有限公司' }, registration: '913501000MA00100Y3' },
  order: 'PO-2026-118',
  supplierOrder: 'SO-77',
  incoterms: 'FCA 威海 Weihai',
  note: '请勿倒置。Keep upright.',
  totals: [
    { value: '2400', unit: { en: 'pcs', zh: '件' } },
    { value: '1.25', unit: 't' },
  ],
  packageCount: 3,
  grossKg: '1312.5',
  netKg: '1250',
};

/** Text of each page, as a reader that copies it would get it. */
export async function textOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  await document.destroy();
  return pages;
}
