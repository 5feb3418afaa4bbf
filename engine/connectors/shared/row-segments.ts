import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { LOCATOR_COLUMN } from '../../contract/column.ts'
import { REJECT_COLUMNS } from '../../contract/reject.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Reading, ReadingPart, ReadRequest } from '../api/reading.ts'
import { mapLeaves, type NestedType, printNestedType } from './nested-type.ts'
import { reservoir } from './reservoir.ts'
import type { RowBatch } from './row-batch.ts'

/** A column of rows that a connector parses itself. */
export interface RowColumn {
  readonly name: string
  readonly type: NestedType
  readonly sourceType?: string
}

export interface RowSource {
  readonly columns: readonly RowColumn[]
  readonly warnings: readonly string[]
  /** Iterated once; left early when enough rows were read. */
  readonly batches: AsyncIterable<RowBatch>
  /** Bytes taken from the source so far, and of how many. */
  readonly bytes: () => { readonly read: bigint; readonly total: bigint }
}

const PART_BYTES = 64 * 1024 * 1024
const MIN_OBJECT_BYTES = 16 * 1024 * 1024

/**
 * One line of a segment: `values[i]` is the JSON of column i with every leaf as a string, or undefined for NULL.
 */
export function rowLine(values: readonly (string | undefined)[], locator?: string): string {
  const fields: string[] = []
  values.forEach((value, i) => {
    if (value !== undefined) fields.push(`"c${i}":${value}`)
  })
  if (locator !== undefined) fields.push(`"l":${JSON.stringify(locator)}`)
  return `{${fields.join(',')}}`
}

/**
 * A reading whose rows pass through NDJSON segment files that DuckDB scans in parallel with declared types.
 *
 * Values travel as text and were checked by the connector, so the casts cannot change or refuse one. A part is at most
 * 64 MB; its files are removed when the next one is asked for.
 */
export function rowReading(source: RowSource, request: ReadRequest): Reading {
  const counts = { rows: 0n, rejected: 0n }
  const folders: string[] = []
  const removeFolders = async (): Promise<void> => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  }
  return {
    columns: [
      ...source.columns.map(({ name, type, sourceType }) => ({
        name,
        type: printNestedType(type),
        ...(sourceType === undefined ? {} : { sourceType }),
      })),
      ...(request.withLocator === true ? [{ name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }] : []),
    ],
    warnings: source.warnings,
    parts: readParts(source, request, counts, { folders, removeFolders }),
    counts: () => ({ rows: counts.rows + counts.rejected, rejected: counts.rejected, bytes: source.bytes().read }),
    [Symbol.asyncDispose]: removeFolders,
  }
}

interface PartFolders {
  readonly folders: string[]
  readonly removeFolders: () => Promise<void>
}

async function* readParts(
  source: RowSource,
  request: ReadRequest,
  counts: { rows: bigint; rejected: bigint },
  { folders, removeFolders }: PartFolders,
): AsyncGenerator<ReadingPart> {
  const batches = request.sample === undefined ? source.batches : reservoir(source.batches, request.sample)
  const limit = request.limitRows ?? Number.POSITIVE_INFINITY
  let part: SegmentPart | undefined
  try {
    for await (const batch of batches) {
      if (part === undefined) {
        part = await SegmentPart.open(request.duck.spillDirectory)
        folders.push(part.folder)
      }
      const rows = batch.rows.slice(0, limit - Number(counts.rows))
      await part.add({ rows, rejects: batch.rejects })
      counts.rows += BigInt(rows.length)
      counts.rejected += BigInt(batch.rejects.length)
      report(source, request, counts)
      if (part.bytes >= PART_BYTES) {
        yield await part.finish(source.columns, request.withLocator === true)
        await removeFolders()
        part = undefined
      }
      if (Number(counts.rows) >= limit) break
    }
    if (part !== undefined) yield await part.finish(source.columns, request.withLocator === true)
  } finally {
    await part?.close()
    await removeFolders()
  }
}

function report(source: RowSource, request: ReadRequest, counts: { rows: bigint; rejected: bigint }): void {
  if (request.onProgress === undefined) return
  const { read, total } = source.bytes()
  const fraction = total === 0n ? 1 : Math.min(1, Number(read) / Number(total))
  request.onProgress({ rows: counts.rows + counts.rejected, bytes: read, fraction })
}

/** Two files, rows and rejects, being written. */
class SegmentPart {
  readonly folder: string
  bytes = 0
  readonly #rows: FileHandle
  #rejects: FileHandle | undefined
  #longest = 0

  private constructor(folder: string, rows: FileHandle) {
    this.folder = folder
    this.#rows = rows
  }

  static async open(parent: string): Promise<SegmentPart> {
    const folder = await mkdtemp(joinPath(parent, 'rows-'))
    return new SegmentPart(folder, await open(joinPath(folder, 'rows.ndjson'), 'w'))
  }

  async add({ rows, rejects }: RowBatch): Promise<void> {
    for (const row of rows) this.#longest = Math.max(this.#longest, row.length)
    if (rows.length > 0) this.bytes += await append(this.#rows, rows)
    if (rejects.length === 0) return
    this.#rejects ??= await open(joinPath(this.folder, 'rejects.ndjson'), 'w')
    const lines = rejects.map((reject) => rowLine(REJECT_COLUMNS.map((name) => jsonText(reject[name]))))
    this.bytes += await append(this.#rejects, lines)
  }

  async close(): Promise<void> {
    await this.#rows.close()
    await this.#rejects?.close()
  }

  async finish(columns: readonly RowColumn[], withLocator: boolean): Promise<ReadingPart> {
    await this.close()
    const rows = scan(joinPath(this.folder, 'rows.ndjson'), columns, { withLocator, longest: this.#longest })
    if (this.#rejects === undefined) return { relation: rows }
    const rejectColumns = REJECT_COLUMNS.map((name) => ({ name, type: { kind: 'leaf', name: 'VARCHAR' } as const }))
    const options = { withLocator: false, longest: 0 }
    return { relation: rows, rejects: scan(joinPath(this.folder, 'rejects.ndjson'), rejectColumns, options) }
  }
}

async function append(file: FileHandle, lines: readonly string[]): Promise<number> {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8')
  await file.writeFile(bytes)
  return bytes.length
}

function jsonText(value: string | null): string | undefined {
  return value === null ? undefined : JSON.stringify(value)
}

function scan(
  file: string,
  columns: readonly RowColumn[],
  { withLocator, longest }: { withLocator: boolean; longest: number },
): Sql {
  const shapes = columns.map(({ type }, i) => ({
    name: `c${i}`,
    shape: printNestedType(mapLeaves(type, () => 'VARCHAR')),
  }))
  if (withLocator) shapes.push({ name: 'l', shape: 'VARCHAR' })
  const declared = join(shapes.map(({ name, shape }) => sql`${id(name)}: ${literal(shape)}`))
  const values = columns.map(({ name, type }, i) => sql`${castValue(id(`c${i}`), type)} AS ${id(name)}`)
  if (withLocator) values.push(sql`${id('l')} AS ${id(LOCATOR_COLUMN)}`)
  // `records` is said: left to guess, DuckDB reads a file of nothing but `{}` into the first column as text.
  // A character of JavaScript is at most three bytes of UTF-8.
  const objectBytes = Math.max(MIN_OBJECT_BYTES, 3 * longest + 1)
  return sql`SELECT ${join(values)} FROM read_json(${literal(file)}, format = 'newline_delimited', records = true, auto_detect = false, columns = {${declared}}, maximum_object_size = ${literal(objectBytes)})`
}

function castValue(value: Sql, type: NestedType): Sql {
  if (type.kind !== 'leaf') return sql`CAST(${value} AS ${trusted(printNestedType(type))})`
  if (type.name === 'VARCHAR') return value
  return type.name === 'BLOB' ? sql`from_base64(${value})` : sql`CAST(${value} AS ${trusted(type.name)})`
}
