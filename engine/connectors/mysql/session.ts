import type { DatasetSchema, DatasetSummary } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import type { ApplierRequest, ChangeApplier } from '../api/change-applier.ts'
import type { ChangeSource } from '../api/changes.ts'
import type { DatasetFigures, FiguresRequest } from '../api/figures.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { KeyBoundRequest, ListRequest, Session } from '../api/session.ts'
import type { TableStructure } from '../api/structure.ts'
import type { WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { MysqlApplier } from './apply/mysql-applier.ts'
import { describeTable } from './catalogue/describe-table.ts'
import { listTables } from './catalogue/list-tables.ts'
import { tableName } from './catalogue/table-name.ts'
import { mysqlChanges } from './changes/change-source.ts'
import type { HeldConnections } from './changes/hold-moment.ts'
import { mysqlSourceSchema, mysqlTargetSchema } from './config.ts'
import { type MysqlAccess, MysqlConnection } from './connection/mysql-connection.ts'
import { countFigures } from './read/count-figures.ts'
import { keyBound } from './read/key-range.ts'
import { openReading } from './read/open-reading.ts'
import { sourceRelation } from './read/source-relation.ts'
import { mysqlStructure } from './structure/table-structure.ts'
import { openWriter } from './write/mysql-writer.ts'
import { planLoad } from './write/plan-load.ts'

/** A session keeps one connection for short questions; every reading and writer opens its own. */
export class MysqlSession implements Session {
  readonly arranges = true
  readonly takesLoadsAtOnce = true
  readonly #access: MysqlAccess
  readonly #control: MysqlConnection
  readonly #held: HeldConnections = new Map()
  #closed = false

  constructor(access: MysqlAccess, control: MysqlConnection) {
    this.#access = access
    this.#control = control
  }

  get structure(): TableStructure {
    return mysqlStructure(this.#control, this.#access.config.database)
  }

  async list({ search, signal }: ListRequest): Promise<DatasetSummary[]> {
    const { database } = this.#access.config
    return listTables(this.#control, {
      database,
      ...(search === undefined ? {} : { search }),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  async describe(dataset: string, options: unknown, signal?: AbortSignal): Promise<DatasetSchema> {
    const source = mysqlSourceSchema.parse(options ?? {})
    const { database } = this.#access.config
    const relation = await sourceRelation(this.#control, { dataset, options: source, database }, signal)
    if (relation.estimate !== undefined) {
      return describeTable(this.#control, tableName(dataset, database), relation.columns, signal)
    }
    return { columns: relation.columns.map(({ column }) => column), keys: [], warnings: [] }
  }

  async read(request: ReadRequest): Promise<Reading> {
    if (this.#closed) throw this.#closedFailure()
    const options = mysqlSourceSchema.parse(request.options ?? {})
    const connection = await this.#readingConnection(request)
    try {
      const { database } = this.#access.config
      const source = { dataset: request.dataset, options, database }
      const relation = await sourceRelation(connection, source, request.signal)
      return await openReading(connection, relation, { ...request, options })
    } catch (error) {
      connection.destroy()
      throw error
    }
  }

  async figures(request: FiguresRequest): Promise<DatasetFigures> {
    const options = mysqlSourceSchema.parse(request.options ?? {})
    const source = { dataset: request.dataset, options, database: this.#access.config.database }
    return countFigures(this.#control, await sourceRelation(this.#control, source, request.signal), request)
  }

  async keyBound(request: KeyBoundRequest): Promise<readonly string[] | undefined> {
    const { database } = this.#access.config
    const source = { dataset: request.dataset, options: mysqlSourceSchema.parse({}), database }
    return keyBound(this.#control, await sourceRelation(this.#control, source, request.signal), request)
  }

  async planWrite(request: WriteRequest): Promise<WritePlan> {
    return (await planLoad(this.#control, request, this.#access.config.database)).written
  }

  async write(request: WriteRequest): Promise<Writer> {
    if (this.#closed) throw this.#closedFailure()
    return openWriter(this.#access, request, mysqlTargetSchema.parse(request.options ?? {}))
  }

  openApplier(request: ApplierRequest): Promise<ChangeApplier> {
    return MysqlApplier.open(this.#access, request)
  }

  get changes(): ChangeSource {
    return mysqlChanges(this.#access, this.#control, this.#held)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#control[Symbol.asyncDispose]()
  }

  #readingConnection({ moment }: ReadRequest): Promise<MysqlConnection> {
    if (moment === undefined) return MysqlConnection.open(this.#access)
    const held = this.#held.get(moment)
    if (held !== undefined) return Promise.resolve(held)
    throw new Failure('source.unavailable', { source: this.#access.name, reason: 'the moment is not held any more' })
  }

  #closedFailure(): Failure {
    return new Failure('source.unavailable', { source: this.#access.name, reason: 'the session was closed' })
  }
}
