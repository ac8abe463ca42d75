import { orderContractMigrations as contract } from './0050-order-contract.js';
import { orderChangeMigrations } from './0060-changes.js';
import { ownSideMigrations as ownSide } from './0062-own-side.js';
import { ownMoveMigrations } from './0066-own-moves.js';

export { orderMigrations } from './0008-orders.js';

/** What an order agrees, and how that becomes another. */
export const orderContractMigrations = { ...contract, ...orderChangeMigrations };

/** After every feature of orders: which columns of what they share are whose, and who makes which move. */
export const ownSideMigrations = { ...ownSide, ...ownMoveMigrations };
