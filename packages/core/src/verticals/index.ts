export type { CommandModel, ParameterModel } from '../equipment/index.js';
export { type CheckOptions, checkVertical } from './check.js';
export {
  type ApiBuilder,
  type ApiTree,
  type Bound,
  type CoreFacade,
  type CoreServices,
  contractVersion,
  type DeclaredProcedure,
  type EvaluatedRun,
  type GoldenResult,
  type GoldenValue,
  type ItemKind,
  type ItemSpecification,
  type SpecificationValue,
  type Vertical,
  type VerticalCall,
  type VerticalCommand,
  type VerticalDefinition,
  type VerticalQuery,
  type VerticalRef,
  verticalType,
} from './contract.js';
export { defineVertical } from './define.js';
export type { DemoCall, DemoEquipment, DemoOrder, DemoOrganization, DemoStory } from './demo-story.js';
export { enableVertical } from './enable.js';
export { verticalErrors } from './errors.js';
export { evaluatedRunSchema, viewEvaluatedRun } from './evaluated-run.js';
export {
  type AlarmDefinition,
  type EquipmentModel,
  type EvaluatedCurve,
  type EvaluatedValue,
  type EvaluationFacts,
  type EvaluationInput,
  type Finding,
  type GateFinding,
  type GateInput,
  type GateRun,
  type LotHistory,
  noHistory,
  type ReleaseGate,
  type RunEvaluation,
  type RunEvaluator,
  type RunFacts,
  type SampleSeries,
  type SignalDefinition,
  type Verdict,
} from './evidence.js';
export { type VerticalPorts, verticalRouters } from './host.js';
export { loadVerticals, type VerticalModule } from './load.js';
export { verticalMigrations } from './migrations.js';
export { roleOf as verticalRole, schemaOf as verticalSchema } from './names.js';
export type { PageBlock, PageColumn, PageField, PagePicture, RecordKind, ValueFormat, VerticalPage } from './pages.js';
export { verticalsPermissions } from './permissions.js';
export { type Chart, chartSchema, type Drawing, type DrawingShape, drawingSchema, type Tone, tones } from './pictures.js';
export { purgeVertical } from './purge.js';
export {
  declaredRunRules,
  equipmentModels,
  gatePredicates,
  itemKinds,
  itemSpecifications,
  type LoadedVertical,
  type LoadedVerticals,
  type LotEvidence,
  runEvaluators,
  specificationParser,
  verticalErrorCatalogue,
  verticalPermissions,
} from './registry.js';
export { createVerticalRouter } from './router.js';
export type { VerticalPagesView, VerticalView } from './schema.js';
export { createVerticalService, type VerticalService } from './service.js';
export type { ReplayWindow, SimulatedDevice, SimulatedDeviceOptions, VerticalSimulator } from './simulator.js';
export { type VerticalTableOptions, verticalTable } from './table.js';
