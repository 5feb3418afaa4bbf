import { Failure } from '../../contract/failure.ts'
import type { Reject } from '../../contract/reject.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { assertUnchanged } from '../shared/file-fingerprint.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import type { RowBatch } from '../shared/row-batch.ts'
import { rowLine, rowReading } from '../shared/row-segments.ts'
import { type CellRange, cellAddress, columnLetters } from './cell-address.ts'
import type { ExcelSourceOptions } from './config.ts'
import { type LaidColumn, layOut, listed, type SheetLayout } from './layout.ts'
import { openWorkbook } from './open-workbook.ts'
import { findTarget, type SheetTarget } from './sheet-target.ts'
import { fitCell, typedCell } from './typed-cell.ts'
import { noFacts, type SheetFacts, type SheetRow, type Workbook } from './workbook.ts'

/** Files up to this size are looked at whole, so that merged cells, which a sheet lists at its end, are always found. */
const WHOLE_BYTES = 2n * 1024n * 1024n

export interface InspectedSheet {
  readonly file: FolderFile
  readonly target: SheetTarget
  readonly format: Workbook['format']
  readonly is1904: boolean
  readonly facts: SheetFacts
  readonly layout: SheetLayout
  readonly options: ExcelSourceOptions
  readonly warnings: readonly string[]
}

export interface InspectRequest {
  readonly file: FolderFile
  readonly inside: string | undefined
  readonly options: ExcelSourceOptions
  readonly signal?: AbortSignal | undefined
}

/** Looks at the first rows of a sheet, or at all of a small workbook. */
export async function inspectSheet({ file, inside, options, signal }: InspectRequest): Promise<InspectedSheet> {
  assertNotCancelled(signal, file.name)
  await using workbook = await openWorkbook(file)
  const target = findTarget(workbook, file.name, inside)
  const facts = noFacts()
  const rows: SheetRow[] = []
  const isWhole = file.fingerprint.sizeBytes <= WHOLE_BYTES
  let isCut = false
  for await (const batch of rangeRows(workbook.rows(target.sheet, facts), target.range)) {
    assertNotCancelled(signal, file.name)
    rows.push(...batch.slice(0, options.sampleRows - rows.length))
    isCut = rows.length >= options.sampleRows
    if (isCut && !isWhole) break
  }
  await assertUnchanged(file)
  const { is1904, format } = workbook
  const isHiddenColumn = (column: number): boolean => isHidden(facts, column)
  const layout = layOut({ rows, range: target.range, is1904, options, isHiddenColumn })
  const isHiddenSheet = workbook.sheets.some(({ name, isHidden: hidden }) => hidden && name === target.sheet)
  const warnings = [
    ...(isHiddenSheet ? [`the sheet ${target.sheet} is hidden`] : []),
    ...(is1904 ? ['dates count from 1904'] : []),
    ...(isCut
      ? [
          isWhole
            ? `types come from the first ${options.sampleRows} rows`
            : `types come from the first ${options.sampleRows} rows; merged cells were not looked for`,
        ]
      : []),
    ...sheetWarnings(rows, facts, layout),
    ...layout.warnings,
  ]
  return { file, target, format, is1904, facts, layout, options, warnings }
}

/** Reads an inspected sheet. */
export function readSheet(inspected: InspectedSheet, request: ReadRequest): Reading {
  const { file, layout } = inspected
  const columns = pickColumns(request.dataset, layout.columns, request.columns)
  const total = file.fingerprint.sizeBytes
  const progress = { isDone: false }
  const batches = sheetBatches(inspected, columns, request, progress)
  const bytes = (): { read: bigint; total: bigint } => ({ read: progress.isDone ? total : 0n, total })
  return rowReading({ columns, warnings: inspected.warnings, batches, bytes }, request)
}

/** The rows of the sheet as lines of a segment. */
export async function* sheetBatches(
  inspected: InspectedSheet,
  columns: readonly LaidColumn[],
  { signal, withLocator = false }: Pick<ReadRequest, 'signal' | 'withLocator'>,
  progress: { isDone: boolean },
): AsyncGenerator<RowBatch> {
  const { file, target, layout, options } = inspected
  await using workbook = await openWorkbook(file)
  const cells = cellPlaces(layout.columns, columns)
  for await (const batch of rangeRows(workbook.rows(target.sheet, noFacts()), target.range)) {
    if (signal?.aborted) throw new Failure('work.cancelled', { what: file.name })
    const rows: string[] = []
    const rejects: Reject[] = []
    for (const row of batch) {
      if (row.row < layout.firstDataRow || (row.isHidden && options.hidden === 'skip')) continue
      const made = rowOf(row, inspected, { cells, withLocator })
      if (typeof made === 'string') rows.push(made)
      else rejects.push(made)
    }
    if (rows.length > 0 || rejects.length > 0) yield { rows, rejects }
  }
  await assertUnchanged(file)
  progress.isDone = true
}

interface CellPlace {
  readonly known: LaidColumn
  /** Where its value goes in the row; -1 when the column is not read. */
  readonly position: number
}

function cellPlaces(all: readonly LaidColumn[], columns: readonly LaidColumn[]): Map<number, CellPlace> {
  return new Map(all.map((known) => [known.column, { known, position: columns.indexOf(known) }]))
}

function rowOf(
  row: SheetRow,
  inspected: InspectedSheet,
  { cells, withLocator }: { cells: ReadonlyMap<number, CellPlace>; withLocator: boolean },
): string | Reject {
  const { options, is1904, facts } = inspected
  const locator = locatorOf(row, inspected)
  const values: (string | undefined)[] = []
  for (const { column, value } of row.cells) {
    const place = cells.get(column)
    if (place === undefined) {
      if (options.hidden === 'skip' && isHidden(facts, column)) continue
      const reason = `the cell ${cellAddress(row.row, column)} lies beside the columns of the sheet`
      return rejected(row, locator, {
        rule: 'excel.extra_cell',
        column: columnLetters(column),
        value: textOf(value),
        reason,
      })
    }
    const { known, position } = place
    const cell = typedCell(value, is1904)
    if (cell.kind === 'error' || cell.kind === 'missing') {
      if (options.errors === 'null' || position < 0) continue
      const reason =
        cell.kind === 'error' ? `the cell holds the error ${cell.text}` : 'the formula has no stored result'
      return rejected(row, locator, { rule: `excel.${cell.kind}`, column: known.name, value: cell.text, reason })
    }
    if (position < 0) continue
    const text = cell.kind === 'no_date' && known.leaf !== 'VARCHAR' ? undefined : fitCell(cell, known.leaf)
    if (text === undefined) {
      const reason = `${cellAddress(row.row, column)} holds a ${cell.kind} that is no ${known.leaf} without changing it`
      return rejected(row, locator, { rule: `type.${known.leaf}`, column: known.name, value: cell.text, reason })
    }
    values[position] = JSON.stringify(text)
  }
  return rowLine(values, withLocator ? locator : undefined)
}

function rejected(row: SheetRow, locator: string, facts: Pick<Reject, 'rule' | 'column' | 'value' | 'reason'>): Reject {
  const raw = JSON.stringify(row.cells.map(({ column, value }) => [cellAddress(row.row, column), textOf(value)]))
  return { ...facts, locator, raw: raw.slice(0, 10_000) }
}

function textOf(value: SheetRow['cells'][number]['value']): string | null {
  return value.kind === 'missing' ? null : value.text
}

function locatorOf(row: SheetRow, { file, target, layout }: InspectedSheet): string {
  return `${file.name}!${target.sheet}!${cellAddress(row.row, layout.columns[0]?.column ?? 1)}`
}

/** Rows and cells inside the range; ends as soon as the range does. */
async function* rangeRows(
  batches: AsyncIterable<readonly SheetRow[]>,
  { firstRow, lastRow, firstColumn, lastColumn }: CellRange,
): AsyncGenerator<SheetRow[]> {
  for await (const batch of batches) {
    yield batch.flatMap((row) => {
      if (row.row < firstRow || row.row > lastRow) return []
      const cells = row.cells.filter(({ column }) => column >= firstColumn && column <= lastColumn)
      return cells.length === 0 ? [] : [{ ...row, cells }]
    })
    if ((batch.at(-1)?.row ?? 0) > lastRow) return
  }
}

function isHidden({ hiddenColumns }: SheetFacts, column: number): boolean {
  return hiddenColumns.some(({ first, last }) => column >= first && column <= last)
}

function sheetWarnings(rows: readonly SheetRow[], facts: SheetFacts, layout: SheetLayout): string[] {
  const hiddenRows = rows.filter((row) => row.isHidden).map(({ row }) => String(row))
  const hiddenColumns = layout.columns
    .filter(({ column }) => isHidden(facts, column))
    .map(({ column }) => columnLetters(column))
  const { merged } = facts
  return [
    ...(hiddenRows.length > 0 ? [`${hiddenRows.length} rows are hidden: ${listed(hiddenRows)}`] : []),
    ...(hiddenColumns.length > 0 ? [`${hiddenColumns.length} columns are hidden: ${listed(hiddenColumns)}`] : []),
    ...(merged.length > 0
      ? [`${merged.length} merged ranges hold a value in their first cell only: ${listed(merged)}`]
      : []),
  ]
}
