import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { ssccBarcode } from './barcode.js';
import { fontFiles } from './fonts.js';
import { type DeliveryNote, type PackingList, renderDeliveryNote, renderPackingList, renderStatement } from './index.js';
import { consignment, publishedSscc, textOf } from './papers.fixture.js';
import { statement } from './statement.fixture.js';

const note = (lines: number): DeliveryNote => ({
  ...consignment,
  lines: Array.from({ length: lines }, (_, at) => ({
    position: at + 1,
    description: `碳纤维钓竿坯料 Carbon blank ${at + 1}`,
    details: [{ en: 'Colour: deep blue', zh: '颜色：深蓝' }],
    lot: `LOT-2026-${at + 1}`,
    quantity: { value: '24', unit: { en: 'pcs', zh: '件' } },
    ordered: '48',
    shippedToDate: '24',
  })),
});

const list: PackingList = {
  ...consignment,
  packages: [
    {
      number: publishedSscc,
      sscc: true,
      type: { en: 'Pallet', zh: '托盘' },
      grossKg: '640.2',
      netKg: '600',
      sizeMm: ['1200', '1000', '1450'],
      contents: [],
      packages: [
        {
          number: 'CTN-7-1',
          sscc: false,
          type: { en: 'Carton', zh: '纸箱' },
          contents: [
            {
              position: 1,
              description: '碳纤维钓竿坯料',
              lot: 'LOT-2026-1',
              quantity: { value: '40', unit: { en: 'pcs', zh: '件' } },
              serials: Array.from({ length: 40 }, (_, at) => `SN2026112800${String(at).padStart(4, '0')}`),
            },
          ],
        },
      ],
    },
  ],
};

const squeezed = (text: string) => text.replaceAll(/\s+/g, '');

describe('a delivery note', () => {
  it('reads back in Chinese and English with its numbers', async () => {
    const [page = ''] = await textOf(await renderDeliveryNote(note(2)));
    const text = squeezed(page);
    for (const found of [
      '送货单',
      'Deliverynote',
      '山海精密制造有限公司',
      'ShanhaiPrecisionManufacturingCo.,Ltd.',
      '博雅贸易（宁波）有限公司',
    ])
      expect(text).toContain(found);
    for (const found of ['91110000600037341L', 'SH-DN-2026-0117', 'PO-2026-118', 'SO-77', 'LOT-2026-2', '2400件pcs', '1.25t', '1312.5kg'])
      expect(text).toContain(found);
    for (const found of ['颜色：深蓝', '收货人（需方）', 'Receivedby(buyer)', '第1页，共1页', 'Page1of1']) expect(text).toContain(found);
  });

  it('repeats the header of its table on each page and counts pages', async () => {
    const pages = (await textOf(await renderDeliveryNote(note(60)))).map(squeezed);
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((text, at) => expect(text).toContain(`第${at + 1}页，共${pages.length}页`));
    for (const text of pages.filter((each) => each.includes('LOT-2026-'))) expect(text).toContain('品名规格');
    const all = pages.join('');
    for (let line = 1; line <= 60; line++) expect(all.split(`Carbonblank${line}颜色`)).toHaveLength(2);
  });

  it.each([
    ['zh', '送货单', 'Delivery note'],
    ['en', 'Delivery note', '送货单'],
  ] as const)('speaks %s alone when asked, and still names both companies in both', async (language, spoken, silent) => {
    const text = (await textOf(await renderDeliveryNote({ ...note(1), language }))).map(squeezed).join('');
    expect(text).toContain(squeezed(spoken));
    expect(text).not.toContain(squeezed(silent));
    expect(text).toContain('山海精密制造有限公司');
    expect(text).toContain('ShanhaiPrecision');
  });

  it('is the same bytes for the same data, also when two are made at once', async () => {
    const [one, two] = await Promise.all([renderDeliveryNote(note(3)), renderDeliveryNote(note(3))]);
    expect(Buffer.compare(one, two)).toBe(0);
  });

  it('embeds the glyphs it shows, not the font', async () => {
    const pdf = await renderDeliveryNote(note(1));
    expect(pdf.byteLength).toBeLessThan(120_000);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC-Regular/);
  });

  it('keeps text that looks like markup as text', async () => {
    const odd = { ...note(1), note: '<b>{"image":"/etc/passwd"}</b> \\n %PDF' };
    expect(squeezed((await textOf(await renderDeliveryNote(odd))).join(''))).toContain(squeezed(odd.note));
  });
});

describe('a packing list', () => {
  it('nests packages, with serial numbers and weights', async () => {
    const text = squeezed((await textOf(await renderPackingList(list))).join(''));
    for (const found of [
      '装箱单',
      `SSCC${publishedSscc}`,
      `(00)${publishedSscc}`,
      '1托盘Pallet',
      '1.1纸箱Carton',
      'CTN-7-1',
      '毛重Gross640.2kg',
      '1200×1000×1450mm',
    ])
      expect(text).toContain(found);
    for (let at = 0; at < 40; at++) expect(text).toContain(`SN2026112800${String(at).padStart(4, '0')}`);
  });

  it('goes over pages with thousands of serial numbers', async () => {
    const serials = Array.from({ length: 3000 }, (_, at) => `SN-${String(at).padStart(5, '0')}`);
    const [outer] = list.packages;
    const [carton] = outer?.packages ?? [];
    const [content] = carton?.contents ?? [];
    if (!carton || !content) throw new Error('the fixture has no carton');
    const pages = await textOf(await renderPackingList({ ...list, packages: [{ ...carton, contents: [{ ...content, serials }] }] }));
    const text = squeezed(pages.join(''));
    expect(serials.filter((serial) => text.split(serial).length !== 2)).toEqual([]);
  });

  it('keeps every barcode and every text on the paper', async () => {
    const long = {
      ...note(1),
      number: 'N'.repeat(60),
      order: 'P'.repeat(60),
      lines: note(1).lines.map((line) => ({ ...line, lot: 'L'.repeat(60) })),
    };
    for (const pdf of [await renderPackingList(list), await renderDeliveryNote(long), await renderStatement(statement)]) {
      const document = await getDocument({ data: pdf, verbosity: 0 }).promise;
      const page = await document.getPage(1);
      const [, , width, height] = page.view as [number, number, number, number];
      for (const item of (await page.getTextContent()).items) {
        if (!('str' in item)) continue;
        const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
        expect([item.str, x >= 30 && x + item.width <= width - 30, y >= 10 && y <= height - 10]).toEqual([item.str, true, true]);
      }
      await document.destroy();
    }
  });

  it('GS1 General Specifications 7.9: a wrong check digit makes no barcode', () => {
    const wrong = `${publishedSscc.slice(0, -1)}7`;
    expect(() => ssccBarcode(wrong)).toThrow(/checksum/i);
    expect(ssccBarcode(publishedSscc).width).toBeGreaterThan(0);
  });

  it('GS1 General Specifications 5.4.4: the symbol of an SSCC is 176 modules wide with its quiet zones, and under 165.10 mm', () => {
    // Start, FNC1, ten pairs of digits, check character: 13 of 11 modules, the stop of 13, twice ten modules of quiet zone.
    expect(ssccBarcode(publishedSscc).svg).toContain('viewBox="0 0 176 ');
    expect((ssccBarcode(publishedSscc).width / 72) * 25.4).toBeLessThan(165.1);
  });
});

describe('a statement', () => {
  it('reads back with lines, taxes, deductions and what is to be paid', async () => {
    const text = squeezed((await textOf(await renderStatement(statement))).join(''));
    for (const found of [
      '对账单',
      '12400.00CNY',
      '税额13%',
      '1612.00CNY',
      '扣款合计',
      '−200.00CNY',
      '13812.00CNY',
      '供方确认',
      'NC-2026-9',
      '人民币壹万叁仟捌佰壹拾贰元整',
    ])
      expect(text).toContain(found);
  });

  it.each([
    { language: 'en', currency: 'CNY' },
    { language: 'zh', currency: 'USD' },
  ] as const)('has no capital figures in $language and $currency', async (what) => {
    const text = squeezed((await textOf(await renderStatement({ ...statement, ...what }))).join(''));
    expect(text).not.toContain('人民币');
  });
});

describe('the fonts', () => {
  it('come with the SIL Open Font License', () => {
    const [file = ''] = fontFiles;
    expect(readFileSync(join(dirname(file), '..', 'LICENSE_FONT'), 'utf8')).toContain('SIL OPEN FONT LICENSE Version 1.1');
  });

  it('are found from the built package, too', () => {
    const built = join(import.meta.dirname, '..', 'dist', 'index.js');
    const script = `const { renderDeliveryNote } = await import(${JSON.stringify(built)}); process.stdout.write(await renderDeliveryNote(${JSON.stringify(note(1))}))`;
    const pdf = execFileSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });
});
