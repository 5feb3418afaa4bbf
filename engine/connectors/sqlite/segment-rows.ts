import { isUtf8 } from 'node:buffer'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { REJECT_COLUMNS } from '../../contract/reject.ts'
import { CSV_SEGMENT, scanSegments } from '../../duck/segment.ts'
import type { Sql } from '../../sql/sql.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import type { SqliteValue } from './database.ts'
import type { CarriedColumn } from './row-text.ts'
import type { SegmentFile } from './typed-part.ts'

const SEGMENT_BYTES = 64 * 1024 * 1024
const FLUSH_BYTES = 1024 * 1024
const REJECTS_SHAPE = { hasQuotedNewlines: true }
const NEW_LINE = Buffer.from('\n')

export interface Segment {
  readonly rows: SegmentFile
  /** Rejects found while writing; undefined when none. */
  readonly rejects: Sql | undefined
}

export interface SegmentSource {
  /** Rows of line, misfit facts (row-text.ts) and row number. */
  readonly lines: Iterator<SqliteValue[]>
  readonly columns: readonly CarriedColumn[]
  readonly dataset: string
  readonly directory: string
  readonly signal: AbortSignal | undefined
  readonly onRows: (counts: { rows: bigint; rejected: bigint; bytes: bigint }) => void
}

/** Writes the lines into files of about 64 MB; a file is removed when the next is asked for. */
export async function* segmentRows(source: SegmentSource): AsyncGenerator<Segment> {
  const progress = { rows: 0 }
  for (let number = 0; ; number++) {
    const path = join(source.directory, `${number}.csv`)
    const rejectsPath = join(source.directory, `${number}.rejects.csv`)
    const written = await writeSegment(source, progress, { path, rejectsPath })
    if (written.isEmpty) return
    const rejectColumns = REJECT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' }))
    yield {
      rows: { path, longestLineBytes: written.longestLineBytes, hasQuotedNewlines: written.hasQuotedNewlines },
      rejects: written.hasRejects
        ? scanSegments([rejectsPath], rejectColumns, CSV_SEGMENT, {
            ...REJECTS_SHAPE,
            longestLineBytes: 4 * written.longestLineBytes,
          })
        : undefined,
    }
    await rm(path, { force: true })
    await rm(rejectsPath, { force: true })
    if (written.isLast) return
  }
}

interface WrittenSegment {
  readonly isEmpty: boolean
  readonly isLast: boolean
  readonly hasRejects: boolean
  readonly longestLineBytes: number
  readonly hasQuotedNewlines: boolean
}

async function writeSegment(
  source: SegmentSource,
  progress: { rows: number },
  { path, rejectsPath }: { path: string; rejectsPath: string },
): Promise<WrittenSegment> {
  await using file = await open(path, 'w')
  await using rejectsFile = await open(rejectsPath, 'w')
  const rows = new LineBuffer(file)
  const rejects = new LineBuffer(rejectsFile)
  let longestLineBytes = 0
  let hasQuotedNewlines = false
  while (rows.bytes < SEGMENT_BYTES) {
    const { done, value } = source.lines.next()
    if (done === true) break
    const [line, misfit, rowNumber] = value
    progress.rows++
    const bytes = Buffer.isBuffer(line) ? line : Buffer.from(String(line))
    const reject = rejectOf(source, { bytes, misfit, place: textOf(rowNumber) ?? `row ${progress.rows}` })
    if (reject === undefined) rows.add(bytes)
    else rejects.add(Buffer.from(csvLine([...reject, bytes.toString('utf8').replaceAll('\0', '␀')])))
    hasQuotedNewlines ||= bytes.includes(10)
    longestLineBytes = Math.max(longestLineBytes, bytes.length + 1)
    source.onRows({ rows: 1n, rejected: reject === undefined ? 0n : 1n, bytes: BigInt(bytes.length + 1) })
    if (rows.pending + rejects.pending < FLUSH_BYTES) continue
    await rows.flush()
    await rejects.flush()
    assertNotCancelled(source.signal, source.dataset)
  }
  await rows.flush()
  await rejects.flush()
  const isLast = rows.bytes < SEGMENT_BYTES
  const hasRejects = rejects.bytes > 0
  return { isEmpty: rows.bytes === 0 && !hasRejects, isLast, hasRejects, longestLineBytes, hasQuotedNewlines }
}

const misfitSchema = z.tuple([z.int(), z.string().nullable(), z.string().nullable()])

/** Rule, column, value, reason and locator of a row that cannot be carried. */
function rejectOf(
  { columns, dataset }: SegmentSource,
  row: { bytes: Buffer; misfit: SqliteValue | undefined; place: string },
): (string | null)[] | undefined {
  if (typeof row.misfit === 'string') {
    const [position, value, locator] = misfitSchema.parse(JSON.parse(row.misfit))
    const { name = '', type = '' } = columns[position] ?? {}
    return ['sqlite.storage_class', name, value, `the stored value is not carried as ${type}`, locator]
  }
  const place = `${dataset}:${row.place}`
  if (row.bytes.includes(0)) return ['sqlite.nul', null, null, 'a text contains a NUL character', place]
  if (!isUtf8(row.bytes)) return ['sqlite.encoding', null, row.bytes.toString('hex'), 'a text is not UTF-8', place]
  return undefined
}

function csvLine(cells: readonly (string | null)[]): string {
  return cells.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')
}

function textOf(value: SqliteValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

class LineBuffer {
  bytes = 0
  pending = 0
  readonly #file: FileHandle
  #lines: Buffer[] = []

  constructor(file: FileHandle) {
    this.#file = file
  }

  add(line: Buffer): void {
    this.#lines.push(line, NEW_LINE)
    this.bytes += line.length + 1
    this.pending += line.length + 1
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return
    const lines = Buffer.concat(this.#lines)
    this.#lines = []
    this.pending = 0
    await this.#file.writeFile(lines)
  }
}
