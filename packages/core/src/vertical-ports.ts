import type { Scope } from './database/index.js';
import { lotEvidence, type ProductionService, type RunEvaluationView } from './production/index.js';
import type { EvaluatedRun, GateRun, RunEvaluation, SpecificationValue, VerticalPorts } from './verticals/index.js';

/** What production answers for the gates and procedures of verticals. */
export function verticalPorts(production: ProductionService): Omit<VerticalPorts, 'services'> {
  return {
    async runsOfLot(scope, lot) {
      const { runs } = await lotEvidence(scope, lot);
      return runs.filter((run): run is GateRun => run.startedAt !== null);
    },

    async specificationOfLot(scope, lot) {
      return (await lotEvidence(scope, lot)).specification as SpecificationValue | null;
    },

    evaluatedRun: (scope, run) => evaluatedRun(production, scope, run),
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
