import { command, query } from '../../commands/index.js';
import * as schema from './schema.js';
import type { SuppliedService } from './service.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };
const output = schema.suppliedSchema;
const at = '/orders/{order}/supplied-material';
const on = `${at}/{material}` as const;

export const createSuppliedRouter = (service: SuppliedService) => ({
  agree: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: at, summary: 'Buyer: say what material you provide for an order', tags },
    input: schema.agreeMaterialInput,
    output,
    record,
    run: (scope, input) => service.agree(scope, input),
  }),
  send: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/send`, summary: 'Buyer: send part of a lot to the supplier; it stays yours', tags },
    input: schema.sendMaterialInput,
    output,
    record,
    run: (scope, input) => service.send(scope, input),
  }),
  receive: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/receive`, summary: 'Supplier: confirm what arrived of the buyer’s material', tags },
    input: schema.receiveMaterialInput,
    output,
    record,
    run: (scope, input) => service.receive(scope, input),
  }),
  use: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/use`, summary: 'Supplier: report material as used without an issue to a job order', tags },
    input: schema.useMaterialInput,
    output,
    record,
    run: (scope, input) => service.use(scope, input),
  }),
  scrap: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/scrap`, summary: 'Supplier: report material as scrapped', tags },
    input: schema.scrapMaterialInput,
    output,
    record,
    run: (scope, input) => service.scrap(scope, input),
  }),
  return: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/return`, summary: 'Supplier: send material back to its owner', tags },
    input: schema.returnMaterialInput,
    output,
    record,
    run: (scope, input) => service.return(scope, input),
  }),
  writeOff: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/write-off`, summary: 'Buyer: accept that material is lost', tags },
    input: schema.writeOffMaterialInput,
    output,
    record,
    run: (scope, input) => service.writeOff(scope, input),
  }),
  reverse: command({
    permission: 'orders.supplied',
    rest: { method: 'POST', path: `${on}/reversals`, summary: 'Take back an entry of your own; the first entry stays', tags },
    input: schema.reverseMaterialEntryInput,
    output,
    record,
    run: (scope, input) => service.reverse(scope, input),
  }),
  of: query({
    permission: 'orders.view',
    rest: { method: 'GET', path: at, summary: 'The material that the buyer of an order provides: balances, lots and entries', tags },
    input: schema.suppliedOfInput,
    output,
    run: (scope, { order }) => service.of(scope, order),
  }),
});
