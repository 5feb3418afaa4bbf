import type { Reject } from '../../contract/reject.ts'
import type { RowBatch } from '../shared/row-batch.ts'
import { rowLine } from '../shared/row-segments.ts'
import type { JsonSourceOptions } from './config.ts'
import { type LaidColumn, rowRefusal } from './layout.ts'
import { type JsonNode, nodeText, type ParsedRecord, parseRecord } from './node.ts'
import type { RecordBatch, TextRecord } from './records.ts'
import { type Misfit, shapeValue } from './shape.ts'

const RAW_CHARACTERS = 10_000

export interface RowsRequest {
  readonly batches: AsyncIterable<RecordBatch>
  /** All columns of the layout; decides which keys are known. */
  readonly known: readonly LaidColumn[]
  /** Those to be read. */
  readonly columns: readonly LaidColumn[]
  readonly options: JsonSourceOptions
  readonly withLocator: boolean
}

/** Turns records into lines of a segment; a record that does not fit its columns exactly becomes a reject. */
export async function* recordRows({ batches, ...request }: RowsRequest): AsyncGenerator<RowBatch> {
  const shaper = new RowShaper(request)
  for await (const batch of batches) {
    const rows: string[] = []
    const rejects: Reject[] = [...batch.rejects]
    for (const record of batch.records) {
      const row = shaper.row(record)
      if (typeof row === 'string') rows.push(row)
      else rejects.push(row)
    }
    if (rows.length > 0 || rejects.length > 0) yield { rows, rejects }
  }
}

class RowShaper {
  readonly #request: Omit<RowsRequest, 'batches'>
  readonly #positions: ReadonlyMap<string, number>
  readonly #known: ReadonlySet<string>

  constructor(request: Omit<RowsRequest, 'batches'>) {
    this.#request = request
    this.#positions = new Map(request.columns.flatMap(({ key }, i) => (key === undefined ? [] : [[key, i] as const])))
    this.#known = new Set(request.known.flatMap(({ key }) => (key === undefined ? [] : [key])))
  }

  row(record: TextRecord): string | Reject {
    const parsed = parseRecord(record.text)
    const refusal = rowRefusal(record, parsed, this.#request.options)
    if (refusal !== undefined) return rejected(record, { value: null, ...refusal })
    const values: (string | undefined)[] = []
    const reject = this.#known.size === 0 ? this.#whole(record, parsed, values) : this.#fields(record, parsed, values)
    return reject ?? rowLine(values, this.#request.withLocator ? record.locator : undefined)
  }

  #whole(record: TextRecord, { text, root }: ParsedRecord, values: (string | undefined)[]): Reject | undefined {
    for (const { name, type } of this.#request.columns) {
      const shaped = shapeValue(text, root, type)
      if (typeof shaped !== 'string') return misfitReject(record, { column: name, node: root, misfit: shaped })
      values.push(shaped === 'null' ? undefined : shaped)
    }
    return undefined
  }

  #fields(record: TextRecord, { text, root }: ParsedRecord, values: (string | undefined)[]): Reject | undefined {
    if (root.kind !== 'object') {
      const misfit = { rule: 'json.not_an_object', reason: `the record is no object but ${root.kind}` }
      return misfitReject(record, { column: null, node: root, misfit })
    }
    const { columns, options } = this.#request
    for (const [key, node] of root.entries) {
      const position = this.#positions.get(key)
      const column = position === undefined ? undefined : columns[position]
      if (position === undefined || column === undefined) {
        if (this.#known.has(key) || options.unknownKeys === 'ignore') continue
        const reason = `no record that was sampled has the key ${JSON.stringify(key)}`
        return misfitReject(record, { column: key, node, misfit: { rule: 'json.unknown_key', reason } })
      }
      const shaped = shapeValue(text, node, column.type)
      if (typeof shaped !== 'string') return misfitReject(record, { column: column.name, node, misfit: shaped })
      if (shaped !== 'null') values[position] = shaped
    }
    return undefined
  }
}

function misfitReject(
  record: TextRecord,
  { column, node, misfit }: { column: string | null; node: JsonNode; misfit: Misfit },
): Reject {
  const value = node.kind === 'string' ? node.text : nodeText(record.text, node)
  return rejected(record, { column, value: value.slice(0, RAW_CHARACTERS), ...misfit })
}

function rejected(record: TextRecord, facts: Pick<Reject, 'rule' | 'column' | 'value' | 'reason'>): Reject {
  return { ...facts, locator: record.locator, raw: record.text.slice(0, RAW_CHARACTERS) }
}
