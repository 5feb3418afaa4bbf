import type { Column } from '../../contract/column.ts'
import { declaredType } from './declared-type.ts'
import { type InferredType, inferType, isQuoted } from './infer-types.ts'
import type { TextSourceOptions } from './options.ts'
import { shortened } from './print.ts'
import type { SampleRow } from './sample-rows.ts'

/** A cell that would change is a reject, so what arrives is exact. */
const EXACT = { kind: 'exact' } as const

export interface ColumnTypes {
  readonly columns: readonly Column[]
  /** strptime formats of declared types, by column position. */
  readonly formats: ReadonlyMap<number, string>
  readonly warnings: readonly string[]
}

/** Types of the columns: declared ones first, then what the sample allows. */
export function settleTypes(
  names: readonly string[],
  body: readonly SampleRow[],
  options: TextSourceOptions,
): ColumnTypes {
  const formats = new Map<number, string>()
  const warnings: string[] = []
  for (const name of Object.keys(options.types)) {
    if (!names.includes(name)) warnings.push(`a type is declared for ${name}, which is not a column`)
  }
  const columns = names.map((name, i): Column => {
    const declared = Object.hasOwn(options.types, name) ? options.types[name] : undefined
    if (declared !== undefined) {
      const { type, format } = typeof declared === 'string' ? { type: declared, format: undefined } : declared
      if (format !== undefined) formats.set(i, format)
      return { name, type: declaredType(name, type), sourceType: 'text', fidelity: EXACT }
    }
    if (!options.inferTypes) return { name, type: 'VARCHAR', sourceType: 'text', fidelity: EXACT }
    const inferred = inferType(valuesOf(body, i, options))
    if (inferred.doubt !== undefined) warnings.push(doubtText(name, inferred.doubt))
    return { name, type: inferred.type, sourceType: 'text', fidelity: EXACT }
  })
  return { columns, formats, warnings }
}

/** Cells that are not NULL. */
function valuesOf(
  rows: readonly SampleRow[],
  column: number,
  options: TextSourceOptions,
): SampleRow['cells'][number][] {
  const values: SampleRow['cells'][number][] = []
  for (const { cells } of rows) {
    const cell = cells[column]
    if (cell === undefined) continue
    const isNull = isQuoted(cell.flag)
      ? cell.text === '' && options.quotedEmpty === 'null'
      : options.nullValues.includes(cell.text)
    if (!isNull) values.push(cell)
  }
  return values
}

function doubtText(name: string, { because, proof }: NonNullable<InferredType['doubt']>): string {
  return `column ${name} stays text because ${because}; see ${proof.map((value) => JSON.stringify(shortened(value))).join(', ')}. Declare a type if it is meant`
}
