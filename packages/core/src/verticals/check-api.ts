import type { Permissions } from '../access/index.js';
import type { ProcedureMeta } from '../commands/index.js';
import type { PageBlock, PageField, VerticalPage } from './pages.js';

/** A procedure of a vertical, by its name within it: `recipes.list`. */
export interface DescribedProcedure {
  readonly name: string;
  readonly kind: 'query' | 'command';
  readonly permission: string;
  readonly path: string;
  /** Names of its input fields. */
  readonly inputs: ReadonlySet<string>;
}

interface AnyProcedure {
  readonly _def: { readonly procedure: true; readonly meta?: ProcedureMeta; readonly inputs: readonly { readonly shape?: object }[] };
}

/** Reads the procedures out of an api tree; `strange` names what is neither a procedure nor a record of them. */
export function describeApi(tree: unknown, prefix = ''): { procedures: DescribedProcedure[]; strange: string[] } {
  if (typeof tree !== 'object' || tree === null) return { procedures: [], strange: [prefix || 'api'] };
  const procedures: DescribedProcedure[] = [];
  const strange: string[] = [];
  for (const [key, value] of Object.entries(tree)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (isProcedure(value)) {
      const { meta, inputs } = value._def;
      procedures.push({
        name,
        kind: meta?.kind ?? 'query',
        permission: meta?.permission ?? '',
        path: meta?.openapi?.path ?? '',
        inputs: new Set(inputs.flatMap((input) => Object.keys(input.shape ?? {}))),
      });
    } else {
      const inner = describeApi(value, name);
      procedures.push(...inner.procedures);
      strange.push(...inner.strange);
    }
  }
  return { procedures, strange };
}

function isProcedure(value: unknown): value is AnyProcedure {
  return typeof value === 'function' && '_def' in value && (value as unknown as AnyProcedure)._def?.procedure === true;
}

export function findApiProblems(id: string, procedures: readonly DescribedProcedure[], permissions: Permissions): string[] {
  return procedures.flatMap(({ name, permission, path }) => {
    const problems: string[] = [];
    if (!(permission in permissions))
      problems.push(`procedure "${name}" asks for the permission "${permission}", which it does not declare; add it to permissions`);
    if (!path.startsWith(`/${id}/`)) problems.push(`procedure "${name}" has the REST path "${path}"; begin it with "/${id}/"`);
    return problems;
  });
}

interface PageContext {
  readonly id: string;
  readonly permissions: Permissions;
  readonly procedures: readonly DescribedProcedure[];
  /** Model id → names of its signals. */
  readonly models: ReadonlyMap<string, ReadonlySet<string>>;
  readonly evaluators: ReadonlySet<string>;
}

/** Pages that would be drawn empty or fail when used. */
export function findPageProblems(pages: readonly VerticalPage[], context: PageContext): string[] {
  return pages.flatMap((page) => {
    const say = (problem: string) => `page "${page.id}" ${problem}`;
    const problems = page.blocks.flatMap((block) => blockProblems(block, context));
    if (!(page.permission in context.permissions))
      problems.unshift(`asks for the permission "${page.permission}", which is not declared; add it to permissions`);
    return problems.map(say);
  });
}

function blockProblems(block: PageBlock, { procedures, models, evaluators }: PageContext): string[] {
  if (block.kind === 'text') return [];
  if (block.kind === 'equipment') {
    const signals = models.get(block.model);
    if (!signals) return [`shows the equipment model "${block.model}", which does not exist; use one of ${listed(models.keys())}`];
    const problems = block.signals
      .filter((name) => !signals.has(name))
      .map((name) => `draws the signal "${name}", which ${block.model} does not have; use one of ${listed(signals)}`);
    if (block.evaluator && !evaluators.has(block.evaluator.id))
      problems.push(`names the evaluator "${block.evaluator.id}", which does not exist; use one of ${listed(evaluators)}`);
    return problems;
  }
  const [name, kind] = block.kind === 'form' ? ([block.command, 'command'] as const) : ([block.query, 'query'] as const);
  const procedure = procedures.find((each) => each.name === name);
  if (!procedure) return [`names the procedure "${name}", which does not exist; use one of ${listed(procedures.map((each) => each.name))}`];
  if (procedure.kind !== kind) return [`uses "${name}" as a ${kind}, but it is a ${procedure.kind}; choose another block kind`];
  const fields: readonly PageField[] = block.kind === 'table' ? [] : block.fields;
  return fields
    .filter((field) => !procedure.inputs.has(field.name.split('.')[0] ?? ''))
    .map((field) => `has the field "${field.name}", which is no input of "${name}"; use one of ${listed(procedure.inputs)}`);
}

const listed = (names: Iterable<string>): string => [...names].map((name) => `"${name}"`).join(', ') || 'none (there are none)';
