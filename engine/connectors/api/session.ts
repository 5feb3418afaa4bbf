import type { DatasetSchema, DatasetSummary } from '../../contract/dataset.ts'
import type { ByteFormat } from './byte-format.ts'
import type { ApplierRequest, ChangeApplier } from './change-applier.ts'
import type { ChangeSource } from './changes.ts'
import type { DatasetFigures, FiguresRequest } from './figures.ts'
import type { Inbox } from './inbox.ts'
import type { ByteReading, KeyRange, Reading, ReadRequest } from './reading.ts'
import type { TableStructure } from './structure.ts'
import type { WritePlan, WriteRequest, Writer } from './writer.ts'

export interface ListRequest {
  /** Only datasets whose qualified name contains this, ignoring case. */
  readonly search?: string
  readonly signal?: AbortSignal
}

export interface KeyBoundRequest extends Omit<KeyRange, 'upTo'> {
  readonly dataset: string
  readonly rows: number
  readonly signal?: AbortSignal
}

/** An open connection. Calls may overlap; after disposal every call fails. */
export interface Session extends AsyncDisposable {
  /** Absolute folders that DuckDB must reach to read or write this system's files. Absent where files play no part. */
  readonly folders?: readonly string[]
  /** Whether `read` lets the system order and choose rows (`ReadRequest.arrangement`). */
  readonly arranges?: boolean
  /** Whether several loads into different datasets may be under way at the same time. */
  readonly takesLoadsAtOnce?: boolean
  /** Datasets in name order. */
  list(request: ListRequest): Promise<DatasetSummary[]>
  /**
   * @param options what the source node says about the dataset, parsed by the connector's `source` schema
   * @throws Failure `source.dataset_missing` with the nearest name.
   */
  describe(dataset: string, options: unknown, signal?: AbortSignal): Promise<DatasetSchema>
  read(request: ReadRequest): Promise<Reading>
  /**
   * The key of the row that stands `rows` places behind `after` in the order of the key, as texts; undefined when fewer rows are left.
   * Cuts a table into pieces for `ReadRequest.range`.
   */
  keyBound?(request: KeyBoundRequest): Promise<readonly string[] | undefined>
  /** Figures of all rows, counted by the system in one scan: no row travels. Only beside `ReadRequest.sample`. */
  figures?(request: FiguresRequest): Promise<DatasetFigures>
  /** Bytes in a format that some writer takes as they are. Only where the connector has one of `formats`. */
  readBytes?(request: ReadRequest, formats: readonly ByteFormat[]): Promise<ByteReading | undefined>
  /** What happens to rows, as it happens. Absent for systems that do not tell. */
  readonly changes?: ChangeSource
  /** The datasets as files that are taken and put away. */
  readonly inbox?: Inbox
  /** Keys, indexes and comments of tables. Absent for systems that have none. */
  readonly structure?: TableStructure
  /** What `write` would do to the target's structure; changes nothing. Absent for connectors that only read. */
  planWrite?(request: WriteRequest): Promise<WritePlan>
  /** Opens a writer: applies the DDL of the plan to the stage, not yet to the target. */
  write?(request: WriteRequest): Promise<Writer>
  /** Brings changes in row by row, exactly once unless `appliesAtLeastOnce`. Absent for systems that only take loads. */
  openApplier?(request: ApplierRequest): Promise<ChangeApplier>
  /** The target cannot store a position together with the changes: after a crash some may come twice. */
  readonly appliesAtLeastOnce?: boolean
}
