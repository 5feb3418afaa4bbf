import type { ChangedTable } from '../connectors/api/changes.ts'
import type { ByteReading, ReadRequest } from '../connectors/api/reading.ts'
import type { Session } from '../connectors/api/session.ts'
import { usableFormats } from '../connectors/api/usable-formats.ts'
import type { Writer } from '../connectors/api/writer.ts'
import { fromRelation } from '../connectors/shared/load/from-relation.ts'
import type { Duck } from '../duck/duck.ts'
import { assertNoRejects } from './no-rejects.ts'

export interface CopyRequest {
  readonly source: Session
  readonly target: Session
  readonly table: ChangedTable
  /** Name in the target, where the table is already. */
  readonly to: string
  readonly chunkRows: number
  /** Names the loads, so that the target tells them apart. */
  readonly loadPrefix: string
  readonly duck: Duck
  /** Reads the state of a moment that the source holds. */
  readonly moment?: string
  readonly signal: AbortSignal
}

/** Where a copy stands after a piece that is in the target for certain. */
export interface CopyProgress {
  /** Undefined once the whole table is there. */
  readonly bound: readonly string[] | undefined
  readonly rows: bigint
}

/**
 * Copies a table piece by piece in the order of its key, from behind `bound` on. Each piece is one load: whoever is stopped goes on
 * behind the last one, and a piece that comes twice changes nothing. A table without key is copied in one piece.
 */
export async function* copyTable(
  request: CopyRequest,
  bound: readonly string[] | undefined,
): AsyncGenerator<CopyProgress> {
  const keys = request.table.keys.map((position) => request.table.columns[position]?.name ?? '')
  for (let after = bound; ; ) {
    const upTo = keys.length === 0 ? undefined : await nextBound(request, keys, after)
    const rows = await copyPiece(request, { keys, after, upTo })
    yield { bound: upTo, rows }
    if (upTo === undefined) return
    after = upTo
  }
}

function nextBound(
  { source, table, chunkRows, signal }: CopyRequest,
  keys: readonly string[],
  after: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const request = { dataset: table.dataset, keys, rows: chunkRows, signal, ...(after === undefined ? {} : { after }) }
  return source.keyBound?.(request) ?? Promise.resolve(undefined)
}

interface Piece {
  readonly keys: readonly string[]
  readonly after: readonly string[] | undefined
  readonly upTo: readonly string[] | undefined
}

async function copyPiece(request: CopyRequest, { keys, after, upTo }: Piece): Promise<bigint> {
  const { source, target, table, to, duck, signal } = request
  const isWhole = after === undefined && upTo === undefined
  const range = { keys, ...(after === undefined ? {} : { after }), ...(upTo === undefined ? {} : { upTo }) }
  const asked: ReadRequest = {
    dataset: table.dataset,
    options: {},
    duck,
    signal,
    ...(isWhole ? {} : { range }),
    ...(request.moment === undefined ? {} : { moment: request.moment }),
  }
  await using reading = await source.read(asked)
  if (target.write === undefined) throw new TypeError('the target takes no rows')
  await using writer = await target.write({
    dataset: to,
    columns: reading.columns,
    // The first piece of all finds an empty table; a later one may come again.
    mode: keys.length > 0 ? 'upsert' : 'append',
    keys,
    loadId: `${request.loadPrefix}:${upTo === undefined ? 'end' : upTo.join('\t')}:${after?.join('\t') ?? ''}`,
    options: {},
    ddl: 'never',
    duck,
    signal,
  })
  if (writer.committed !== undefined) return writer.committed.inserted + writer.committed.updated
  const formats = usableFormats(writer, reading.columns)
  await using bytes = formats.length > 0 ? await source.readBytes?.(asked, formats) : undefined
  if (bytes !== undefined) return await passBytes(bytes, writer)
  let rows = 0n
  if (reading.relation !== undefined) rows += await writer.stage(fromRelation(reading.relation))
  for await (const part of reading.parts ?? []) {
    rows += await writer.stage(fromRelation(part.relation))
    await assertNoRejects(duck, table.dataset, part.rejects)
  }
  await writer.commit()
  return rows
}

/** Values pass as they are, unread, where both systems write them alike. */
async function passBytes({ format, columns, streams }: ByteReading, writer: Writer): Promise<bigint> {
  const stageBytes = writer.stageBytes?.bind(writer)
  if (stageBytes === undefined) throw new TypeError('the writer takes no bytes')
  const staged = await Promise.all(streams.map((stream) => stageBytes(format, columns, stream())))
  await writer.commit()
  return staged.reduce((sum, rows) => sum + rows, 0n)
}
