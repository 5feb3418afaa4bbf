import type { Column } from '../../../contract/column.ts'
import { type DeclaredField, type Decoded, type Fields, Unfit, type Value } from './decoded.ts'
import { commonType, textOf, typeOf } from './guessed-types.ts'

/** A column of a topic's rows, and the field it is of. */
export interface ShapeColumn extends Column {
  readonly field: string
}

type FieldTypes = ReadonlyMap<string, DeclaredField>

const types = new WeakMap<readonly DeclaredField[], FieldTypes>()

function typesOf(declared: readonly DeclaredField[] | undefined): FieldTypes | undefined {
  if (declared === undefined) return undefined
  const before = types.get(declared)
  if (before !== undefined) return before
  const made = new Map(declared.map((field) => [field.name, field]))
  types.set(declared, made)
  return made
}

/** The columns that the fields of a topic's messages make. Not changed: what does not fit asks for a wider one. */
export class RowShape {
  readonly columns: readonly ShapeColumn[]
  readonly #positions: ReadonlyMap<string, number>
  readonly #folded: ReadonlySet<string>

  constructor(columns: readonly ShapeColumn[]) {
    this.columns = columns
    this.#positions = new Map(columns.map(({ field }, i) => [field, i]))
    this.#folded = new Set(columns.map(({ name }) => name.toLowerCase()))
  }

  /** Cells in column order as DuckDB's text, NULL undefined. @throws Unfit when a field is unknown or does not fit its column */
  cells(fields: Fields, declared?: readonly DeclaredField[]): (string | undefined)[] {
    const readers = typesOf(declared)
    const cells = Array.from<string | undefined>({ length: this.columns.length })
    for (const name of Object.keys(fields)) {
      const value = fields[name]
      if (value === null || value === undefined) continue
      const position = this.#positions.get(name)
      if (position === undefined) throw new Unfit(`there is no column for the field ${JSON.stringify(name)}`)
      const { type } = this.columns[position] ?? { type: 'VARCHAR' }
      cells[position] = cellOf(value, type, readers?.get(name))
    }
    return cells
  }

  /** A shape that has room for a message. The same object when it had. */
  widened({
    fields,
    key = {},
    declared,
    declaredKey,
  }: Pick<Decoded, 'fields' | 'key' | 'declared' | 'declaredKey'>): RowShape {
    const added: ShapeColumn[] = []
    const changed = new Map<number, string>()
    const see = (name: string, type: string | undefined): void => {
      const position = this.#positions.get(name)
      if (position === undefined) {
        if (!added.some(({ field }) => field === name)) added.push(this.#column(name, type ?? 'VARCHAR', added))
        return
      }
      const before = this.columns[position]?.type ?? 'VARCHAR'
      const after = type === undefined ? before : wider(before, type)
      if (after !== before) changed.set(position, after)
    }
    for (const [part, typed] of [
      [key, declaredKey],
      [fields, declared],
    ] as const) {
      for (const { name, type } of typed ?? []) see(name, type)
      if (typed !== undefined) continue
      for (const [name, value = null] of Object.entries(part)) see(name, typeOf(value))
    }
    if (added.length === 0 && changed.size === 0) return this
    const kept = this.columns.map((column, i) => ({ ...column, type: changed.get(i) ?? column.type }))
    return new RowShape([...kept, ...added])
  }

  /** Column names are compared without case, and are never empty. */
  #column(field: string, type: string, others: readonly ShapeColumn[]): ShapeColumn {
    const base = field === '' ? 'column' : field.replaceAll('\0', ' ')
    const isTaken = (name: string): boolean =>
      this.#folded.has(name.toLowerCase()) || others.some((other) => other.name.toLowerCase() === name.toLowerCase())
    let name = base
    for (let n = 2; isTaken(name); n++) name = `${base}_${n}`
    return { name, field, type }
  }
}

function cellOf(value: Value, type: string, reader: DeclaredField | undefined): string | undefined {
  if (reader === undefined) return textOf(value, type)
  const text = reader.read(value)
  if (reader.type === type || type === 'VARCHAR') return text
  if (wider(type, reader.type) !== type) throw new Unfit(`a ${reader.type} is no ${type}`)
  return text
}

const LADDER = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT']

/** A type that has all values of both. */
function wider(before: string, after: string): string {
  if (before === after) return before
  const [low, high] = [LADDER.indexOf(before), LADDER.indexOf(after)]
  if (low >= 0 && high >= 0) return LADDER[Math.max(low, high)] ?? 'VARCHAR'
  if (before === 'DOUBLE' && (after === 'FLOAT' || after === 'INTEGER')) return 'DOUBLE'
  if (after === 'DOUBLE' && (before === 'FLOAT' || before === 'INTEGER')) return 'DOUBLE'
  const [a, b] = [decimal(before), decimal(after)]
  if (a !== undefined && b !== undefined) return commonDecimal(a, b)
  return before === 'DOUBLE' || before === 'BIGINT' || before === 'VARCHAR'
    ? commonType(before, after === 'BIGINT' || after === 'DOUBLE' ? after : 'VARCHAR')
    : 'VARCHAR'
}

function decimal(type: string): { readonly whole: number; readonly scale: number } | undefined {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  return match === null ? undefined : { whole: Number(match[1]) - Number(match[2]), scale: Number(match[2]) }
}

function commonDecimal(a: { whole: number; scale: number }, b: { whole: number; scale: number }): string {
  const [whole, scale] = [Math.max(a.whole, b.whole), Math.max(a.scale, b.scale)]
  return whole + scale > 38 ? 'VARCHAR' : `DECIMAL(${whole + scale},${scale})`
}
