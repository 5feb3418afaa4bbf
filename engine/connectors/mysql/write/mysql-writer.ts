import { rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { newId } from '../../../base/ids.ts'
import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, join, type Sql, sql } from '../../../sql/sql.ts'
import type { ByteFormat } from '../../api/byte-format.ts'
import type { Reading } from '../../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../../api/writer.ts'
import { fromRelation } from '../../shared/load/from-relation.ts'
import { segmentsOut } from '../../shared/load/segments-out.ts'
import type { MysqlTarget } from '../config.ts'
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { commitLoad } from './commit-load.ts'
import { LOAD_SEGMENT, LoadQueue } from './load-queue.ts'
import { pgTextForLoad, takesPgText } from './pg-text.ts'
import { type LoadPlan, planLoad } from './plan-load.ts'
import { readBack } from './read-back.ts'
import { copyName, createStage, dropTables, leftoverStages, type Stage, stageOf } from './stage-table.ts'
import { committedOutcome, createStateTable, settlePending } from './state-table.ts'

const FILE_BYTES = 8 * 1024 * 1024
/** Files that may wait for a connection when a call to `stage` returns. */
const WAITING_FILES = 4

interface WriterParts {
  readonly access: MysqlAccess
  readonly request: WriteRequest
  readonly loadPlan: LoadPlan
  readonly stage: Stage
  readonly queue: LoadQueue | undefined
  readonly committed: WriteOutcome | undefined
}

/** Opens a writer: settles what an earlier load left, then makes an empty stage. */
export async function openWriter(
  access: MysqlAccess,
  request: WriteRequest,
  { connections }: MysqlTarget,
): Promise<Writer> {
  await using connection = await MysqlConnection.open(access, 'target')
  const loadPlan = await planLoad(connection, request, access.config.database)
  const { schema } = loadPlan.target
  const stage = stageOf(loadPlan, request)
  await createStateTable(connection, schema)
  await settlePending(connection, schema, { dataset: request.dataset })
  const committed = await committedOutcome(connection, schema, request.loadId)
  const parts = { access, request, loadPlan, stage }
  if (committed !== undefined) return new MysqlWriter({ ...parts, committed, queue: undefined })
  await dropTables(connection, schema, await leftoverStages(connection, { schema, dataset: request.dataset }))
  await createStage(connection, loadPlan, stage)
  const loaders = await openLoaders(access, connections)
  const queue = new LoadQueue(loaders, {
    dataset: request.dataset,
    stage: stage.path,
    columns: loadPlan.columns,
    keys: loadPlan.keys,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  return new MysqlWriter({ ...parts, committed, queue })
}

async function openLoaders(access: MysqlAccess, count: number): Promise<MysqlConnection[]> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => MysqlConnection.open(access, 'target')))
  const loaders = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  // A server that is short of connections still takes the load over one.
  const refused = opened.find((result) => result.status === 'rejected')
  if (loaders.length === 0 && refused !== undefined) throw refused.reason
  return loaders
}

class MysqlWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats: readonly ByteFormat[]
  readonly #parts: WriterParts
  readonly #folder: string
  #calls = 0
  #staged = 0n
  #isCommitted: boolean

  constructor(parts: WriterParts) {
    this.#parts = parts
    this.plan = parts.loadPlan.written
    this.byteFormats = takesPgText(parts.loadPlan.columns) ? ['pg-text'] : []
    if (parts.committed !== undefined) this.committed = parts.committed
    this.#isCommitted = parts.committed !== undefined
    this.#folder = joinPath(parts.request.duck.spillDirectory, `load-${newId()}`)
  }

  async stage(relation: Sql): Promise<bigint> {
    const queue = this.#openQueue()
    const { loadPlan, request } = this.#parts
    const values = loadPlan.columns.map(({ column, value }) => sql`${value} AS ${id(column.name)}`)
    await queue.room(WAITING_FILES)
    const rows = await segmentsOut(request.duck, {
      query: sql`SELECT ${join(values)} FROM ${fromRelation(relation)}`,
      dialect: LOAD_SEGMENT,
      folder: joinPath(this.#folder, String(this.#calls++)),
      fileBytes: FILE_BYTES,
      onFile: (path) => queue.addFile(path),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    this.#staged += rows
    await queue.room(WAITING_FILES)
    return rows
  }

  async stageBytes(format: ByteFormat, columns: readonly Column[], bytes: AsyncIterable<Uint8Array>): Promise<bigint> {
    const expected = this.#parts.loadPlan.columns.map(({ column }) => column.name)
    if (!this.byteFormats.includes(format) || columns.map(({ name }) => name).join('\0') !== expected.join('\0')) {
      const reason = `bytes of format ${format} with these columns cannot be loaded as they are`
      throw new Failure('target.rejected', { target: this.#parts.request.dataset, reason })
    }
    const rows = await this.#openQueue().addStream('pg-text', pgTextForLoad(bytes))
    this.#staged += rows
    return rows
  }

  async readBack(): Promise<Reading> {
    await this.#drained()
    const { access, loadPlan, stage, request } = this.#parts
    const { columns } = loadPlan
    const { duck, signal } = request
    return readBack(access, { stage: stage.path, columns, duck, ...(signal === undefined ? {} : { signal }) })
  }

  async commit(): Promise<WriteOutcome> {
    if (this.committed !== undefined) return this.committed
    const staged = await this.#drained()
    const { access, request, loadPlan, stage } = this.#parts
    const outcome = await commitLoad(access, { request, plan: loadPlan, stage, staged })
    this.#isCommitted = true
    return outcome
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { queue, access, loadPlan, request, stage } = this.#parts
    await queue?.close()
    await rm(this.#folder, { recursive: true, force: true })
    if (queue === undefined || this.#isCommitted) return
    try {
      await using connection = await MysqlConnection.open(access, 'target')
      const { schema } = loadPlan.target
      // Only what is this writer's own: another may have taken over meanwhile.
      await settlePending(connection, schema, { dataset: request.dataset, loadId: request.loadId })
      await dropTables(connection, schema, [stage.name, copyName(request.dataset, stage)])
    } catch {
      // The server is away: the next writer to this dataset removes the stage.
    }
  }

  /** @throws Failure `target.rejected` when the server took another number of rows than were sent. */
  async #drained(): Promise<bigint> {
    const taken = await this.#openQueue().drain()
    if (taken === this.#staged) return taken
    const reason = `${taken} of ${this.#staged} rows arrived`
    throw new Failure('target.rejected', { target: this.#parts.request.dataset, reason })
  }

  #openQueue(): LoadQueue {
    const { queue, request } = this.#parts
    if (request.signal?.aborted) throw new Failure('work.cancelled', { what: request.dataset })
    if (queue === undefined) throw new TypeError('this load was committed before; there is nothing to stage')
    return queue
  }
}
