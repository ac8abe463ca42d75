import type { Scope } from './database/index.js';
import { identifiersOf, listActivities, lotContents } from './lifecycle/index.js';
import { lotEvidence, type ProductionService, type RunEvaluationView } from './production/index.js';
import type { EvaluatedRun, GateRun, LotHistory, RunEvaluation, SpecificationValue, VerticalPorts } from './verticals/index.js';

/** What production and lifecycle answer for the gates and procedures of verticals. */
export function verticalPorts(production: ProductionService): Omit<VerticalPorts, 'services'> {
  return {
    async runsOfLot(scope, lot) {
      const { runs } = await lotEvidence(scope, lot);
      return runs.filter((run): run is GateRun => run.startedAt !== null);
    },

    async specificationOfLot(scope, lot) {
      return (await lotEvidence(scope, lot)).specification as SpecificationValue | null;
    },

    historyOfLot,
    evaluatedRun: (scope, run) => evaluatedRun(production, scope, run),
  };
}

async function historyOfLot(scope: Scope, lot: string): Promise<LotHistory> {
  const { units, materials } = await lotContents(scope, lot);
  const { items } = await listActivities(scope, { thing: lot, limit: 100 });
  return {
    units: units.map(({ id, serial }) => ({ id, serial })),
    materials: materials.map(({ thing: { node, hidden, kind, code }, quantity: { value, unit }, position }) => ({
      ...{ id: hidden ? null : node, kind, code },
      ...{ quantity: value, unit, position },
    })),
    identifiers: (await identifiersOf(scope, lot)).map(({ scheme, value }) => ({ scheme, value })),
    activities: items.map(({ id, kind, at, note }) => ({ id, kind, at: Date.parse(at), note })),
  };
}

async function evaluatedRun(production: ProductionService, scope: Scope, id: string): Promise<EvaluatedRun> {
  const { key, program, startedAt, endedAt, equipment, evaluation } = await production.getRun(scope, id);
  const until = Date.parse(evaluation?.evidence.to ?? scope.now.toISOString());
  return {
    id,
    equipment: equipment.id,
    equipmentModel: equipment.model,
    run: {
      key,
      program,
      startedAt: startedAt === null ? until : Date.parse(startedAt),
      endedAt: endedAt === null ? null : Date.parse(endedAt),
      until,
    },
    evaluation: evaluation && asEvaluation(evaluation),
  };
}

function asEvaluation({ verdict, values, curves, findings }: RunEvaluationView): RunEvaluation {
  return { verdict, values: Object.fromEntries(values.map(({ name, ...value }) => [name, value])), curves, findings };
}
