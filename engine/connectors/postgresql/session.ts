import type { DatasetSchema, DatasetSummary } from '../../contract/dataset.ts'
import type { ByteFormat } from '../api/byte-format.ts'
import type { ApplierRequest, ChangeApplier } from '../api/change-applier.ts'
import type { ChangeSource } from '../api/changes.ts'
import type { DatasetFigures, FiguresRequest } from '../api/figures.ts'
import type { ByteReading, Reading, ReadRequest } from '../api/reading.ts'
import type { KeyBoundRequest, ListRequest, Session } from '../api/session.ts'
import type { TableStructure } from '../api/structure.ts'
import type { WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { PostgresApplier } from './apply/postgres-applier.ts'
import { listTables } from './catalogue/list-tables.ts'
import { postgresChanges } from './changes/change-source.ts'
import type { PostgresAccess } from './connection/client-config.ts'
import type { PostgresConnection } from './connection/postgres-connection.ts'
import { describeDataset } from './describe.ts'
import { countFigures } from './read/count-figures.ts'
import { keyBound } from './read/key-range.ts'
import { openByteReading } from './read/open-byte-reading.ts'
import { openReading } from './read/open-reading.ts'
import { postgresStructure } from './structure/table-structure.ts'
import { planLoad } from './write/plan-load.ts'
import { PostgresWriter } from './write/postgres-writer.ts'

/** The faster one first. */
const FORMATS: readonly ByteFormat[] = ['pg-binary', 'pg-text']

/** One connection for the catalogue; readings and writers open their own. */
export class PostgresSession implements Session {
  readonly arranges = true
  readonly takesLoadsAtOnce = true
  readonly #access: PostgresAccess
  readonly #connection: PostgresConnection

  constructor(access: PostgresAccess, connection: PostgresConnection) {
    this.#access = access
    this.#connection = connection
  }

  get changes(): ChangeSource {
    return postgresChanges(this.#access, this.#connection)
  }

  get structure(): TableStructure {
    return postgresStructure(this.#connection, this.#access.config.schema)
  }

  list(request: ListRequest): Promise<DatasetSummary[]> {
    return listTables(this.#connection, request)
  }

  describe(dataset: string, options: unknown, signal?: AbortSignal): Promise<DatasetSchema> {
    return describeDataset(this.#connection, this.#access.config, { dataset, options, signal })
  }

  read(request: ReadRequest): Promise<Reading> {
    return openReading(this.#access, request)
  }

  keyBound(request: KeyBoundRequest): Promise<readonly string[] | undefined> {
    return keyBound(this.#connection, this.#access.config.schema, request)
  }

  figures(request: FiguresRequest): Promise<DatasetFigures> {
    return countFigures(this.#connection, this.#access.config, request)
  }

  async readBytes(request: ReadRequest, formats: readonly ByteFormat[]): Promise<ByteReading | undefined> {
    const format = FORMATS.find((known) => formats.includes(known))
    if (format === undefined || request.withLocator === true) return undefined
    return openByteReading(this.#access, request, format)
  }

  async planWrite(request: WriteRequest): Promise<WritePlan> {
    return (await planLoad(this.#connection, request, this.#access.config.schema)).write
  }

  write(request: WriteRequest): Promise<Writer> {
    return PostgresWriter.open(this.#access, request)
  }

  openApplier(request: ApplierRequest): Promise<ChangeApplier> {
    return PostgresApplier.open(this.#access, request)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]()
  }
}
