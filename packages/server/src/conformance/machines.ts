import type { EquipmentModel } from '@yunfab/core/verticals';
import type { Check } from './check.js';
import type { World } from './world.js';

interface SeriesRow {
  readonly equipment: string;
  readonly signal: string;
  readonly samples: number;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly texts: readonly string[] | null;
}

interface RunRow {
  readonly equipment: string;
  readonly program: string | null;
  readonly ended: boolean;
  readonly verdict: string | null;
  readonly evaluator: string | null;
}

/** What its simulated machines said to the gateway of the world, against what its catalogue says of them. */
export const machines: Check<World> = {
  name: 'machines',
  asks: 'Its simulated machines publish every signal that the catalogue declares and nothing else, within range, and their runs are judged.',
  async run({ vertical, owner }) {
    const { simulator, equipmentModels = [], runEvaluators = [] } = vertical;
    const problems: string[] = [];
    const refused = await owner.pool.query<{ topic: string; reason: string; detail: string }>(
      'select topic, reason, detail from telemetry.dead_letter limit 5',
    );
    for (const { topic, reason, detail } of refused.rows)
      problems.push(`The gateway set a message on ${topic} aside: ${reason}, ${detail}.`);
    const declared = equipmentModels.filter(({ id }) => simulator?.equipmentModels.includes(id));
    let samples = 0;
    let runs = 0;
    for (const model of declared) {
      const series = await seriesOf(owner, model.id);
      samples += series.reduce((sum, each) => sum + each.samples, 0);
      if (series.length === 0) {
        problems.push(`No machine of ${model.id} stands in the story. Give it one, so that somebody sees it run.`);
        continue;
      }
      problems.push(...signalProblems(model, series));
      const judged = await runsOf(owner, model.id);
      runs += judged.length;
      const evaluator = runEvaluators.find(({ equipmentModel }) => equipmentModel === model.id);
      if (!evaluator) continue;
      if (!judged.some(({ ended }) => ended)) problems.push(`No run of ${model.id} ended, although ${evaluator.id} judges its runs.`);
      if (!judged.some((run) => run.verdict === 'pass' && run.evaluator === evaluator.id))
        problems.push(`No run of ${model.id} passed ${evaluator.id}; a machine without faults should make good ones.`);
    }
    return { problems, note: `${declared.length} models, ${samples} samples, ${runs} runs` };
  },
};

async function seriesOf(owner: World['owner'], model: string): Promise<SeriesRow[]> {
  const { rows } = await owner.pool.query<SeriesRow>(
    `select e.code as equipment, s.signal, count(v.ts)::int as samples, min(v.value) as lowest, max(v.value) as highest,
            array_agg(distinct v.text) filter (where v.text is not null) as texts
     from core.equipment e join telemetry.series s on s.equipment_id = e.id left join telemetry.sample v on v.series = s.id
     where e.model = $1 group by 1, 2 order by 1, 2`,
    [model],
  );
  return rows;
}

async function runsOf(owner: World['owner'], model: string): Promise<RunRow[]> {
  const { rows } = await owner.pool.query<RunRow>(
    `select e.code as equipment, r.program, r.ended_at is not null as ended, r.verdict,
            (select v.evaluator_id from core.run_evaluation v where v.run_id = r.id order by v.ordinal desc limit 1) as evaluator
     from core.process_run r join core.equipment e on e.id = r.equipment_id where e.model = $1`,
    [model],
  );
  return rows;
}

function signalProblems(model: EquipmentModel, series: readonly SeriesRow[]): string[] {
  return model.signals.flatMap(({ name, kind, range, values, optional }) => {
    const said = series.filter(({ signal, samples }) => signal === name && samples > 0);
    if (said.length === 0) return optional ? [] : [`No machine of ${model.id} published "${name}".`];
    return said.flatMap(({ equipment, lowest, highest, texts }) => {
      const problems: string[] = [];
      if (kind === 'text' && lowest !== null) problems.push(`${equipment} published numbers as "${name}", which is a text.`);
      if (kind !== 'text' && texts !== null) problems.push(`${equipment} published texts as "${name}", which is a ${kind}.`);
      if (range && lowest !== null && highest !== null && (lowest < range.low || highest > range.high))
        problems.push(`${equipment} published "${name}" from ${lowest} to ${highest}, outside its range ${range.low} to ${range.high}.`);
      const strange = values ? (texts ?? []).filter((text) => !(text in values)) : [];
      if (strange.length > 0) problems.push(`${equipment} published "${strange[0]}" as "${name}", which is none of its values.`);
      return problems;
    });
  });
}
