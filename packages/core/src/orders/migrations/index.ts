export { orderMigrations } from './0008-orders.js';
export { orderContractMigrations } from './0050-order-contract.js';
