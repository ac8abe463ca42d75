export { deviceClaimMigrations } from './claims/migration.js';
export { type ClaimOptions, type RedeemedClaim, redeemClaim } from './claims/service.js';
export { deadLetterCountMigrations } from './dead-letters/count-migration.js';
export { deadLetterMigrations } from './dead-letters/migration.js';
export { deviceAccessMigrations } from './device-access/migration.js';
export { deviceCommandMigrations } from './device-commands/migration.js';
export { answerType, expireCommands, settleAnswer, startCommandExpiry } from './device-commands/settle.js';
export { deviceConfigurationMigrations } from './device-configuration/migration.js';
export { configurationReportType, settleConfigurationReport } from './device-configuration/service.js';
export { type DeviceEvent, organizationsWithPending, takeDeviceEvents } from './device-events.js';
export { equipmentErrors } from './errors.js';
export { type DeviceChanged, type EquipmentCreated, equipmentEvents } from './events.js';
export { gatewayMigrations } from './gateways/migration.js';
export { equipmentMigrations } from './migrations.js';
export type { CommandModel, EquipmentModel, EquipmentModels, ParameterModel, SignalKind, SignalModel } from './models.js';
export { overviewMigrations } from './overview/migration.js';
export { equipmentPermissions } from './permissions.js';
export { quarantineFairnessMigrations } from './quarantine/fairness-migration.js';
export { quarantineMigrations } from './quarantine/migration.js';
export { registerSignals, startSignalRegistration } from './quarantine/registering.js';
export { type EquipmentRow, findEquipment } from './repository.js';
export { createEquipmentRouter } from './router.js';
export { createEquipmentService, type EquipmentService } from './service.js';
export type { EquipmentTables } from './tables.js';
export { readSampleChunks } from './telemetry/chunks.js';
export { deviceWordMigrations } from './telemetry/device-word-migration.js';
export { gatewayLeaseMigrations } from './telemetry/gateway-lease-migration.js';
export { presenceMigrations } from './telemetry/presence-migration.js';
export { type SignalColumns, toColumns } from './telemetry/range.js';
export {
  bySignal,
  isUsable,
  type LatestRow,
  type PageRow,
  readExtremes,
  readKeptFrom,
  readLatest,
  readSamplePage,
  readSamples,
  readSignals,
  type SampleRange,
  type SampleRow,
  type SignalRow,
  type SignalValue,
  signalValue,
} from './telemetry/reading.js';
export { recordsKeptMigrations } from './telemetry/records-kept-migration.js';
export { retentionMigrations } from './telemetry/retention-migration.js';
export { rollUp, startRollups } from './telemetry/rolling.js';
export { rollingMigrations } from './telemetry/rolling-migration.js';
export { rollupMigrations } from './telemetry/rollup-migration.js';
export { thinningMigrations } from './telemetry/thinning-migration.js';
export {
  dropOldTelemetry,
  forgetOldRecords,
  listPartitions,
  makePartitionsAhead,
  moveKeptFrom,
  startTelemetryUpkeep,
  type TelemetryKept,
  type TelemetryPartition,
} from './telemetry/upkeep.js';
export type { DeviceTokens } from './tokens.js';
