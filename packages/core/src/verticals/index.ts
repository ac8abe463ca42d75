export {
  type ApiBuilder,
  type ApiTree,
  type CoreFacade,
  contractVersion,
  type EvaluatedRun,
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
export type {
  AlarmDefinition,
  EquipmentModel,
  EvaluatedCurve,
  EvaluatedValue,
  EvaluationFacts,
  EvaluationInput,
  Finding,
  GateFinding,
  GateInput,
  GateRun,
  ReleaseGate,
  RunEvaluation,
  RunEvaluator,
  RunFacts,
  SampleSeries,
  SignalDefinition,
  Verdict,
} from './evidence.js';
export type { PageBlock, PageColumn, PageField, ValueFormat, VerticalPage } from './pages.js';
export type { SimulatedDevice, SimulatedDeviceOptions, VerticalSimulator } from './simulator.js';
