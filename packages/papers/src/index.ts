/** Business papers as PDF: plain data in, bytes out. Chinese, English or both, on A4. */
export { type DeliveryNote, deliveryNote, renderDeliveryNote } from './delivery-note.js';
export type { Amount, Consignment } from './goods.js';
export { type PaperLanguage, paperLanguages, type Words } from './language.js';
export { type PackedContent, type PackingList, type PaperPackage, packingList, renderPackingList } from './packing-list.js';
export type { Cell, CellPart, Column, Company, Fact, Paper, PaperTable, Row } from './paper.js';
export { renderPaper } from './render.js';
export { renderStatement, type Statement, type StatementDeduction, type StatementLine, statementPaper } from './statement.js';
