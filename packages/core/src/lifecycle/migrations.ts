import { type Migrations, sqlMigration } from '../database/index.js';
import { activityTables } from './activities/migrations.js';
import { undoneShipments } from './activities/undone-shipments.js';
import { historyFunctions, returnedInputs } from './genealogy/migrations.js';
import { lotTables } from './lots/migrations.js';
import { unitTables } from './units/migrations.js';

export { lotPartMigrations } from './lots/part-migrations.js';

export const lifecycleMigrations: Migrations = {
  '0006-lifecycle': sqlMigration(lotTables),
};

/** Later than production's and orders', whose shipments it reads once. */
export const unitMigrations: Migrations = {
  '0011-units': sqlMigration(unitTables + activityTables + historyFunctions),
  '0032-returned-inputs': sqlMigration(returnedInputs),
};

/** Later than orders', whose receipts it corrects. */
export const undoneShipmentMigrations: Migrations = { '0053b-undone-shipments': sqlMigration(undoneShipments) };
