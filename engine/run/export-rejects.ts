import { open } from 'node:fs/promises'
import { Failure } from '../contract/failure.ts'
import { REJECT_COLUMNS, type REJECT_EXPORT_FORMATS, type RejectFilter } from '../contract/reject.ts'
import { replaceFileDurably } from '../os/durable-file.ts'
import { pathExists } from '../os/path-exists.ts'
import { sql } from '../sql/sql.ts'
import { openRejects } from './kept-rejects.ts'

export interface RejectExport {
  readonly format: (typeof REJECT_EXPORT_FORMATS)[number]
  readonly filter?: RejectFilter | undefined
  /** Absolute; as text when absent. */
  readonly file?: string | undefined
  readonly overwrite?: boolean | undefined
}

export interface RejectExportEvent {
  readonly rows: number
  /** Of the last event. */
  readonly isDone: boolean
  readonly text?: string
  readonly file?: string
}

const NAMES = ['node', ...REJECT_COLUMNS] as const

/**
 * The rejects of a run as a file's text, piece by piece, or into a file that is there whole at the end or not at all.
 * @throws Failure `export.file_exists`, `work.cancelled`
 */
export async function* exportRejects(
  runDirectory: string,
  request: RejectExport,
  signal?: AbortSignal,
): AsyncGenerator<RejectExportEvent, undefined, void> {
  const { file, overwrite } = request
  if (file === undefined) return yield* printed(runDirectory, request, signal)
  if (overwrite !== true && (await pathExists(file))) throw new Failure('export.file_exists', { file })
  let written = 0
  await replaceFileDurably(file, async (temporary) => {
    await using handle = await open(temporary, 'wx')
    for await (const { rows, text } of printed(runDirectory, request, signal)) {
      written = rows
      if (text !== undefined) await handle.write(text)
    }
  })
  yield { rows: written, isDone: true, file }
}

async function* printed(
  runDirectory: string,
  { format, filter }: RejectExport,
  signal?: AbortSignal,
): AsyncGenerator<RejectExportEvent, undefined, void> {
  const { head, row, tail } = PRINTERS[format]
  let rows = 0
  yield { rows, isDone: false, text: head }
  await using kept = await openRejects(runDirectory)
  if (kept !== undefined) {
    const call = signal === undefined ? {} : { signal }
    for await (const block of kept.duck.blocks(sql`SELECT * FROM ${kept.chosen(filter)}`, call)) {
      const text = block.map((cells) => row(cells.map(textOrNull), rows++ === 0)).join('')
      yield { rows, isDone: false, text }
    }
  }
  yield { rows, isDone: true, text: tail }
}

type Texts = readonly (string | null)[]

interface Printer {
  readonly head: string
  readonly row: (cells: Texts, isFirst: boolean) => string
  readonly tail: string
}

/** CSV as RFC 4180 with NULL as an empty field and the empty text as `""`. */
const PRINTERS: Readonly<Record<RejectExport['format'], Printer>> = {
  csv: { head: `${NAMES.join(',')}\r\n`, row: (cells) => `${cells.map(csvField).join(',')}\r\n`, tail: '' },
  json: { head: '[', row: (cells, isFirst) => `${isFirst ? '\n' : ',\n'}  ${objectText(cells)}`, tail: '\n]\n' },
  ndjson: { head: '', row: (cells) => `${objectText(cells)}\n`, tail: '' },
}

function csvField(cell: string | null): string {
  if (cell === null) return ''
  return cell === '' || /["\r\n,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function objectText(cells: Texts): string {
  return JSON.stringify(Object.fromEntries(NAMES.map((name, index) => [name, cells[index] ?? null])))
}

/** The columns of rejects are texts. */
function textOrNull(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null
}
