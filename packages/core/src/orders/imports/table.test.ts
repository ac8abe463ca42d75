import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { isYunfabError } from '../../errors/index.js';
import { suggestMapping } from './columns.js';
import { mostBytes } from './limits.js';
import { harmless, reportOf } from './report.js';
import { readTable, type Table } from './table.js';
import { readCurrency, readDay, readNumber, readPercent, readUnit } from './values.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const cells = (table: Table) => table.rows.map((row) => row.cells);

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'nothing failed';
  } catch (error) {
    return isYunfabError(error) ? error.code : String(error);
  }
}

/** 订单号,数量 / 甲,１２ in GB18030. */
const gb18030 = Uint8Array.from([
  0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0d, 0x0a, 0xbc, 0xd7, 0x2c, 0xa3, 0xb1, 0xa3, 0xb2,
]);

describe('CSV', () => {
  it('is decoded by its mark, as UTF-8, or as GB18030', () => {
    expect(readTable(gb18030)).toMatchObject({
      encoding: 'gb18030',
      separator: ',',
      headings: ['订单号', '数量'],
      rows: [{ row: 2, cells: ['甲', '１２'] }],
    });
    expect(readTable(utf8('\uFEFF订单号;数量\n甲;12'))).toMatchObject({ encoding: 'utf-8', separator: ';', headings: ['订单号', '数量'] });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('订单号\t数量\n甲\t12', 'utf16le')]);
    expect(readTable(utf16)).toMatchObject({ encoding: 'utf-16le', separator: '\t', rows: [{ cells: ['甲', '12'] }] });
    expect(codeOf(() => readTable(Uint8Array.from([0x61, 0x2c, 0xff, 0xff, 0xff, 0x0a, 0x62])))).toBe('imports.unreadable');
  });

  it('keeps quoted separators and line breaks, counts rows as the file shows them, and takes formulas as text', () => {
    const table = readTable(utf8('number,item\r\n\r\nPO-1,"Ring, ""large""\nblack"\r\nPO-2,=HYPERLINK("http://evil")\r\n'));
    expect(table.rows).toEqual([
      { row: 3, cells: ['PO-1', 'Ring, "large"\nblack'] },
      { row: 4, cells: ['PO-2', '=HYPERLINK("http://evil")'] },
    ]);
  });

  it('refuses what is too large, too long, too wide, empty, binary or cut off, each by its code', () => {
    expect(codeOf(() => readTable(new Uint8Array(mostBytes + 1)))).toBe('imports.too_large');
    expect(codeOf(() => readTable(utf8(`a,b\n${'1,2\n'.repeat(5001)}`)))).toBe('imports.too_many');
    expect(readTable(utf8(`a,b\n${'1,2\n'.repeat(5000)}`)).rows).toHaveLength(5000);
    expect(codeOf(() => readTable(utf8(`${'a,'.repeat(101)}\n1`)))).toBe('imports.too_many');
    expect(codeOf(() => readTable(utf8('a,b\n\n')))).toBe('imports.no_rows');
    expect(codeOf(() => readTable(utf8('a,b\n\0\0,1')))).toBe('imports.unreadable');
    expect(codeOf(() => readTable(utf8('a,b\n"open,1\n')))).toBe('imports.unreadable');
  });
});

describe('XLSX', () => {
  it('reads what exceljs writes: days, decimals, rich text, formulas and what they gave', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('订单');
    sheet.addRow(['订单号', '物料', '数量', '交期']);
    sheet.addRow(['PO-1', { richText: [{ text: '轮' }, { text: '胎' }] }, 0.1 + 0.2, new Date('2026-12-31T00:00:00Z')]);
    sheet.addRow([]);
    sheet.addRow(['PO-2', 'Ring', { formula: 'C2*10', result: 3 }, '2026-12-30']);
    const table = readTable(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(table).toMatchObject({ format: 'xlsx', headings: ['订单号', '物料', '数量', '交期'] });
    expect(table.rows.map(({ row }) => row)).toEqual([2, 4]);
    expect(cells(table)).toEqual([
      ['PO-1', '轮胎', '0.3', '2026-12-31'],
      ['PO-2', 'Ring', '3', '2026-12-30'],
    ]);
  });

  it('reads what write-excel-file writes', async () => {
    const content = await writeExcel([
      [{ value: 'order number' }, { value: 'quantity' }, { value: 'due' }],
      [{ value: 'PO-1' }, { value: 1250.5 }, { value: new Date('2027-02-03T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }],
    ]).toBuffer();
    const table = readTable(new Uint8Array(content));
    expect(table.headings).toEqual(['order number', 'quantity', 'due']);
    expect(cells(table)).toEqual([['PO-1', '1250.5', '2027-02-03']]);
  });

  const book = (sheet: string, more: Record<string, Uint8Array> = {}) =>
    zipSync({
      'xl/workbook.xml': strToU8('<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
      ...more,
    });
  const row = (n: number, address: string, value: string) => `<row r="${n}"><c r="${address}" t="str"><v>${value}</v></c></row>`;

  it('is not impressed by far addresses, bombs, lying archives, document types or damage', () => {
    const far = readTable(book(`<worksheet><sheetData>${row(1, 'A1', 'h')}${row(1_048_576, 'B1048576', 'x')}</sheetData></worksheet>`));
    expect(far.rows).toEqual([{ row: 1_048_576, cells: ['', 'x'] }]);
    expect(codeOf(() => readTable(book(`<worksheet><sheetData>${row(1, 'XFD1', 'h')}</sheetData></worksheet>`)))).toBe('imports.too_many');
    const bomb = book('<worksheet/>', { 'xl/sharedStrings.xml': new Uint8Array(40_000_000) });
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(codeOf(() => readTable(bomb))).toBe('imports.too_large');
    const lying = Buffer.from(bomb);
    // Every place where the archive states the size says 10 bytes instead.
    const stated = Buffer.alloc(4);
    stated.writeUInt32LE(40_000_000);
    for (let at = lying.indexOf(stated); at >= 0; at = lying.indexOf(stated, at + 4)) lying.writeUInt32LE(10, at);
    expect(codeOf(() => readTable(lying))).toBe('imports.too_large');
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>';
    expect(codeOf(() => readTable(book(doctype)))).toBe('imports.unreadable');
    expect(codeOf(() => readTable(book('<worksheet><sheetData>').slice(0, 200)))).toBe('imports.unreadable');
    expect(codeOf(() => readTable(book('<worksheet><sheetData>')))).toBe('imports.unreadable');
    expect(codeOf(() => readTable(zipSync({ 'a.txt': strToU8('x') })))).toBe('imports.unreadable');
    const many = Array.from({ length: 5002 }, (_, n) => row(n + 1, `A${n + 1}`, 'x')).join('');
    expect(codeOf(() => readTable(book(`<worksheet><sheetData>${many}</sheetData></worksheet>`)))).toBe('imports.too_many');
  });
});

describe('cells', () => {
  it('are read as people write them, in half and full width', () => {
    expect(['1,234.50', '１２３', '¥ 0012.0', '1，234，567', '-3', '.5', '12.'].map(readNumber)).toEqual([
      '1234.5',
      '123',
      '12',
      '1234567',
      '-3',
      '0.5',
      '12',
    ]);
    expect(['2026/1/2', '2026年12月31日', '20261231', '2026.3.4'].map(readDay)).toEqual([
      '2026-01-02',
      '2026-12-31',
      '2026-12-31',
      '2026-03-04',
    ]);
    expect(['件', 'PCS', 'kg', '公斤', 'h87', '㎡', '千克', '米'].map(readUnit)).toEqual([
      'H87',
      'H87',
      'KGM',
      'KGM',
      'H87',
      'MTK',
      'KGM',
      'MTR',
    ]);
    expect(['人民币', 'rmb', '￥', 'usd', '美元'].map(readCurrency)).toEqual(['CNY', 'CNY', 'CNY', 'USD', 'USD']);
    expect(['13%', '13', '１３％'].map(readPercent)).toEqual(['13', '13', '13']);
  });

  it('are refused, with a code, where they can be read in more than one way', () => {
    for (const value of ['12,5', '1.234,56', '1,23', '0,1']) expect(codeOf(() => readNumber(value))).toBe('imports.decimal_comma');
    for (const value of ['', 'ten', '1 2 x', '1e3', '--1', '=1+1']) expect(codeOf(() => readNumber(value))).toBe('imports.number_unclear');
    for (const value of ['01/02/2026', '2026-02-30', '2026-13-01', '46387', 'tomorrow'])
      expect(codeOf(() => readDay(value))).toBe('imports.date_unclear');
    expect(codeOf(() => readUnit('box'))).toBe('imports.unit_unknown');
    expect(codeOf(() => readCurrency('BTC'))).toBe('imports.currency_unknown');
  });

  it('that begin like a formula stay text in what is written', () => {
    expect(['=1', '+1', '-1', '@a', '\tx', 'a=1', ''].map(harmless)).toEqual(["'=1", "'+1", "'-1", "'@a", "'\tx", 'a=1', '']);
    const report = reportOf([
      {
        row: 2,
        number: '=cmd()',
        outcome: 'refused',
        order: null,
        issues: [{ column: '数量', field: 'quantity', value: '-1', code: 'x', words: { en: 'a, b', zh: '甲' } }],
      },
    ]);
    expect(readTable(utf8(report)).rows[0]?.cells).toEqual(['2', "'=cmd()", 'refused', '', '数量', "'-1", 'x', 'a, b', '甲']);
  });
});

it('knows columns by their headings in both languages', () => {
  expect(
    suggestMapping('orders', ['采购单号', '供应商（全称）', '品名规格', '数量 *', '单位', '单价(元)', '币种', '交货日期', '备注']),
  ).toEqual({
    ownNumber: 0,
    supplier: 1,
    description: 2,
    quantity: 3,
    unit: 4,
    unitPrice: 5,
    currency: 6,
    dueOn: 7,
    note: 8,
  });
  expect(suggestMapping('orders', ['PO No.', 'Vendor', 'Item', 'QTY', 'UoM', 'Unit_Price', 'Due Date'])).toEqual({
    ownNumber: 0,
    supplier: 1,
    description: 2,
    quantity: 3,
    unit: 4,
    unitPrice: 5,
    dueOn: 6,
  });
  expect(suggestMapping('numbers', ['客户订单号', '我方单号', '内部备注'])).toEqual({ number: 0, ownNumber: 1, privateNote: 2 });
});
