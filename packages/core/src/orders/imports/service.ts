import { CompiledQuery } from 'kysely';
import type { z } from 'zod';
import type { RecordId, Scope } from '../../database/index.js';
import { errorWords, isYunfabError, type YunfabError } from '../../errors/index.js';
import { annotateOwnSide } from '../order/repository.js';
import { orderView } from '../order/view.js';
import type { OrderPorts } from '../service.js';
import { fieldsOf } from './columns.js';
import { importsErrors } from './errors.js';
import { knownOrders } from './known.js';
import { planNumbers } from './numbers.js';
import { planOrders } from './orders.js';
import { type MappedTable, mapTable, missingColumns, type RowReader } from './reading.js';
import { reportOf } from './report.js';
import { assess, putOrder } from './revising.js';
import type {
  CommitInput,
  committedSchema,
  ImportRow,
  PreviewInput,
  PutInput,
  PutOutcome,
  previewSchema,
  putSchema,
  RowIssue,
} from './schema.js';
import { readTable } from './table.js';

export interface ImportService {
  put(scope: Scope, input: PutInput): Promise<z.infer<typeof putSchema>>;
  preview(scope: Scope, input: PreviewInput): Promise<z.infer<typeof previewSchema>>;
  commit(scope: Scope, input: CommitInput): Promise<z.infer<typeof committedSchema>>;
}

/** What is written, or refused, as one: the rows of an order. */
interface Unit {
  readonly number: string | null;
  readonly rows: readonly RowReader[];
  /** What it would come to, by reading alone; throws why not. */
  foresee(): Promise<PutOutcome>;
  write(): Promise<{ readonly outcome: PutOutcome; readonly order: RecordId }>;
}

interface Written {
  readonly outcome: PutOutcome | 'refused';
  readonly order: RecordId | null;
}

export function createImportService({ specifications }: Pick<OrderPorts, 'specifications'>): ImportService {
  return {
    async put(scope, input) {
      const known = (await knownOrders(scope, [input.ownNumber])).get(input.ownNumber);
      const { outcome, order } = await putOrder(scope, known, input, { specifications });
      return { outcome, order: await orderView(scope, order.id) };
    },

    async preview(scope, input) {
      const table = tableOf(input);
      const issues = missingColumns(table, input.defaults ?? {}).map(issueOfFile);
      const units = issues.length > 0 ? [] : await unitsOf(scope, table, input, specifications);
      const results = new Map<Unit, Written>();
      for (const unit of units) results.set(unit, await attempt(unit, async () => ({ outcome: await unit.foresee(), order: null })));
      const rows = rowsOf(results);
      return { ...about(table), issues, counts: countsOf(rows), rows };
    },

    async commit(scope, input) {
      const table = tableOf(input);
      const missing = missingColumns(table, input.defaults ?? {})[0];
      if (missing) throw missing;
      const units = await unitsOf(scope, table, input, specifications);
      const whole = input.mode === 'all_or_nothing';
      const results = new Map<Unit, Written>();
      await savepoint(scope, 'whole');
      for (const unit of units) {
        await savepoint(scope, 'one');
        const written = await attempt(unit, () => unit.write());
        if (written.outcome === 'refused') await backTo(scope, 'one');
        results.set(unit, written);
      }
      const refused = [...results.values()].some(({ outcome }) => outcome === 'refused');
      const applied = !(whole && refused);
      if (!applied) {
        await backTo(scope, 'whole');
        for (const [unit, { outcome }] of results) {
          if (outcome === 'refused') continue;
          for (const reader of unit.rows) reader.refuse(importsErrors.rest_refused(), null);
          results.set(unit, { outcome: 'refused', order: null });
        }
      }
      const rows = rowsOf(results);
      return { applied, counts: countsOf(rows), rows, report: reportOf(rows) };
    },
  };
}

const tableOf = (input: PreviewInput): MappedTable => mapTable(readTable(Buffer.from(input.content, 'base64')), input);

async function unitsOf(
  scope: Scope,
  table: MappedTable,
  input: PreviewInput,
  specifications: OrderPorts['specifications'],
): Promise<Unit[]> {
  if (input.kind === 'orders') {
    const planned = await planOrders(scope, table, input.defaults ?? {});
    const known = await knownOrders(
      scope,
      planned.flatMap(({ input: order }) => order?.ownNumber ?? []),
    );
    return planned.map(({ number, rows, input: order }) => ({
      number,
      rows,
      foresee: async () => assess(known.get(number ?? ''), order as PutInput).outcome,
      write: async () => {
        const put = await putOrder(scope, known.get(number ?? ''), order as PutInput, { specifications });
        return { outcome: put.outcome, order: put.order.id };
      },
    }));
  }
  const planned = await planNumbers(scope, table);
  return planned.map(({ number, reader, order, change }) => {
    const outcome: PutOutcome = Object.keys(change).length > 0 ? 'updated' : 'unchanged';
    return {
      number,
      rows: [reader],
      foresee: () => Promise.resolve(outcome),
      write: async () => {
        await annotateOwnSide(scope, order as RecordId, change);
        return { outcome, order: order as RecordId };
      },
    };
  });
}

/** A unit with something against a row is refused unseen; so is one whose attempt is refused by a rule. */
async function attempt(unit: Unit, act: () => Promise<Written>): Promise<Written> {
  const refused: Written = { outcome: 'refused', order: null };
  if (unit.rows.some(({ issues }) => issues.length > 0)) {
    for (const reader of unit.rows) if (reader.issues.length === 0) reader.refuse(importsErrors.rest_refused(), null);
    return refused;
  }
  try {
    return await act();
  } catch (error) {
    if (!isYunfabError(error)) throw error;
    for (const reader of unit.rows) reader.refuse(error, null);
    return refused;
  }
}

function rowsOf(results: ReadonlyMap<Unit, Written>): ImportRow[] {
  return [...results]
    .flatMap(([{ number, rows }, { outcome, order }]) =>
      rows.map(({ row, issues }): ImportRow => ({ row, number, outcome, order, issues: [...issues] })),
    )
    .sort((a, b) => a.row - b.row);
}

function countsOf(rows: readonly ImportRow[]): Record<ImportRow['outcome'], number> {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

const issueOfFile = (error: YunfabError): RowIssue => ({
  column: null,
  field: String(error.details['field'] ?? '') || null,
  value: null,
  code: error.code,
  words: errorWords(error, importsErrors.catalogue),
});

const samples = 3;

function about({ format, encoding, separator, headings, rows, kind, mapping }: MappedTable) {
  return {
    ...{ format, encoding, separator },
    columns: headings.map((text, column) => ({
      heading: text,
      samples: rows.slice(0, samples).map(({ cells }) => (cells[column] ?? '').slice(0, 100)),
    })),
    fields: Object.entries(fieldsOf(kind)).map(([field, { words, required }]) => ({
      field,
      words,
      required,
      column: mapping[field] ?? null,
    })),
  };
}

const savepoint = (scope: Scope, name: 'whole' | 'one') => scope.tx.executeQuery(CompiledQuery.raw(`savepoint import_${name}`));
const backTo = (scope: Scope, name: 'whole' | 'one') => scope.tx.executeQuery(CompiledQuery.raw(`rollback to savepoint import_${name}`));
