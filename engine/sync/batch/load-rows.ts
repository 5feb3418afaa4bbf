import type { KeyRange, ReadRequest } from '../../connectors/api/reading.ts'
import { usableFormats } from '../../connectors/api/usable-formats.ts'
import type { WriteOutcome, Writer } from '../../connectors/api/writer.ts'
import { fromRelation } from '../../connectors/shared/load/from-relation.ts'
import type { Column } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import type { WriteMode } from '../../contract/write-mode.ts'
import type { Sql } from '../../sql/sql.ts'
import { assertNoRejects } from '../no-rejects.ts'
import { markedColumns, splitDeleted, unmarked } from './split-deleted.ts'
import { columnsForTarget, type TableRun } from './table-run.ts'

export interface Load {
  readonly mode: WriteMode
  readonly keys?: readonly string[]
  /** Behind the table's prefix. */
  readonly name: string
  readonly to?: string
  readonly state?: Cell
}

/** Brings rows that are in DuckDB into the target, in one load. */
export async function loadRelation(
  run: TableRun,
  { relation, columns }: { readonly relation: Sql; readonly columns: readonly Column[] },
  load: Load,
): Promise<WriteOutcome> {
  await using writer = await openWriter(run, columns, load)
  if (writer.committed !== undefined) return writer.committed
  await writer.stage(relation)
  return await writer.commit()
}

/**
 * Brings the table, or pieces of it, into the target, in one load. Bytes pass as they are where both systems speak the same.
 * Gives the rows of this load.
 */
export async function loadPieces(
  run: TableRun,
  pieces: readonly (KeyRange | undefined)[],
  load: Load,
): Promise<bigint> {
  const { source, signal, dataset, duck } = run
  const asked = pieces.map(
    (range): ReadRequest => ({
      dataset,
      options: run.query === undefined ? {} : { query: run.query.text },
      columns: run.columns.map(({ name }) => name),
      duck,
      signal,
      ...(range === undefined ? {} : { range }),
    }),
  )
  await using writer = await openWriter(run, markedColumns(run), load)
  if (writer.committed !== undefined) return writer.committed.inserted + writer.committed.updated
  const isAsItIs = source.readBytes !== undefined && run.settings.deletes === undefined
  const formats = isAsItIs ? usableFormats(writer, run.columns) : []
  await run.throttle.take({})
  let rows = 0n
  if (formats.length > 0) {
    rows = (await Promise.all(asked.map((request) => bytesOf(run, writer, { request, formats })))).reduce(sum, 0n)
  } else for (const request of asked) rows += await stagePiece(run, writer, request)
  await writer.commit()
  return rows
}

function sum(a: bigint, b: bigint): bigint {
  return a + b
}

async function bytesOf(
  { source, throttle }: TableRun,
  writer: Writer,
  { request, formats }: { readonly request: ReadRequest; readonly formats: ReturnType<typeof usableFormats> },
): Promise<bigint> {
  await using reading = await source.readBytes?.(request, formats)
  if (reading === undefined || writer.stageBytes === undefined) throw new TypeError('bytes were promised')
  const { format, columns, streams } = reading
  const stageBytes = writer.stageBytes.bind(writer)
  const staged = await Promise.all(streams.map((stream) => stageBytes(format, columns, throttle.stream(stream()))))
  const rows = staged.reduce(sum, 0n)
  await throttle.take({ rows })
  return rows
}

async function stagePiece(run: TableRun, writer: Writer, request: ReadRequest): Promise<bigint> {
  const { source, duck, dataset, throttle } = run
  const shaped = (relation: Sql): Sql => unmarked(run, splitDeleted(run, fromRelation(relation)).present)
  await using reading = await source.read(request)
  let rows = 0n
  if (reading.relation !== undefined) rows += await writer.stage(shaped(reading.relation))
  let bytes = 0n
  for await (const part of reading.parts ?? []) {
    const staged = await writer.stage(shaped(part.relation))
    const read = reading.counts().bytes
    await throttle.take({ rows: staged, bytes: Number(read - bytes) })
    bytes = read
    rows += staged
    await assertNoRejects(duck, dataset, part.rejects)
  }
  await assertNoRejects(duck, dataset, reading.rejects)
  return rows
}

function openWriter(run: TableRun, columns: readonly Column[], load: Load): Promise<Writer> {
  const { target, duck, ddl, signal, loadPrefix } = run
  if (target.write === undefined) throw new TypeError('the target takes no rows')
  return target.write({
    dataset: load.to ?? run.to,
    columns: columnsForTarget(run, columns),
    mode: load.mode,
    keys: load.keys ?? [],
    loadId: `${loadPrefix}${load.name}`,
    options: {},
    ddl,
    duck,
    signal,
    ...(load.state === undefined ? {} : { state: load.state }),
  })
}
