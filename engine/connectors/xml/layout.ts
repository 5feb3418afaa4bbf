import { Failure } from '../../contract/failure.ts'
import { columnNames } from '../shared/column-names.ts'
import { type NestedType, parseNestedType } from '../shared/nested-type.ts'
import type { RowColumn } from '../shared/row-segments.ts'
import type { XmlSourceOptions } from './config.ts'
import { type Field, fieldKey, fieldName, nothingSeen, type Seen, seeElement, typeOf } from './infer.ts'
import type { PathElement } from './record-path.ts'
import type { LocatedRecord } from './records.ts'

/** A column and what of a record fills it. */
export interface LaidColumn extends RowColumn {
  /** A field of the record, or an attribute of an element around it (`orders@date`). */
  readonly key: string
}

/** How records become rows. */
export interface Layout {
  readonly columns: readonly LaidColumn[]
  readonly sampledRecords: number
  readonly warnings: readonly string[]
}

const MAX_COLUMNS = 10_000
const MAX_SAMPLE_CHARACTERS = 64 * 1024 * 1024

/** The attributes of the elements around a record, by `element@attribute`; of elements of one name the inner one counts. */
export function ancestorFields(ancestors: readonly PathElement[]): Map<string, string> {
  return new Map(
    ancestors.flatMap(({ local, attributes }) =>
      [...attributes].map(([name, value]) => [`${local}@${name}`, value] as const),
    ),
  )
}

export const ANCESTOR = 'ancestor:'

/** Decides columns and types from the first records. Declared types win. */
export async function inferLayout(
  batches: AsyncIterable<readonly LocatedRecord[]>,
  options: XmlSourceOptions,
): Promise<Layout> {
  const root = nothingSeen()
  const around = new Map<string, Seen>()
  let sampledRecords = 0
  let characters = 0
  for await (const batch of batches) {
    for (const record of batch) {
      if (sampledRecords >= options.sampleRows) break
      sampledRecords++
      characters += record.raw.length
      seeElement(root, record.element)
      if (options.ancestors) seeAncestors(around, record.ancestors)
    }
    if (sampledRecords >= options.sampleRows || characters > MAX_SAMPLE_CHARACTERS) break
  }
  return { ...columnsOf(root, { around, options }), sampledRecords }
}

function seeAncestors(around: Map<string, Seen>, ancestors: readonly PathElement[]): void {
  for (const [name, value] of ancestorFields(ancestors)) {
    const seen = around.get(name) ?? nothingSeen()
    around.set(name, seen)
    // An attribute is seen as the text of a leaf.
    seeElement(seen, { attributes: new Map(), children: new Map(), text: value, isNil: false })
  }
}

interface Surroundings {
  readonly around: ReadonlyMap<string, Seen>
  readonly options: XmlSourceOptions
}

const TEXT: Field = { kind: 'text', name: '#text' }

function columnsOf(root: Seen, { around, options }: Surroundings): Pick<Layout, 'columns' | 'warnings'> {
  const fields = [...root.fields.values()]
  // Records that are nothing but text have it as their one column.
  if (root.texts.count > 0 && !root.fields.has(fieldKey(TEXT)))
    fields.push({ field: TEXT, seen: { ...nothingSeen(), texts: root.texts } })
  const keyed = [
    ...[...around].map(([name, seen]) => ({ key: `${ANCESTOR}${name}`, name, type: typeOf(seen) })),
    ...fields.map(({ field, seen }) => ({ key: fieldKey(field), name: fieldName(field), type: typeOf(seen) })),
  ]
  const declared = new Map(Object.entries(options.columns ?? {}).map(([name, text]) => [name, typeFrom(text)]))
  const { names, warnings } = columnNames(keyed.map(({ name }) => name))
  const found = keyed.map(({ key, type }, i) => {
    const name = names[i] ?? key
    return { name, key, type: declared.get(name) ?? type }
  })
  const missing = [...declared]
    .filter(([name]) => !names.includes(name))
    .map(([name, type]) => ({ name, key: fieldKey(fieldNamed(name)), type }))
  const columns = [...found, ...missing]
  if (columns.length > MAX_COLUMNS) {
    throw new Failure('usage.invalid', {
      reason: `the records have more than ${MAX_COLUMNS} fields: give the path of smaller ones`,
    })
  }
  return { columns, warnings }
}

function fieldNamed(name: string): Field {
  if (name === TEXT.name) return TEXT
  return name.startsWith('@') ? { kind: 'attribute', name: name.slice(1) } : { kind: 'child', name }
}

function typeFrom(text: string): NestedType {
  const type = parseNestedType(text)
  if (type === undefined) throw new Failure('usage.invalid', { reason: `${text} is not a type Runnel reads from XML` })
  return type
}
