import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { basename, join as joinPath } from 'node:path'
import { nearestName } from '../../../base/suggest.ts'
import { POSITION_COLUMN } from '../../../connectors/api/positions.ts'
import { MAX_ROWS } from '../../../connectors/excel/cell-address.ts'
import { SheetWriter } from '../../../connectors/excel/sheet-writer.ts'
import type { EXPORT_FORMATS, ExportEvent } from '../../../contract/api/data.ts'
import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { replaceFileDurably } from '../../../os/durable-file.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { Cursor, PageRequest } from '../cursors/cursor.ts'
import { PRINTERS, PRINTS_TEXT, type RowPrinter, type TextFormat } from './printers.ts'

export interface ExportRequest {
  readonly format: (typeof EXPORT_FORMATS)[number]
  /** Absolute; as text when absent. */
  readonly file?: string | undefined
  readonly overwrite?: boolean | undefined
  readonly columns?: readonly string[] | undefined
  readonly range?: PageRequest | undefined
  readonly table?: string | undefined
  readonly escapeFormulas?: boolean | undefined
}

const MOST_TEXT_ROWS = 10_000
const PROGRESS_MS = 200

/** The rows of an export in order, and how to read them. */
interface Chosen {
  readonly duck: Duck
  readonly columns: readonly Column[]
  /** `asText`: cells as DuckDB's own text. */
  readonly query: (asText: boolean) => Sql
  readonly rowCount: bigint | null
  readonly call: DuckCall
}

/**
 * Writes the rows of a cursor in its order. A file is there whole at the end, or not at all; stopping the iteration stops the work.
 * @throws Failure `export.file_exists`, `export.needs_file`, `cursor.column_unknown`, `work.cancelled`
 */
export async function* exportRows(
  cursor: Cursor,
  request: ExportRequest,
  signal?: AbortSignal,
): AsyncGenerator<ExportEvent, undefined, void> {
  const { format, file, overwrite, range } = request
  if (file !== undefined && overwrite !== true && (await pathExists(file))) {
    throw new Failure('export.file_exists', { file })
  }
  const columns = chosenColumns(cursor.columns, request.columns)
  const held = await cursor.hold()
  await using duck = await cursor.connect()
  const stop = new AbortController()
  try {
    const { relation, rows } = await cursor.whole(range, signal)
    const call = { signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]) }
    const chosen = { duck, columns, query: queryOf(relation, columns), rowCount: rows, call }
    if (file === undefined) yield* asText(chosen, request)
    else yield* progressOf(chosen.rowCount, (report) => writeFile(chosen, { ...request, file, format }, report), file)
  } finally {
    stop.abort()
    await held?.[Symbol.asyncDispose]()
  }
}

function chosenColumns(all: readonly Column[], names: readonly string[] | undefined): readonly Column[] {
  return (names ?? all.map(({ name }) => name)).map((name) => {
    const found = all.find((column) => column.name === name)
    if (found !== undefined) return found
    const suggestion = nearestName(
      name,
      all.map((column) => column.name),
    )
    throw new Failure('cursor.column_unknown', { column: name, ...(suggestion === undefined ? {} : { suggestion }) })
  })
}

function queryOf(relation: Sql, columns: readonly Column[]): Chosen['query'] {
  return (isText) => {
    const cells = columns.map(({ name }) => (isText ? sql`CAST(${id(name)} AS VARCHAR) AS ${id(name)}` : id(name)))
    return sql`SELECT ${join(cells)} FROM (${relation}) ORDER BY ${id(POSITION_COLUMN)}`
  }
}

async function* asText(chosen: Chosen, request: ExportRequest): AsyncGenerator<ExportEvent, undefined, void> {
  const format = textFormat(request.format)
  const limit = { rows: Number(chosen.rowCount ?? request.range?.limit ?? 0), limit: MOST_TEXT_ROWS }
  if (format === undefined || limit.rows > MOST_TEXT_ROWS) {
    throw new Failure('export.needs_file', { format: request.format, ...limit })
  }
  const printer = printerOf(chosen, format, request)
  const parts = [printer.head]
  let rows = 0
  for await (const block of chosen.duck.blocks(chosen.query(PRINTS_TEXT[format]), chosen.call)) {
    for (const cells of block) parts.push(printer.row(cells, rows++ === 0))
  }
  parts.push(printer.tail)
  yield { rows, rowCount: rows, isDone: true, text: parts.join('') }
}

type Report = (rows: number) => void

async function writeFile(
  chosen: Chosen,
  { format, file, ...printing }: ExportRequest & { readonly file: string },
  report: Report,
): Promise<number> {
  const text = textFormat(format)
  let rows = 0
  await replaceFileDurably(file, async (temporary) => {
    if (format === 'parquet') rows = await writeParquet(chosen, temporary)
    else if (format === 'xlsx') rows = await writeWorkbook(chosen, { file, temporary }, report)
    else if (text !== undefined) rows = await writeText(chosen, { ...printing, format: text, temporary }, report)
  })
  return rows
}

async function writeText(
  chosen: Chosen,
  { format, temporary, ...printing }: Printing & { readonly format: TextFormat; readonly temporary: string },
  report: Report,
): Promise<number> {
  const printer = printerOf(chosen, format, printing)
  await using handle = await open(temporary, 'wx')
  await handle.write(printer.head)
  let rows = 0
  for await (const block of chosen.duck.blocks(chosen.query(PRINTS_TEXT[format]), chosen.call)) {
    let text = ''
    for (const cells of block) text += printer.row(cells, rows++ === 0)
    await handle.write(text)
    report(rows)
  }
  await handle.write(printer.tail)
  return rows
}

async function writeWorkbook(
  { duck, columns, query, call }: Chosen,
  { file, temporary }: { file: string; temporary: string },
  report: Report,
): Promise<number> {
  const sheet = basename(file)
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[\\/?*[\]:]/g, '_')
    .slice(0, 31)
  const writer = await SheetWriter.create(temporary, {
    dataset: file,
    sheet: sheet === '' ? 'Sheet1' : sheet,
    columns: columns.map(({ name, type }) => ({ name, leaf: type })),
    rowsPerSheet: MAX_ROWS,
    overflow: 'split',
  })
  try {
    let rows = 0
    for await (const block of duck.blocks(query(false), call)) {
      await writer.write(block)
      rows += block.length
      report(rows)
    }
    await writer.finish()
    return rows
  } finally {
    await writer.close()
  }
}

/** DuckDB writes the file itself, in the only folder it may, from where it is moved. */
async function writeParquet({ duck, query, call }: Chosen, temporary: string): Promise<number> {
  const folder = await mkdtemp(joinPath(duck.spillDirectory, 'export-'))
  const path = joinPath(folder, 'rows.parquet')
  const rows = await duck.run(sql`COPY (${query(false)}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`, call)
  await copyFile(path, temporary)
  await rm(folder, { recursive: true, force: true })
  return Number(rows)
}

/** Yields how far the work is, and at last what it made. */
async function* progressOf(
  rowCount: bigint | null,
  work: (report: Report) => Promise<number>,
  file: string,
): AsyncGenerator<ExportEvent, undefined, void> {
  const total = rowCount === null ? null : Number(rowCount)
  const state = { rows: 0, isDone: false }
  const done = work((rows) => {
    state.rows = rows
  }).finally(() => {
    state.isDone = true
  })
  // Whoever iterates learns of a failure below, not from an unhandled rejection before.
  done.catch(() => undefined)
  while (!state.isDone) {
    yield { rows: state.rows, rowCount: total, isDone: false }
    await Promise.race([done.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PROGRESS_MS))])
  }
  const written = await done
  yield { rows: written, rowCount: written, isDone: true, file, sizeBytes: (await stat(file)).size }
}

type Printing = Pick<ExportRequest, 'table' | 'escapeFormulas'>

function printerOf({ columns }: Chosen, format: TextFormat, { table = 'rows', escapeFormulas }: Printing): RowPrinter {
  return PRINTERS[format]({ columns, table, escapeFormulas })
}

function textFormat(format: ExportRequest['format']): TextFormat | undefined {
  return format === 'parquet' || format === 'xlsx' ? undefined : format
}
