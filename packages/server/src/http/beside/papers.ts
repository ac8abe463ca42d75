import { paperLanguages } from '@yunfab/papers';
import { answer, binary, type Described, inPath, inQuery, operation, organizationToActFor, uuid } from './operation.js';

const language = inQuery('language', 'Of the paper', { type: 'string', enum: [...paperLanguages], default: 'both' });
const order = inPath('order', 'Id of the order', uuid);
const shipment = inPath('shipment', 'Id of the shipment', uuid);
const statement = inPath('statement', 'Id of the statement', uuid);

const pdf = { 200: answer('The paper', 'application/pdf', binary) };
const ofShipment = (kind: string, summary: string): Described => ({
  [`/papers/${kind}/{order}/{shipment}.pdf`]: operation({
    operationId: `papers-${kind}`,
    summary,
    tag: 'orders',
    permission: 'orders.view',
    parameters: [order, shipment, language, organizationToActFor],
    responses: pdf,
  }),
});

export const papers: Readonly<Record<string, Described>> = {
  'GET /api/papers/delivery-note/:order/:shipment': ofShipment('delivery-note', 'Delivery note of a shipment as PDF'),
  'GET /api/papers/packing-list/:order/:shipment': ofShipment('packing-list', 'Packing list of a shipment as PDF'),
  'GET /api/papers/statement/:file': {
    '/papers/statement/{statement}.pdf': operation({
      operationId: 'papers-statement-pdf',
      summary: 'Statement as PDF',
      tag: 'statements',
      permission: 'orders.statements.view',
      parameters: [statement, language, organizationToActFor],
      responses: pdf,
    }),
    '/papers/statement/{statement}.csv': operation({
      operationId: 'papers-statement-csv',
      summary: 'Lines of a statement as CSV (RFC 4180, UTF-8 with byte order mark)',
      tag: 'statements',
      permission: 'orders.statements.view',
      parameters: [statement, language, organizationToActFor],
      responses: { 200: answer('The lines', 'text/csv', { type: 'string' }) },
    }),
  },
};
