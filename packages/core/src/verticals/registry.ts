import type { Permissions } from '../access/index.js';
import type { Scope } from '../database/index.js';
import type { EquipmentModels } from '../equipment/index.js';
import type { ErrorCatalogue } from '../errors/index.js';
import type { GatePredicate, ReleaseGates } from '../lifecycle/index.js';
import type { RunEvaluator as BoundEvaluator, RunEvaluators, RunRuleDeclaration } from '../production/index.js';
import type { EvaluatedRun, ItemKind, ItemSpecification, SpecificationValue, Vertical } from './contract.js';
import { enabledVerticals } from './enablement.js';
import { verticalErrors } from './errors.js';
import type { EquipmentModel, GateInput, GateRun, LotHistory, ReleaseGate, RunEvaluator } from './evidence.js';
import { inVertical } from './session.js';

/** A vertical that was checked, with its configuration. */
export interface LoadedVertical {
  /** Where it came from: a package name. */
  readonly source: string;
  readonly vertical: Vertical;
  readonly config: Readonly<Record<string, unknown>>;
}

export type LoadedVerticals = readonly LoadedVertical[];

/** Port of production and lifecycle: what the gates of verticals ask about a lot. */
export interface LotEvidence {
  /** The runs that made the lot, oldest first, each with its newest evaluation. */
  runsOfLot(scope: Scope, lot: string): Promise<readonly GateRun[]>;
  /** Of the order line that the lot is made for. */
  specificationOfLot(scope: Scope, lot: string): Promise<SpecificationValue | null>;
  historyOfLot(scope: Scope, lot: string): Promise<LotHistory>;
  /** Throws `request.not_found` when the organization does not see the run. */
  evaluatedRun(scope: Scope, run: string): Promise<EvaluatedRun>;
}

/** Every equipment model by id: the port of `equipment/`. */
export function equipmentModels(verticals: LoadedVerticals): EquipmentModels & ReadonlyMap<string, EquipmentModel> {
  return new Map(verticals.flatMap(({ vertical }) => (vertical.equipmentModels ?? []).map((model) => [model.id, model])));
}

/** The rules for process runs that a model of equipment declares. */
export function declaredRunRules(verticals: LoadedVerticals): (model: string) => readonly RunRuleDeclaration[] {
  const models = verticals.flatMap(({ vertical }) => vertical.equipmentModels ?? []);
  return (model) => models.find(({ id }) => id === model)?.runRules ?? [];
}

/** The permissions that verticals declare, beside those of core. */
export function verticalPermissions(verticals: LoadedVerticals): Permissions {
  return Object.assign({}, ...verticals.map(({ vertical }) => vertical.permissions ?? {}));
}

/** Every kind of order line by id: `kiln/tile@1` → its schema, labels and example. */
export function itemSpecifications(verticals: LoadedVerticals): ReadonlyMap<string, ItemSpecification> {
  return new Map(verticals.flatMap(({ vertical }) => (vertical.itemSpecifications ?? []).map((each) => [each.id, each])));
}

/** Every kind of item by id, with the vertical that knows it. */
export function itemKinds(verticals: LoadedVerticals): ReadonlyMap<string, ItemKind> {
  return new Map(verticals.flatMap(({ vertical }) => (vertical.itemKinds ?? []).map((each) => [each.id, each])));
}

/**
 * Port of orders: checks a line's specification and gives it back as its schema parsed it.
 * Throws `verticals.specification_unknown` and `verticals.specification_invalid`.
 */
export function specificationParser(
  verticals: LoadedVerticals,
): (given: SpecificationValue) => SpecificationValue & { readonly summary: string } {
  const known = itemSpecifications(verticals);
  return ({ schema, value }) => {
    const specification = known.get(schema);
    if (!specification) throw verticalErrors.specification_unknown({ schema, known: [...known.keys()].join(', ') || '–' });
    const { success, data, error } = specification.schema.safeParse(value);
    if (success) return { schema, value: data, summary: specification.summary(data) };
    const [issue] = error.issues;
    throw verticalErrors.specification_invalid({
      schema,
      field: issue?.path.join('.') || 'value',
      problem: issue?.message,
      issues: error.issues,
    });
  };
}

/** Who judges the runs of an equipment model, for organizations that enabled the vertical: the port of `production/`. */
export function runEvaluators(verticals: LoadedVerticals): RunEvaluators {
  const byModel = new Map<string, { loaded: LoadedVertical; evaluator: RunEvaluator }>();
  for (const loaded of verticals) {
    for (const evaluator of loaded.vertical.runEvaluators ?? [])
      byModel.set(evaluator.equipmentModel, { loaded, evaluator: evaluator as RunEvaluator });
  }
  return {
    async find(scope, equipmentModel) {
      const found = byModel.get(equipmentModel);
      if (!found) return null;
      const enabled = await enabledVerticals(scope);
      return enabled.has(found.loaded.vertical.id) ? bind(found.loaded, found.evaluator) : null;
    },
  };
}

function bind({ vertical, config }: LoadedVertical, evaluator: RunEvaluator): BoundEvaluator {
  return {
    id: evaluator.id,
    version: vertical.version,
    signals: evaluator.signals,
    tailMs: evaluator.tailMs,
    async evaluate(scope, { run, samples, specification }) {
      const read = evaluator.facts;
      const facts = read ? await inVertical(vertical.id, scope, ({ db }) => read({ db, run, specification, config })) : {};
      return evaluator.evaluate({ run, samples, specification, facts, config });
    },
  };
}

/** The gates of the verticals that an organization enabled: a port of `lifecycle/`. A gate with nothing to say is left out. */
export function gatePredicates(verticals: LoadedVerticals, evidence: LotEvidence): ReleaseGates {
  const withGates = verticals.filter(({ vertical }) => vertical.gates?.length);
  return {
    async predicates(scope, lot) {
      if (withGates.length === 0) return [];
      const enabled = await enabledVerticals(scope);
      const asked = withGates.filter(({ vertical }) => enabled.has(vertical.id));
      if (asked.length === 0) return [];
      const runs = await evidence.runsOfLot(scope, lot.id);
      const specification = await evidence.specificationOfLot(scope, lot.id);
      const history = await evidence.historyOfLot(scope, lot.id);
      const answers: GatePredicate[] = [];
      for (const loaded of asked) answers.push(...(await answersOf(scope, loaded, { lot, runs, specification, ...history }, evidence)));
      return answers;
    },
  };
}

async function answersOf(
  scope: Scope,
  { vertical, config }: LoadedVertical,
  evidence: Omit<GateInput, 'facts' | 'config'>,
  { evaluatedRun }: Pick<LotEvidence, 'evaluatedRun'>,
): Promise<GatePredicate[]> {
  const answers: GatePredicate[] = [];
  for (const gate of (vertical.gates ?? []) as readonly ReleaseGate[]) {
    const asked = { ...evidence, config };
    const read = gate.facts;
    const facts = read
      ? await inVertical(vertical.id, scope, ({ db, asCore }) =>
          read({ ...asked, db, evaluatedRun: (id) => asCore(() => evaluatedRun(scope, id)) }),
        )
      : {};
    const answer = gate.check({ ...asked, facts });
    if (answer) answers.push({ id: gate.id, words: gate.words, check: async () => answer });
  }
  return answers;
}

/** The errors of verticals by code, with core's own in `docs/errors.md`. */
export function verticalErrorCatalogue(verticals: LoadedVerticals): ErrorCatalogue {
  return Object.assign({}, ...verticals.map(({ vertical }) => vertical.errors ?? {}));
}
