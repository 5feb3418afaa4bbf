import { Failure } from '../../contract/failure.ts'
import { columnNames } from '../shared/column-names.ts'
import { type NestedType, parseNestedType, printNestedType } from '../shared/nested-type.ts'
import type { RowColumn } from '../shared/row-segments.ts'
import type { JsonSourceOptions } from './config.ts'
import { kindsOf, nothingSeen, type Seen, see, typeOf } from './infer.ts'
import { parseRecord } from './node.ts'
import type { RecordBatch, TextRecord } from './records.ts'

/** A column and the key of a record that fills it; without a key the whole record does. */
export interface LaidColumn extends RowColumn {
  readonly key: string | undefined
}

/** How records become rows. */
export interface Layout {
  readonly columns: readonly LaidColumn[]
  readonly sampledRecords: number
  readonly warnings: readonly string[]
}

/** The name of the one column of records that are no objects. */
const VALUE_COLUMN = 'value'
const MAX_COLUMNS = 10_000
const MAX_SAMPLE_CHARACTERS = 64 * 1024 * 1024

/**
 * Decides columns and types from the first records: objects give a column per key in order of appearance, anything else one
 * column `value`. So do objects beside `null`: as a row of NULLs it would be the same as `{}`. Declared types win. A record
 * that cannot be a row (see `rowRefusal`) is not counted.
 */
export async function inferLayout(batches: AsyncIterable<RecordBatch>, options: JsonSourceOptions): Promise<Layout> {
  const root = nothingSeen()
  const sampled = await sample(batches, options, root)
  const declared = Object.entries(options.columns ?? {}).map(([key, text]) => [key, typeFrom(text)] as const)
  const isDeclared = declared.some(([key]) => key !== VALUE_COLUMN)
  const isObjects = kindsOf(root).every((kind) => kind === 'object') && (root.nulls === 0 || isDeclared)
  const { fields } = root.objects
  const hasFields = fields.size > 0 || declared.length > 0
  if (isObjects && hasFields && fields.size <= MAX_COLUMNS && (root.objects.count > 0 || declared.length > 0)) {
    return { ...objectColumns(fields, new Map(declared)), sampledRecords: sampled }
  }
  const type = declared.find(([key]) => key === VALUE_COLUMN)?.[1] ?? typeOf(root)
  return {
    columns: [{ name: VALUE_COLUMN, key: undefined, type }],
    sampledRecords: sampled,
    warnings: [...nullWarning(root), ...mixedWarning(VALUE_COLUMN, root)],
  }
}

/** Why a record can be no row whatever its columns are, if so. */
export function rowRefusal(
  record: TextRecord,
  parsed: ReturnType<typeof parseRecord>,
  options: JsonSourceOptions,
): { readonly rule: string; readonly column: string | null; readonly reason: string } | undefined {
  if (parsed.hasLoneSurrogate) {
    const reason = 'a string holds half of a surrogate pair, which is no character'
    return { rule: 'json.lone_surrogate', column: null, reason }
  }
  if (parsed.duplicateKey === undefined || options.duplicateKeys === 'last' || record.isWholeDocument) return undefined
  const reason = `the key ${JSON.stringify(parsed.duplicateKey)} stands twice in one object (line ${record.line}, byte ${record.offset})`
  return { rule: 'json.duplicate_key', column: parsed.duplicateKey, reason }
}

async function sample(batches: AsyncIterable<RecordBatch>, options: JsonSourceOptions, root: Seen): Promise<number> {
  let records = 0
  let characters = 0
  for await (const batch of batches) {
    for (const record of batch.records) {
      if (records >= options.sampleRows) break
      const parsed = parseRecord(record.text)
      characters += record.text.length
      if (rowRefusal(record, parsed, options) !== undefined) continue
      see(root, parsed.root)
      records++
    }
    if (records >= options.sampleRows || characters > MAX_SAMPLE_CHARACTERS) break
  }
  return records
}

function objectColumns(
  fields: ReadonlyMap<string, Seen>,
  declared: ReadonlyMap<string, NestedType>,
): Pick<Layout, 'columns' | 'warnings'> {
  const keys = [...fields.keys(), ...[...declared.keys()].filter((key) => !fields.has(key))]
  const { names, warnings } = columnNames(keys)
  const columns = keys.map((key, i) => {
    const seen = fields.get(key)
    const type = declared.get(key) ?? (seen === undefined ? undefined : typeOf(seen)) ?? typeOf(nothingSeen())
    return { name: names[i] ?? key, key, type }
  })
  const mixed = [...fields].flatMap(([key, seen]) => (declared.has(key) ? [] : mixedWarning(key, seen)))
  return { columns, warnings: [...warnings, ...mixed] }
}

function nullWarning({ nulls, objects }: Seen): string[] {
  if (nulls === 0 || objects.count === 0) return []
  return [
    `${nulls} of the sampled records are null and no objects, so every record is read into the column ${VALUE_COLUMN}`,
  ]
}

function mixedWarning(name: string, seen: Seen): string[] {
  const kinds = kindsOf(seen)
  if (kinds.length < 2) return []
  const counts = [
    ['boolean', seen.booleans],
    ['number', seen.numbers.count],
    ['string', seen.strings],
    ['list', seen.lists.count],
    ['object', seen.objects.count],
  ] as const
  const told = counts.flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : [])).join(', ')
  return [`column ${name} has values of several kinds (${told}) and is read as ${printNestedType(typeOf(seen))}`]
}

function typeFrom(text: string): NestedType {
  const type = parseNestedType(text)
  if (type === undefined) throw new Failure('usage.invalid', { reason: `${text} is not a type Runnel reads from JSON` })
  return type
}
