import type { PageRow } from '@yunfab/core/equipment';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportedPage, ExportedSignal } from './pages.js';

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const required = { repetition_type: 'REQUIRED' } as const;
const optional = { repetition_type: 'OPTIONAL' } as const;

/** Of the three values one is given by the kind of the signal; all are null for "none". */
const columns: readonly { readonly element: SchemaElement; readonly of: (row: PageRow, signal: ExportedSignal) => unknown }[] = [
  { element: { name: 'signal', ...text, ...required }, of: (_row, { name }) => name },
  { element: { name: 'unit', ...text, ...required }, of: (_row, { unit }) => unit },
  { element: { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', ...required }, of: ({ us }) => BigInt(us) },
  { element: { name: 'number', type: 'DOUBLE', ...optional }, of: ({ value }, { kind }) => (kind === 'number' ? value : null) },
  {
    element: { name: 'boolean', type: 'BOOLEAN', ...optional },
    of: ({ value }, { kind }) => (kind === 'boolean' && value !== null ? value !== 0 : null),
  },
  { element: { name: 'text', ...text, ...optional }, of: (row, { kind }) => (kind === 'text' ? row.text : null) },
  { element: { name: 'quality', type: 'INT32', ...required }, of: ({ quality }) => quality },
];
const schema: SchemaElement[] = [{ name: 'telemetry', num_children: columns.length }, ...columns.map(({ element }) => element)];

/** Apache Parquet, compressed with Snappy, one row group a page; what was written is given away, only the directory of the groups stays. */
export async function* parquetOf(pages: AsyncIterable<ExportedPage>): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'yunfab' });
  for await (const { signal, rows } of pages) {
    const columnData = columns.map(({ element, of }) => ({
      name: element.name,
      data: rows.map((row) => of(row, signal)),
      offsetIndex: false,
    }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}

/** Offsets in the file go on; the buffer begins anew. */
function taken(bytes: ByteWriter): Buffer {
  const written = Buffer.from(bytes.getBytes());
  bytes.index = 0;
  return written;
}
