import semver from 'semver';
import { z } from 'zod';
import { memberRoles } from '../access/index.js';
import { unitCodes } from '../measure/index.js';
import { ruleProblem, runRuleDeclarationSchema } from '../production/index.js';
import { describeApi, findApiProblems, findPageProblems } from './check-api.js';
import { declarationProblems, declaredSchema } from './check-declared.js';
import { findMigrationProblems } from './check-migrations.js';
import { findMissingWords } from './check-words.js';
import { contractVersion, type Vertical, verticalType } from './contract.js';
import type { EquipmentModel } from './evidence.js';
import { apiBuilder, type VerticalPorts } from './host.js';
import { repeated } from './names.js';
import { equipmentModelSchema, pageSchema } from './schema.js';

export interface CheckOptions {
  /** The version of this platform. */
  readonly platformVersion: string;
  /** What the operator set for it. */
  readonly config?: unknown;
}

const idShape = /^[a-z][a-z-]{0,38}[a-z]$/;
const anything = z.custom<unknown>(() => true);
const method = z.custom<(...given: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
const schemaObject = z.custom<z.ZodObject>(
  (value) => value instanceof Object && 'safeParse' in value && 'shape' in value,
  'must be a z.object(…)',
);
const named = z.object({ id: z.string(), words: anything });

/** The shape alone; whether the parts fit together is asked afterwards. */
const shape = z.object({
  id: z.string().regex(idShape, 'must be 2 to 40 of a-z and "-", as in "glass-kiln"'),
  version: z.string().refine((version) => semver.valid(version) !== null, 'must be a semantic version such as "1.2.0"'),
  platform: z.string().refine((range) => semver.validRange(range) !== null, 'must be a semver range such as "^0.1.0"'),
  words: z.object({ name: anything, description: anything }),
  permissions: z.record(z.string(), z.object({ roles: z.array(z.enum(memberRoles)) })).optional(),
  config: schemaObject.optional(),
  migrations: z.record(z.string(), anything).optional(),
  api: method.optional(),
  errors: z.record(z.string(), z.object({ status: z.number() })).optional(),
  itemSpecifications: z
    .array(named.extend({ schema: schemaObject, fields: z.record(z.string(), anything), summary: method, example: anything }))
    .optional(),
  itemKinds: z.array(named.extend({ unit: z.enum(unitCodes), serialized: z.boolean(), specification: z.string().optional() })).optional(),
  equipmentModels: z.array(equipmentModelSchema.extend(declaredSchema)).optional(),
  runEvaluators: z
    .array(
      named.extend({
        equipmentModel: z.string(),
        signals: z.array(z.string()),
        tailMs: z.number().min(0),
        evaluate: method,
        facts: method.optional(),
      }),
    )
    .optional(),
  gates: z.array(named.extend({ check: method, facts: method.optional() })).optional(),
  pages: z.array(pageSchema).optional(),
  story: z
    .object({
      organizations: z.array(anything),
      equipment: z.array(anything),
      calls: z.array(anything),
      orders: z.array(anything),
      epilogue: z.array(anything).optional(),
    })
    .optional(),
  golden: z.array(z.object({ name: z.string().min(1), source: z.string().min(1), expected: z.json(), actual: method })).optional(),
  simulator: z.object({ equipmentModels: z.array(z.string()), faults: z.record(z.string(), anything), createDevice: method }).optional(),
});

/** Words that name core's own procedures. */
const reserved = new Set(
  'access audit commerce engineering equipment events exchange files insight jobs lifecycle live orders organization organizations places production service signatures verticals'.split(
    ' ',
  ),
);

/**
 * Everything that speaks against loading a vertical, each as one sentence that names the fix; empty when nothing does.
 * Nothing of the vertical runs but its `api` function, which only declares.
 */
export function checkVertical(candidate: unknown, { platformVersion, config }: CheckOptions): string[] {
  if (!isBranded(candidate)) return [`is not a vertical; export the value that defineVertical({ … }) returns`];
  if (candidate.contract !== contractVersion)
    return [
      `follows version ${String(candidate.contract)} of the plugin contract, this platform version ${contractVersion}; install a release of it for this platform`,
    ];
  const words = findMissingWords(candidate);
  const shaped = shape.safeParse(candidate);
  if (!shaped.success) {
    // A missing translation is told once, in words' own sentence.
    const issues = shaped.error.issues.filter(({ path }) => !words.some(({ at }) => path.join('.').startsWith(at)));
    return [
      ...issues.map(({ path, message }) => `has a wrong ${path.join('.') || 'shape'}: ${message}`),
      ...words.map(({ sentence }) => sentence),
    ];
  }
  const vertical = candidate as unknown as Vertical;
  return [
    ...findPlatformProblem(vertical, platformVersion),
    ...words.map(({ sentence }) => sentence),
    ...findNameProblems(vertical),
    ...findSpecificationProblems(vertical),
    ...findEquipmentProblems(vertical),
    ...findConfigProblems(vertical, config),
    ...findProcedureProblems(vertical),
    ...findMigrationProblems(vertical.id, vertical.migrations ?? {}),
  ];
}

function isBranded(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === 'object' && candidate !== null && '$$type' in candidate && candidate.$$type === verticalType;
}

function findPlatformProblem({ id, platform }: Vertical, platformVersion: string): string[] {
  const problems = semver.satisfies(platformVersion, platform, { includePrerelease: true })
    ? []
    : [`needs platform ${platform}, and this is ${platformVersion}; install a release of it for ${platformVersion}, or another platform`];
  if (reserved.has(id)) problems.push(`has the id "${id}", which is the name of a part of core; choose another`);
  return problems;
}

function findNameProblems({
  id,
  permissions = {},
  errors = {},
  itemSpecifications = [],
  itemKinds = [],
  equipmentModels = [],
  runEvaluators = [],
  gates = [],
  pages = [],
}: Vertical): string[] {
  const kinds: readonly (readonly [string, readonly string[], string])[] = [
    ['permission', Object.keys(permissions), '.'],
    ['error', Object.keys(errors), '.'],
    ['equipment model', equipmentModels.map((each) => each.id), '.'],
    ['run evaluator', runEvaluators.map((each) => each.id), '.'],
    ['gate', gates.map((each) => each.id), '.'],
    ['page', pages.map((each) => each.id), '.'],
    ['item specification', itemSpecifications.map((each) => each.id), '/'],
    ['item kind', itemKinds.map((each) => each.id), '/'],
  ];
  return kinds.flatMap(([kind, names, separator]) => [
    ...names
      .filter((name) => !name.startsWith(`${id}${separator}`))
      .map((name) => `names the ${kind} "${name}" outside its namespace; begin it with "${id}${separator}"`),
    ...repeated(names).map((name) => `names the ${kind} "${name}" twice; give each its own`),
  ]);
}

function findSpecificationProblems({ id, itemSpecifications = [], itemKinds = [] }: Vertical): string[] {
  const known = itemSpecifications.map((each) => each.id);
  const unspecified = itemKinds
    .filter(({ specification }) => specification !== undefined && !known.includes(specification))
    .map(
      (kind) =>
        `specifies "${kind.id}" by "${kind.specification}", which it does not define; use one of ${known.join(', ') || 'none (there are none)'}`,
    );
  const problems = itemSpecifications.flatMap((specification) => {
    const problems: string[] = [];
    if (!/@\d+$/.test(specification.id))
      problems.push(`names the item specification "${specification.id}" without its version; write "${id}/…@1"`);
    const fields = Object.keys(specification.schema.shape);
    for (const field of fields.filter((name) => !(name in specification.fields)))
      problems.push(`gives the field "${field}" of "${specification.id}" no label; add it to fields`);
    for (const field of Object.keys(specification.fields).filter((name) => !fields.includes(name)))
      problems.push(`labels the field "${field}" of "${specification.id}", which its schema does not have; remove it`);
    const example = specification.schema.safeParse(specification.example);
    if (!example.success)
      problems.push(
        `gives "${specification.id}" an example that its own schema refuses: ${example.error.issues[0]?.path.join('.')} ${example.error.issues[0]?.message}`,
      );
    return problems;
  });
  return [...problems, ...unspecified];
}

function findEquipmentProblems({ equipmentModels = [], runEvaluators = [], simulator }: Vertical): string[] {
  const signals = new Map(equipmentModels.map((model) => [model.id, new Set(model.signals.map((signal) => signal.name))]));
  const models = [...signals.keys()].join(', ') || 'none (there are none)';
  const problems: string[] = [];
  for (const model of equipmentModels) {
    for (const signal of model.signals) {
      if (signal.unit === '') problems.push(`gives the signal "${signal.name}" of ${model.id} no unit; write its UCUM code, or "1"`);
      if (!/^[a-z][a-z0-9_]{0,63}$/.test(signal.name)) problems.push(`names the signal "${signal.name}" of ${model.id}; use snake_case`);
    }
    for (const name of repeated(model.signals.map((signal) => signal.name)))
      problems.push(`gives ${model.id} the signal "${name}" twice; remove one`);
    problems.push(...ruleProblems(model), ...declarationProblems(model));
    for (const alarm of model.alarms ?? []) {
      if (!signals.get(model.id)?.has(alarm.signal))
        problems.push(`lets the alarm "${alarm.id}" watch the signal "${alarm.signal}", which ${model.id} does not have`);
    }
  }
  for (const evaluator of runEvaluators) {
    const known = signals.get(evaluator.equipmentModel);
    if (!known)
      problems.push(
        `lets the evaluator "${evaluator.id}" judge the equipment model "${evaluator.equipmentModel}", which it does not define; use one of ${models}`,
      );
    for (const signal of evaluator.signals.filter((name) => known && !known.has(name)))
      problems.push(`lets the evaluator "${evaluator.id}" read the signal "${signal}", which ${evaluator.equipmentModel} does not have`);
  }
  for (const model of repeated(runEvaluators.map((each) => each.equipmentModel)))
    problems.push(`gives ${model} two evaluators; a run has one judgement`);
  for (const model of (simulator?.equipmentModels ?? []).filter((id) => !signals.has(id)))
    problems.push(`simulates the equipment model "${model}", which it does not define; use one of ${models}`);
  return problems;
}

function ruleProblems({ id, signals, runRules = [] }: EquipmentModel): string[] {
  const kinds = new Map(signals.map(({ name, kind }) => [name, kind]));
  return runRules.flatMap((rule) => {
    const { data, error } = runRuleDeclarationSchema.safeParse(rule);
    if (!data)
      return [
        `declares a rule for runs of ${id} wrongly: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
      ];
    const problem = ruleProblem(data, kinds);
    return problem ? [`lets the rule "${data.code}" make runs of ${id}: ${problem.message}`] : [];
  });
}

function findConfigProblems({ config }: Vertical, given: unknown): string[] {
  if (!config) return given === undefined || (given && Object.keys(given).length === 0) ? [] : ['takes no config; remove it'];
  const { success, error } = config.safeParse(given ?? {});
  return success ? [] : error.issues.map(({ path, message }) => `has a wrong config.${path.join('.')}: ${message}`);
}

function findProcedureProblems(vertical: Vertical): string[] {
  const { id, permissions = {}, pages = [], equipmentModels = [], runEvaluators = [] } = vertical;
  let procedures: ReturnType<typeof describeApi>['procedures'] = [];
  const problems: string[] = [];
  if (vertical.api) {
    try {
      const described = describeApi(vertical.api(apiBuilder({ source: '', vertical, config: {} }, notAsked)));
      procedures = described.procedures;
      problems.push(
        ...described.strange.map(
          (name) => `holds "${name}" in its api, which is no procedure; make it with query({ … }) or command({ … })`,
        ),
      );
    } catch (error) {
      return [`fails while declaring its api: ${error instanceof Error ? error.message : String(error)}`];
    }
  }
  return [
    ...problems,
    ...findApiProblems(id, procedures, permissions),
    ...findPageProblems(pages, {
      id,
      permissions,
      procedures,
      models: new Map(equipmentModels.map((model) => [model.id, new Set(model.signals.map((signal) => signal.name))])),
      evaluators: new Set(runEvaluators.map((each) => each.id)),
    }),
  ];
}

/** While an api is only being declared, nothing of core is asked. */
const notAsked: VerticalPorts = {
  evaluatedRun: () => Promise.reject(new Error('not asked')),
  runsOfLot: () => Promise.reject(new Error('not asked')),
  specificationOfLot: () => Promise.reject(new Error('not asked')),
  historyOfLot: () => Promise.reject(new Error('not asked')),
  get services(): never {
    throw new Error('not asked');
  },
};
