import { accessMigrations } from './access/index.js';
import { commandMigrations } from './commands/index.js';
import { commerceMigrations } from './commerce/index.js';
import { databaseMigrations, type Migrations } from './database/index.js';
import { engineeringMigrations } from './engineering/index.js';
import {
  deadLetterCountMigrations,
  deadLetterMigrations,
  deviceAccessMigrations,
  deviceClaimMigrations,
  deviceCommandMigrations,
  deviceConfigurationMigrations,
  deviceWordMigrations,
  equipmentMigrations,
  gatewayLeaseMigrations,
  gatewayMigrations,
  overviewMigrations,
  presenceMigrations,
  quarantineFairnessMigrations,
  quarantineMigrations,
  recordsKeptMigrations,
  retentionMigrations,
  rollingMigrations,
  rollupMigrations,
  thinningMigrations,
} from './equipment/index.js';
import { eventMigrations } from './events/index.js';
import { fileMigrations } from './files/index.js';
import { lifecycleMigrations, lotPartMigrations, undoneShipmentMigrations, unitMigrations } from './lifecycle/index.js';
import { meteringMigrations } from './metering/index.js';
import {
  deliveryMigrations,
  dutyMigrations,
  listingMigrations,
  orderContractMigrations,
  orderMigrations,
  outlookMigrations,
  ownSideMigrations,
  rfqMigrations,
  statementMigrations,
  subcontractMigrations,
} from './orders/index.js';
import {
  floorMigrations,
  goldenRunMigrations,
  productionMigrations,
  routedJobMigrations,
  runRuleMigrations,
  runSilenceMigrations,
} from './production/index.js';
import { serviceMigrations } from './service/index.js';
import { verticalMigrations } from './verticals/index.js';

/** Every migration of core, in order; each feature declares its own. */
export const coreMigrations: Migrations = {
  ...databaseMigrations,
  ...eventMigrations,
  ...accessMigrations,
  ...commandMigrations,
  ...equipmentMigrations,
  ...lifecycleMigrations,
  ...productionMigrations,
  ...orderMigrations,
  ...commerceMigrations,
  ...verticalMigrations,
  ...engineeringMigrations,
  ...routedJobMigrations,
  ...unitMigrations,
  ...serviceMigrations,
  ...orderContractMigrations,
  ...fileMigrations,
  ...rfqMigrations,
  ...listingMigrations,
  ...dutyMigrations,
  ...deliveryMigrations,
  ...lotPartMigrations,
  ...subcontractMigrations,
  ...floorMigrations,
  ...undoneShipmentMigrations,
  ...outlookMigrations,
  ...meteringMigrations,
  ...statementMigrations,
  ...ownSideMigrations,
  ...rollupMigrations,
  ...deadLetterMigrations,
  ...retentionMigrations,
  ...thinningMigrations,
  ...deviceCommandMigrations,
  ...deviceConfigurationMigrations,
  ...quarantineMigrations,
  ...deviceClaimMigrations,
  ...deadLetterCountMigrations,
  ...gatewayMigrations,
  ...overviewMigrations,
  ...runRuleMigrations,
  ...runSilenceMigrations,
  ...gatewayLeaseMigrations,
  ...goldenRunMigrations,
  ...rollingMigrations,
  ...recordsKeptMigrations,
  ...quarantineFairnessMigrations,
  ...deviceAccessMigrations,
  ...deviceWordMigrations,
  ...presenceMigrations,
};
