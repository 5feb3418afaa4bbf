import { mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Column } from '../../../contract/column.ts'
import { printQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import { CSV_SEGMENT } from '../../../duck/segment.ts'
import { id, join, type Sql, sql } from '../../../sql/sql.ts'
import type { ByteFormat } from '../../api/byte-format.ts'
import type { Reading } from '../../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../../api/writer.ts'
import { assertNotCancelled } from '../../shared/cancellation.ts'
import { fromRelation } from '../../shared/load/from-relation.ts'
import { segmentsOut } from '../../shared/load/segments-out.ts'
import { postgresTargetSchema } from '../config.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { type PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { isLost } from '../connection/postgres-failure.ts'
import { openReading } from '../read/open-reading.ts'
import { CopyQueue } from './copy-queue.ts'
import { encodeColumn } from './encode.ts'
import { type CommittedLoad, ensureStateTable, findCommitted, recordLoad, settleLoad } from './load-state.ts'
import { mergeStage } from './merge.ts'
import { type LoadPlan, planLoad } from './plan-load.ts'
import { createStage, type StageRole, type StageTable } from './stage-table.ts'
import { swapDefinitions } from './swap.ts'

const FILE_BYTES = 32 * 1024 * 1024
/** Files that may wait for the server before DuckDB writes more. */
const WAITING_FILES = 2

/** One load into one table. */
export class PostgresWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats: readonly ByteFormat[]
  readonly #access: PostgresAccess
  readonly #connection: PostgresConnection
  readonly #request: WriteRequest
  readonly #plan: LoadPlan
  readonly #stage: StageTable | undefined
  readonly #call: PostgresCall
  #queue: CopyQueue | undefined
  /** Files on their way to the server. */
  #folder: string | undefined
  #calls = 0
  /** Rows in all files. */
  #written = 0n
  /** Rows of byte streams, which the server took. */
  #copied = 0n
  #isCommitted = false

  private constructor(parts: {
    access: PostgresAccess
    connection: PostgresConnection
    request: WriteRequest
    plan: LoadPlan
    stage: StageTable | undefined
    committed: WriteOutcome | undefined
  }) {
    this.#access = parts.access
    this.#connection = parts.connection
    this.#request = parts.request
    this.#plan = parts.plan
    this.#stage = parts.stage
    this.#call = { signal: parts.request.signal, side: 'target' }
    this.plan = parts.plan.write
    this.byteFormats = takesBytes(parts.plan) ? ['pg-binary', 'pg-text'] : []
    if (parts.committed !== undefined) this.committed = parts.committed
  }

  static async open(access: PostgresAccess, request: WriteRequest): Promise<PostgresWriter> {
    const call: PostgresCall = { signal: request.signal, side: 'target' }
    const connection = await PostgresConnection.open(access, call)
    try {
      const plan = await planLoad(connection, request, access.config.schema)
      await ensureStateTable(connection, plan.path.schema, call)
      const committed = await findCommitted(connection, plan.path.schema, request.loadId, call)
      const { dataset, loadId } = request
      const stage =
        committed === undefined
          ? await createStage(connection, plan, {
              dataset,
              loadId,
              role: await stageRole(connection, { plan, request }, call),
              ...call,
            })
          : undefined
      return new PostgresWriter({ access, connection, request, plan, stage, committed })
    } catch (error) {
      await connection[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The rows that were written for the server; that it took them all is checked once it has. */
  async stage(relation: Sql): Promise<bigint> {
    this.#openStage()
    const { pairs } = this.#plan.table
    const { duck, signal } = this.#request
    const expressions = pairs.map(({ column, target }) =>
      encodeColumn(column.name, column.type, target.type.endsWith('[]')),
    )
    const queue = this.#openQueue()
    this.#folder ??= await mkdtemp(joinPath(duck.spillDirectory, 'postgresql-load-'))
    await queue.room(WAITING_FILES)
    const rows = await segmentsOut(duck, {
      query: sql`SELECT ${join(expressions)} FROM ${fromRelation(relation)}`,
      dialect: CSV_SEGMENT,
      folder: joinPath(this.#folder, String(this.#calls++)),
      fileBytes: FILE_BYTES,
      // A line that is only `\\.` would end the data for PostgreSQL before 18.
      quoteAll: expressions.length === 1,
      onFile: (path) => queue.add(path),
      ...(signal === undefined ? {} : { signal }),
    })
    this.#written += rows
    await queue.room(WAITING_FILES)
    return rows
  }

  async stageBytes(format: ByteFormat, columns: readonly Column[], bytes: AsyncIterable<Uint8Array>): Promise<bigint> {
    const { table } = this.#openStage()
    const targets = columns.map(({ name }) => {
      const pair = this.#plan.table.pairs.find(({ column }) => column.name === name)
      return id(pair?.target.name ?? name)
    })
    const how = format === 'pg-binary' ? sql`(FORMAT binary)` : sql``
    await using connection = await PostgresConnection.open(this.#access, this.#call)
    const rows = await connection.copyIn(sql`COPY ${table} (${join(targets)}) FROM STDIN ${how}`, bytes, this.#call)
    this.#copied += rows
    return rows
  }

  async readBack(): Promise<Reading> {
    await this.#drained()
    const { name } = this.#openStage()
    const { duck, signal } = this.#request
    return openReading(this.#access, {
      dataset: printQualifiedName([this.#plan.path.schema, name]),
      options: {},
      columns: this.#plan.table.pairs.map(({ target }) => target.name),
      duck,
      ...(signal === undefined ? {} : { signal }),
    })
  }

  async commit(): Promise<WriteOutcome> {
    if (this.committed !== undefined) return this.committed
    const stage = this.#openStage()
    const staged = await this.#drained()
    const { schema } = this.#plan.path
    const { loadId, dataset, mode, state } = this.#request
    await this.#connection.run(sql`BEGIN`, this.#call)
    let load: CommittedLoad
    try {
      const merged = { plan: this.#plan, stage, staged, request: this.#request }
      const outcome = await mergeStage(this.#connection, merged, this.#call)
      load = { loadId, dataset, mode, state, outcome }
      await recordLoad(this.#connection, schema, load, this.#call)
      assertNotCancelled(this.#request.signal, dataset)
    } catch (error) {
      await this.#connection.run(sql`ROLLBACK`).catch(() => undefined)
      throw error
    }
    try {
      // Not cancelled by the signal: from here on only the server knows.
      await this.#connection.run(sql`COMMIT`, { side: 'target' })
    } catch (error) {
      if (!isLost(error)) throw error
      const settled = await this.#settle(load)
      if (settled === undefined) throw error
      this.#isCommitted = true
      return settled
    }
    this.#isCommitted = true
    return load.outcome
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue?.close()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
    if (this.#stage !== undefined && !this.#isCommitted) await this.#dropStage(this.#stage)
    await this.#connection[Symbol.asyncDispose]()
  }

  #openQueue(): CopyQueue {
    const { table } = this.#openStage()
    const { connections } = postgresTargetSchema.parse(this.#request.options ?? {})
    this.#queue ??= new CopyQueue({
      statement: sql`COPY ${table} (${this.#columnList()}) FROM STDIN (FORMAT csv)`,
      connection: this.#connection,
      open: () => PostgresConnection.open(this.#access, this.#call),
      connections,
      call: this.#call,
    })
    return this.#queue
  }

  /** Waits for the server. @returns the rows in the stage @throws Failure `target.rejected` when rows are missing there */
  async #drained(): Promise<bigint> {
    const taken = (await this.#queue?.drain()) ?? 0n
    if (taken !== this.#written) {
      const reason = `${this.#written} rows were sent, the server took ${taken}`
      throw new Failure('target.rejected', { target: this.#request.dataset, reason })
    }
    return taken + this.#copied
  }

  async #settle(load: CommittedLoad): Promise<WriteOutcome | undefined> {
    return this.#onFreshConnection((connection) => settleLoad(connection, this.#plan.path.schema, load))
  }

  async #onFreshConnection<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    await using connection = await PostgresConnection.open(this.#access)
    return await work(connection)
  }

  async #dropStage({ table }: StageTable): Promise<void> {
    const drop = sql`DROP TABLE IF EXISTS ${table}`
    try {
      await this.#connection.run(drop)
    } catch {
      // The connection may be what broke. What cannot be dropped now is removed by the next writer.
      await this.#onFreshConnection((connection) => connection.run(drop)).catch(() => undefined)
    }
  }

  #openStage(): StageTable {
    if (this.#stage === undefined) throw new TypeError('this load was committed before; there is nothing to stage')
    assertNotCancelled(this.#request.signal, this.#request.dataset)
    return this.#stage
  }

  #columnList(): Sql {
    return join(this.#plan.table.pairs.map(({ target }) => id(target.name)))
  }
}

async function stageRole(
  connection: PostgresConnection,
  { plan, request: { mode, ddlStatements } }: { plan: LoadPlan; request: WriteRequest },
  call: PostgresCall,
): Promise<StageRole> {
  if (ddlStatements !== undefined) return 'merge'
  if (plan.found === undefined) return mode === 'update' || mode === 'delete' ? 'merge' : 'new'
  const isEmptied = mode === 'replace' || mode === 'truncate'
  if (!isEmptied || plan.write.statements.length > 0) return 'merge'
  return (await swapDefinitions(connection, plan.found, call)) === undefined ? 'merge' : 'swap'
}

/** Bytes of a COPY go in as they are when every column has the very type it had in the source. */
function takesBytes({ table }: LoadPlan): boolean {
  return table.pairs.every(({ column, target }) => column.sourceType === target.type)
}
