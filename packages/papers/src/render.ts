import pdfmake from 'pdfmake';
import type { Content, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { type Barcode, numberBarcode, ssccBarcode } from './barcode.js';
import { fontFiles, fonts } from './fonts.js';
import { say, sayStacked, type Words } from './language.js';
import type { Cell, CellPart, Column, Fact, Paper, PaperTable, Row } from './paper.js';

const grey = '#555555';
const hairline = '#999999';
const bodySize = 9;
const smallSize = 7.5;
const margin = 40;
/** Points at each side of a cell. */
const padding = 4;

const ruled: CustomTableLayout = {
  hLineWidth: (row, { table }) => (row === 0 || row === table.headerRows || row === table.body.length ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (row, { table }) => (row === 0 || row === table.headerRows || row === table.body.length ? '#000000' : hairline),
  paddingLeft: () => padding,
  paddingRight: () => padding,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** PDF bytes of a paper. The same paper gives the same bytes; only the glyphs that stand on it are embedded. */
export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  // pdfmake is one object for the process: each call sets what a paper may read, which is its fonts and nothing else.
  pdfmake.setFonts(structuredClone(fonts));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path));
  return new Uint8Array(await pdfmake.createPdf(layOut(paper)).getBuffer());
}

function layOut(paper: Paper): TDocumentDefinitions {
  const { language, number } = paper;
  const title = say(paper.title, language);
  const author = paper.parties[0] ? say(paper.parties[0].company.name, language) : 'Yunfab';
  return {
    pageSize: 'A4',
    pageOrientation: paper.landscape ? 'landscape' : 'portrait',
    pageMargins: [margin, margin, margin, margin + 16],
    language: language === 'en' ? 'en' : 'zh-CN',
    info: { title: `${title} ${number}`, author, creator: 'Yunfab', producer: 'Yunfab', creationDate: new Date(paper.issuedAt) },
    defaultStyle: { font: 'Noto Sans SC', fontSize: bodySize, lineHeight: 1.05 },
    content: [
      heading(paper, title),
      parties(paper),
      ...(paper.facts.length > 0 ? [factGrid(paper.facts, paper)] : []),
      ...paper.tables.flatMap((table) => tableOf(table, paper)),
      ...(paper.totals.length > 0 ? [totals(paper.totals, paper)] : []),
      ...paper.notes.map((fact) => noteOf(fact, paper)),
      ...(paper.signatures.length > 0 ? [signatures(paper)] : []),
    ],
    footer: (page, pages) => ({
      margin: [margin, 8, margin, 0],
      columns: [
        { text: `${title} ${number}`, fontSize: smallSize, color: grey },
        { text: pageWords(page, pages, paper), fontSize: smallSize, color: grey, alignment: 'right' },
      ],
    }),
  };
}

const pageWords = (page: number, pages: number, { language }: Paper): string =>
  say({ en: `Page ${page} of ${pages}`, zh: `第 ${page} 页，共 ${pages} 页` }, language);

const heading = ({ number }: Paper, title: string): Content => ({
  columns: [
    { text: title, fontSize: 18, bold: true, width: 'auto' },
    { ...textOf(number, 250, 13), fontSize: 13, bold: true, width: '*', alignment: 'right', margin: [8, 5, 0, 0] },
  ],
  margin: [0, 0, 0, 8],
});

/** Each company by both its names, whatever the paper speaks: they are what a seal and a customs form must match. */
const parties = ({ parties: sides, language }: Paper): Content => ({
  columns: sides.map(({ role, company }) => ({
    width: '*',
    stack: [
      { text: say(role, language), fontSize: smallSize, color: grey },
      ...namesOf(company.name, language).map((text, at) => (at === 0 ? { text, fontSize: 11, bold: true } : { text })),
      ...(company.registration
        ? [{ text: `${say(registrationLabel(company.registration), language)} ${company.registration}`, fontSize: 8 }]
        : []),
      ...(company.address ? [{ text: company.address, fontSize: 8 }] : []),
    ],
  })),
  columnGap: 16,
  margin: [0, 0, 0, 8],
});

/** GB 32100: 18 characters without I, O, S, V and Z; companies abroad have other numbers. */
const registrationLabel = (registration: string): Words =>
  /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(registration) ? { en: 'USCC', zh: '统一社会信用代码' } : { en: 'Registration number', zh: '登记号' };

const namesOf = ({ en, zh }: Words, language: Paper['language']): string[] => [...new Set(language === 'en' ? [en, zh] : [zh, en])];

function factGrid(facts: readonly Fact[], paper: Paper): Content {
  const perRow = paper.landscape ? 4 : 3;
  const body: TableCell[][] = [];
  for (let at = 0; at < facts.length; at += perRow) {
    const row: TableCell[] = facts.slice(at, at + perRow).map(({ label, value }) => ({
      stack: [{ text: say(label, paper.language), fontSize: smallSize, color: grey }, textOf(valueOf(value, paper), undefined)],
    }));
    body.push([...row, ...Array.from({ length: perRow - row.length }, () => '')]);
  }
  const layout = { ...ruled, hLineWidth: () => 0.4, hLineColor: () => hairline };
  return { table: { widths: Array.from({ length: perRow }, () => '*'), body }, layout, margin: [0, 0, 0, 10] };
}

function tableOf({ title, columns, rows }: PaperTable, paper: Paper): Content[] {
  const header: TableCell[] = columns.map(({ label, align = 'left' }) => ({
    text: sayStacked(label, paper.language),
    fontSize: 8,
    bold: true,
    alignment: align,
  }));
  const body = rows.map((row) => rowOf(row, columns, paper));
  return [
    ...(title
      ? [{ text: say(title, paper.language), bold: true, fontSize: 10.5, margin: [0, 2, 0, 4] as [number, number, number, number] }]
      : []),
    {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: columns.map(({ width }) => width),
        body: [header, ...body],
      },
      layout: ruled,
      margin: [0, 0, 0, 8],
    },
  ];
}

function rowOf(row: Row, columns: PaperTable['columns'], paper: Paper): TableCell[] {
  if ('heading' in row) {
    const inside: Content = row.aside
      ? {
          columns: [
            { width: '*', stack: row.heading.map((part) => partOf(part, undefined, paper)) },
            { width: 'auto', stack: row.aside.map((part) => partOf(part, undefined, paper)) },
          ],
        }
      : { stack: row.heading.map((part) => partOf(part, undefined, paper)) };
    return [
      { ...(inside as object), colSpan: columns.length, fillColor: '#f3f3f3' } as TableCell,
      ...columns.slice(1).map(() => ({}) as TableCell),
    ];
  }
  return columns.map((column, at) => ({ ...cellOf(row[at] ?? '', column, paper), alignment: column.align ?? 'left' }));
}

function cellOf(cell: Cell, { width }: Column, paper: Paper) {
  const room = typeof width === 'number' ? width : undefined;
  if (typeof cell === 'string' || 'en' in cell) return textOf(valueOf(cell, paper), room);
  return { stack: cell.map((part) => partOf(part, room, paper)) };
}

/** `room` is the width of the column in points, where it is known. */
function partOf(part: CellPart, room: number | undefined, paper: Paper): Content {
  if ('sscc' in part) return barcodeOf(ssccBarcode(part.sscc));
  if ('code128' in part) return barcodeOf(numberBarcode(part.code128));
  const { text, small = false, bold = false, indent = 0 } = part;
  const look = small ? { fontSize: smallSize, color: grey } : {};
  return { ...textOf(valueOf(text, paper), room, small ? smallSize : undefined), bold, margin: [indent, 0, 0, 0], ...look };
}

const barcodeOf = ({ svg, text, width }: Barcode): Content => ({
  stack: [
    { svg, width },
    { text, fontSize: smallSize, alignment: 'center', margin: [0, 1, 0, 0] },
  ],
});

/** A number without a place to break, when longer than its column, would run over its neighbour: it breaks anywhere. */
function textOf(text: string, room = 120, size = bodySize) {
  const longest = Math.floor(room / (size * 0.62));
  return new RegExp(`[!-~]{${longest + 1}}`).test(text) ? { text, wordBreak: 'break-all' as const } : { text };
}

function totals(facts: readonly Fact[], paper: Paper): Content {
  const body = facts.map(({ label, value }): TableCell[] => [
    { text: say(label, paper.language), alignment: 'right', color: grey },
    { text: valueOf(value, paper), alignment: 'right', bold: true },
  ]);
  return {
    columns: [
      { width: '*', text: '' },
      { width: 'auto', table: { body }, layout: 'noBorders' },
    ],
    margin: [0, 0, 0, 8],
    unbreakable: true,
  } as Content;
}

const noteOf = ({ label, value }: Fact, paper: Paper): Content => ({
  text: [{ text: `${say(label, paper.language)}: `, color: grey }, valueOf(value, paper)],
  margin: [0, 0, 0, 4],
});

const signatures = ({ signatures: places, language }: Paper): Content => ({
  unbreakable: true,
  columns: places.map((role) => ({
    width: '*',
    stack: [
      { text: say(role, language), fontSize: 8, color: grey, margin: [0, 0, 0, 26] },
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 140, y2: 0, lineWidth: 0.5 }] },
      { text: say({ en: 'Signature, seal, date', zh: '签字、盖章、日期' }, language), fontSize: 7, color: grey, margin: [0, 2, 0, 0] },
    ],
  })),
  columnGap: 16,
  margin: [0, 14, 0, 0],
});

const valueOf = (value: string | Words, { language }: Paper): string => (typeof value === 'string' ? value : say(value, language));
