import { createCallerFactory, router, toWireError } from '../commands/index.js';
import { createOrderService, createOrdersRouter } from '../orders/index.js';
import { type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';
import { createCommerceRouter, createCommerceService } from './index.js';

/** Orders and commerce as composition wires them, over a test database. */
export function createShop(db: TestDatabase, clock: () => Date = () => new Date()) {
  const specifications = <Given>(given: Given) => given;
  const orders = createOrderService({ specifications });
  const createCaller = createCallerFactory(
    router({ orders: createOrdersRouter(orders), commerce: createCommerceRouter(createCommerceService({ specifications, orders })) }),
  );
  return (who: TestOrganization) => createCaller(testContext(db, who, { clock }));
}

/** The code under which the promise is refused, as a client would read it. */
export const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing failed',
    (error: unknown) => toWireError(error, '').body.error.code,
  );
