import type { Reject } from '../../contract/reject.ts'
import type { RowBatch } from '../shared/row-batch.ts'
import { rowLine } from '../shared/row-segments.ts'
import { isLeaf, ownText, type XmlElement } from './element.ts'
import { fieldKey } from './infer.ts'
import { ANCESTOR, ancestorFields, type LaidColumn } from './layout.ts'
import type { LocatedRecord } from './records.ts'
import { type Misfit, shapeElements, shapeText } from './shape.ts'

export interface RowsRequest {
  readonly batches: AsyncIterable<readonly LocatedRecord[]>
  /** All columns of the layout; decides which fields are known. */
  readonly known: readonly LaidColumn[]
  /** Those to be read. */
  readonly columns: readonly LaidColumn[]
  readonly unknownFields: 'reject' | 'ignore'
  readonly withLocator: boolean
}

/** Turns records into lines of a segment; a record that does not fit its columns exactly becomes a reject. */
export async function* recordRows({
  batches,
  known,
  columns,
  unknownFields,
  withLocator,
}: RowsRequest): AsyncGenerator<RowBatch> {
  const positions = new Map(columns.map(({ key }, i) => [key, i]))
  const keys = new Set(known.map(({ key }) => key))
  for await (const batch of batches) {
    const rows: string[] = []
    const rejects: Reject[] = []
    for (const record of batch) {
      const values = valuesOf(record)
      if (Array.isArray(values)) rows.push(rowLine(values, withLocator ? record.locator : undefined))
      else rejects.push({ ...values, locator: record.locator, raw: record.raw })
    }
    if (rows.length > 0 || rejects.length > 0) yield { rows, rejects }
  }

  function valuesOf(record: LocatedRecord): (string | undefined)[] | Omit<Reject, 'locator' | 'raw'> {
    const values: (string | undefined)[] = []
    for (const field of fieldsOf(record)) {
      const position = positions.get(field.key)
      const column = position === undefined ? undefined : columns[position]
      if (position === undefined || column === undefined) {
        if (keys.has(field.key) || unknownFields === 'ignore' || field.key.startsWith(ANCESTOR)) continue
        const reason = `no record that was sampled has the field ${JSON.stringify(field.name)}`
        return { rule: 'xml.unknown_field', column: field.name, value: null, reason }
      }
      const shaped = field.shape(column)
      if (typeof shaped !== 'string') return { ...shaped, column: column.name, value: field.text() }
      if (shaped !== 'null') values[position] = shaped
    }
    return values
  }
}

interface RecordField {
  readonly key: string
  readonly name: string
  readonly shape: (column: LaidColumn) => string | Misfit
  /** The value for a reject. */
  readonly text: () => string | null
}

function* fieldsOf({ element, ancestors }: LocatedRecord): Generator<RecordField> {
  for (const [name, value] of ancestorFields(ancestors)) yield textField(`${ANCESTOR}${name}`, name, value)
  if (element.isNil) return
  for (const [name, value] of element.attributes) {
    yield textField(fieldKey({ kind: 'attribute', name }), `@${name}`, value)
  }
  for (const [name, all] of element.children) yield childField(name, all)
  const text = isLeaf(element) && element.text === '' ? undefined : ownText(element)
  if (text !== undefined) yield textField(fieldKey({ kind: 'text', name: '#text' }), '#text', text)
}

function textField(key: string, name: string, value: string): RecordField {
  return { key, name, shape: ({ type }) => shapeText(value, type), text: () => value }
}

function childField(name: string, all: readonly XmlElement[]): RecordField {
  const [first] = all
  const text = (): string | null => (all.length === 1 && first !== undefined && isLeaf(first) ? first.text : null)
  return { key: fieldKey({ kind: 'child', name }), name, shape: ({ type }) => shapeElements(all, type), text }
}
