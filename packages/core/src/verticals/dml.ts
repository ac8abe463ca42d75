import {
  type CompiledQuery,
  type DatabaseConnection,
  isColumnDataType,
  isOperator,
  Kysely,
  type OperationNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Handle } from '../database/index.js';
import { verticalErrors } from './errors.js';

const statements = new Set(['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode']);

/** Text that Kysely itself writes into a tree: orders, `join lateral … on true`, the branches of merge, and wrapped nodes. */
const ownText = /^(|asc|desc|asc nulls (first|last)|desc nulls (first|last)|true|do nothing|delete)$/;

const setOperators = new Set(['union', 'intersect', 'except', 'minus']);

/** Functions that compute; none of them changes a setting, a role, a file or a lock. */
const functions = new Set(
  `abs age array_agg array_length array_remove avg bool_and bool_or cardinality ceil char_length coalesce concat concat_ws count
   date_bin date_part date_trunc dense_rank exp extract first_value floor gen_random_uuid greatest json_agg jsonb_agg
   jsonb_array_elements jsonb_array_length jsonb_build_array jsonb_build_object jsonb_object_agg jsonb_set lag last_value lead
   least left length ln lower ltrim make_interval max min mod now nullif percent_rank percentile_cont percentile_disc power rank
   regr_slope replace right round row_number row_to_json rtrim sqrt starts_with stddev_pop stddev_samp string_agg substr sum
   to_char to_json to_jsonb to_timestamp trim unnest upper var_pop var_samp width_bucket`.split(/\s+/),
);

/**
 * Throws `verticals.statement_refused` unless the statement selects, inserts, updates, deletes or merges rows of `schema`
 * and is built from Kysely's own parts: a fragment of raw SQL could say anything, so none is let through.
 */
export function assertDml(root: OperationNode, { vertical, schema }: { vertical: string; schema: string }): void {
  const refuse = (reason: string, fix: string) => {
    throw verticalErrors.statement_refused({ vertical, reason, fix });
  };
  if (!statements.has(root.kind)) {
    if (root.kind === 'RawNode') refuse('it is raw SQL', 'build it with Kysely');
    refuse(`it is a ${root.kind.replace(/Node$/, '')}`, 'change the schema only in a migration');
  }
  const expressions = new Set<string>();
  const visit = (node: OperationNode, inReference: boolean): void => {
    if (node.kind === 'CommonTableExpressionNameNode') expressions.add(nameOf(node).name);
    else if (node.kind === 'TableNode') {
      const { schema: named, name } = nameOf(node);
      if (named !== undefined && named !== schema)
        refuse(`it names ${named}.${name}`, `use only tables of ${schema}, and call.core for the rest`);
      if (named === undefined && !inReference && !expressions.has(name))
        refuse(`it names ${name} without its schema`, 'do not call withoutPlugins()');
    } else if (node.kind === 'RawNode') {
      const strange = (node as OperationNode & { sqlFragments: readonly string[] }).sqlFragments.find((text) => !ownText.test(text.trim()));
      if (strange !== undefined) refuse(`it holds the raw SQL "${strange.trim()}"`, 'write it with the expression builder');
    } else if (node.kind === 'ExplainNode' || isForged(node))
      refuse(`it holds a ${node.kind.replace(/Node$/, '')} that is not let through`, 'build it with Kysely');
    else if (node.kind === 'FunctionNode' || node.kind === 'AggregateFunctionNode') {
      const { func } = node as OperationNode & { func: string };
      if (!functions.has(func.toLowerCase()))
        refuse(`it calls ${func}()`, 'compute it in the program, or in a trigger of your own migration');
    }
    const reference = node.kind === 'ReferenceNode' || node.kind === 'SelectAllNode';
    for (const child of childrenOf(node)) visit(child, reference);
  };
  // Names of expressions first: a table may use one that is written after it in the tree.
  collectExpressions(root, expressions);
  visit(root, false);
}

/** Operators and data types stand in the statement as they are. Kysely takes them from lists of its own; a tree made by hand need not. */
function isForged(node: OperationNode): boolean {
  const { operator, dataType } = node as OperationNode & { operator?: unknown; dataType?: unknown };
  if (node.kind === 'OperatorNode') return !isOperator(operator);
  if (node.kind === 'DataTypeNode') return !isColumnDataType(String(dataType));
  return node.kind === 'SetOperationNode' && !setOperators.has(String(operator));
}

function collectExpressions(node: OperationNode, into: Set<string>): void {
  if (node.kind === 'CommonTableExpressionNameNode') into.add(nameOf(node).name);
  for (const child of childrenOf(node)) collectExpressions(child, into);
}

function childrenOf(node: OperationNode): OperationNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

interface Named {
  readonly table: { readonly schema?: { readonly name: string }; readonly identifier: { readonly name: string } };
}

/** Of a table, or of the table inside the name of a common table expression. */
function nameOf(node: OperationNode): { schema: string | undefined; name: string } {
  const outer = (node as OperationNode & { table: unknown }).table;
  const { table } = (isNode(outer) && outer.kind === 'TableNode' ? outer : node) as unknown as Named;
  return { schema: table.schema?.name, name: table.identifier.name };
}

const compiler = new PostgresQueryCompiler();

/**
 * A Kysely handle that gives `execute` only statements that passed {@link assertDml}. It runs the text that it compiled
 * from the tree it checked, never a text it was handed.
 */
export function dmlHandle(
  { vertical, schema }: { readonly vertical: string; readonly schema: string },
  execute: (query: CompiledQuery) => Promise<QueryResult<unknown>>,
): Handle {
  const refuse = (reason: string) => async () => {
    throw verticalErrors.statement_refused({ vertical, reason, fix: 'the call is already one transaction of its own' });
  };
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery) {
      assertDml(query.query, { vertical, schema });
      return (await execute(compiler.compileQuery(query.query, query.queryId))) as QueryResult<Row>;
    },
    // biome-ignore lint/correctness/useYield: it always refuses
    async *streamQuery() {
      throw verticalErrors.statement_refused({ vertical, reason: 'it streams', fix: 'page with limit instead' });
    },
  };
  // biome-ignore lint/complexity/noBannedTypes: Kysely's own spelling of a database without tables
  return new Kysely<{}>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => connection,
        beginTransaction: refuse('it begins a transaction'),
        commitTransaction: refuse('it commits'),
        rollbackTransaction: refuse('it rolls back'),
        releaseConnection: async () => {},
        destroy: async () => {},
      }),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  }).withSchema(schema);
}
