import { columnNames } from '../shared/column-names.ts'
import { parseNestedType } from '../shared/nested-type.ts'
import type { RowColumn } from '../shared/row-segments.ts'
import { noNumbersSeen, numberType, type SeenNumbers, seeNumber } from '../shared/seen-numbers.ts'
import { type CellRange, cellAddress, columnLetters, MAX_COLUMNS } from './cell-address.ts'
import type { ExcelSourceOptions } from './config.ts'
import { detectHeader, type Header } from './header.ts'
import { type TypedKind, typedCell } from './typed-cell.ts'
import type { SheetRow } from './workbook.ts'

export interface LaidColumn extends RowColumn {
  /** From 1. */
  readonly column: number
  /** The name of the type, a leaf. */
  readonly leaf: string
}

export interface SheetLayout {
  readonly columns: readonly LaidColumn[]
  readonly header: Header
  readonly firstDataRow: number
  readonly warnings: readonly string[]
}

export interface LayoutRequest {
  readonly rows: readonly SheetRow[]
  readonly range: CellRange
  readonly is1904: boolean
  readonly options: ExcelSourceOptions
  readonly isHiddenColumn: (column: number) => boolean
}

interface SeenColumn {
  readonly kinds: Map<TypedKind, { count: number; readonly first: string }>
  readonly numbers: SeenNumbers
}

const EXAMPLES = 5

/** Columns, types and what is odd, from the first rows of a range. */
export function layOut({ rows, range, is1904, options, isHiddenColumn }: LayoutRequest): SheetLayout {
  const header = settledHeader(rows, options)
  const firstDataRow = header.row === undefined ? range.firstRow : header.row + 1
  const data = rows.filter(({ row }) => row >= firstDataRow)
  const preamble = rows.filter(({ row }) => header.row !== undefined && row < header.row)
  const titles = new Map(rows.find(({ row }) => row === header.row)?.cells.map((cell) => [cell.column, cell]) ?? [])
  const skipped = (column: number): boolean => options.hidden === 'skip' && isHiddenColumn(column)
  const span = columnSpan(
    [...(header.row === undefined ? rows : data), ...rows.filter(({ row }) => row === header.row)],
    range,
  )
  const numbers = span.filter((column) => !skipped(column))
  const seen = see(data, is1904)
  const { names, warnings: renamed } = columnNames(
    numbers.map((column) => {
      const value = titles.get(column)?.value
      const title = value === undefined || value.kind === 'missing' ? '' : value.text
      return title === '' ? columnLetters(column) : title
    }),
  )
  const columns = numbers.map((column, i) => laidColumn(column, names[i] ?? '', { seen: seen.get(column), options }))
  const untitled = numbers.filter((column) => header.row !== undefined && !titles.has(column)).map(columnLetters)
  return {
    columns:
      columns.length > 0
        ? columns
        : [laidColumn(range.firstColumn, columnLetters(range.firstColumn), { seen: undefined, options })],
    header,
    firstDataRow,
    warnings: [
      ...(data.length === 0 ? ['empty: there are no rows of data'] : []),
      ...preamble.map(({ row }) => `row ${row} stands above the header and is not read`),
      ...(header.confidence < 0.7
        ? [`row ${header.row} is taken for the header, but all cells are text; set headerRow to be sure`]
        : []),
      ...(header.row === undefined && rows.length > 0
        ? ['no header was found; columns are named by their letters']
        : []),
      ...(untitled.length > 0 ? [`columns without a title are named by their letters: ${listed(untitled)}`] : []),
      ...renamed,
      ...numbers.flatMap((column, i) => oddities(names[i] ?? '', seen.get(column), columns[i]?.leaf ?? '')),
      ...formulaWarning(data),
    ],
  }
}

export function listed(texts: readonly string[]): string {
  const more = texts.length - EXAMPLES
  return `${texts.slice(0, EXAMPLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function settledHeader(rows: readonly SheetRow[], { headerRow }: ExcelSourceOptions): Header {
  if (headerRow === 'none') return { row: undefined, confidence: 1 }
  return headerRow === 'auto' ? detectHeader(rows) : { row: headerRow, confidence: 1 }
}

/** All columns of a range that says them; otherwise from the first to the last one that is used. */
function columnSpan(rows: readonly SheetRow[], range: CellRange): number[] {
  let first = range.firstColumn
  let last = range.lastColumn
  if (last === MAX_COLUMNS) {
    const used = rows.flatMap(({ cells }) => [cells[0]?.column ?? 0, cells.at(-1)?.column ?? 0])
    first = used.reduce((least, column) => Math.min(least, column), MAX_COLUMNS + 1)
    last = used.reduce((most, column) => Math.max(most, column), 0)
  }
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
}

function see(rows: readonly SheetRow[], is1904: boolean): Map<number, SeenColumn> {
  const seen = new Map<number, SeenColumn>()
  for (const { row, cells } of rows) {
    for (const { column, value } of cells) {
      let place = seen.get(column)
      if (place === undefined) {
        place = { kinds: new Map(), numbers: noNumbersSeen() }
        seen.set(column, place)
      }
      const { kind, text } = typedCell(value, is1904)
      if (kind === 'number') seeNumber(place.numbers, text)
      const known = place.kinds.get(kind)
      if (known === undefined) place.kinds.set(kind, { count: 1, first: cellAddress(row, column) })
      else known.count++
    }
  }
  return seen
}

function laidColumn(
  column: number,
  name: string,
  { seen, options }: { seen: SeenColumn | undefined; options: ExcelSourceOptions },
): LaidColumn {
  const declared = parseNestedType(Object.hasOwn(options.columns ?? {}, name) ? (options.columns?.[name] ?? '') : '')
  const leaf = declared?.kind === 'leaf' ? declared.name : inferredType(seen)
  return {
    name,
    column,
    leaf,
    type: { kind: 'leaf', name: leaf },
    sourceType: [...valueKinds(seen)].join(' and ') || 'empty',
  }
}

function inferredType(seen: SeenColumn | undefined): string {
  const kinds = valueKinds(seen)
  if (seen !== undefined && kinds.has('number') && kinds.size === 1) return numberType(seen.numbers)
  const sets: readonly (readonly [string, readonly TypedKind[]])[] = [
    ['BOOLEAN', ['boolean']],
    ['DATE', ['date']],
    ['TIMESTAMP', ['date', 'timestamp']],
    ['TIME', ['time']],
    ['INTERVAL', ['interval', 'time']],
  ]
  const fitting =
    kinds.size === 0 ? undefined : sets.find(([, allowed]) => [...kinds].every((kind) => allowed.includes(kind)))
  return fitting?.[0] ?? 'VARCHAR'
}

function valueKinds(seen: SeenColumn | undefined): Set<TypedKind> {
  return new Set(
    [...(seen?.kinds.keys() ?? [])].filter((kind) => kind !== 'error' && kind !== 'missing' && kind !== 'no_date'),
  )
}

function oddities(name: string, seen: SeenColumn | undefined, type: string): string[] {
  if (seen === undefined) return []
  const tell = (kind: TypedKind, what: string): string[] => {
    const found = seen.kinds.get(kind)
    return found === undefined ? [] : [`column ${name}: ${found.count} ${what}, the first at ${found.first}`]
  }
  const kinds = valueKinds(seen)
  const told = [...kinds].map((kind) => `${seen.kinds.get(kind)?.count} ${kind} (first ${seen.kinds.get(kind)?.first})`)
  const isMixed = type === 'VARCHAR' && kinds.size > 1
  return [
    ...(isMixed ? [`column ${name} mixes types and is read as text: ${told.join(', ')}`] : []),
    ...tell('error', 'cells hold an error'),
    ...tell('missing', 'formulas have no stored result'),
    ...tell('no_date', 'numbers with a date format are no date'),
  ]
}

function formulaWarning(rows: readonly SheetRow[]): string[] {
  const addresses = rows.flatMap(({ row, cells }) =>
    cells.flatMap(({ column, isFormula }) => (isFormula ? [cellAddress(row, column)] : [])),
  )
  return addresses.length === 0
    ? []
    : [`the stored results of ${addresses.length} formulas are read: ${listed(addresses)}`]
}
