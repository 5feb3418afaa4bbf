import type { Column } from '../../contract/column.ts'

/** A table as it stands at a moment of the stream. A change of its shape makes a new object. */
export interface ChangedTable {
  readonly dataset: string
  readonly columns: readonly Column[]
  /**
   * Positions in `columns` of what tells one row from another. Empty where the source has no key: then all columns together do, and
   * equal rows are counted.
   */
  readonly keys: readonly number[]
}

/**
 * A row as text: one cell for each column, tab between cells, in the text format of PostgreSQL's COPY (`\N` is NULL; backslash, tab,
 * line feed and carriage return are escaped), UTF-8, without a line end. MySQL's LOAD DATA reads the same by default.
 *
 * A value is written as PostgreSQL writes that of the column's type, dates in ISO form and instants in UTC: true is `t`, bytes are
 * `\\x00ff`, an instant ends in `+00`, a list is `{1,NULL}`. What the source has and DuckDB has not is VARCHAR: the source's own text.
 */
export type RowLine = Buffer

/**
 * What happened to one row. Keys are cells of a line, tab between them, as latin1 text of their UTF-8: equal texts are equal keys.
 */
export type RowChange =
  | {
      readonly kind: 'insert'
      readonly table: ChangedTable
      readonly key: string
      readonly line: RowLine
    }
  | {
      readonly kind: 'update'
      readonly table: ChangedTable
      readonly key: string
      /** The key before, where it was another one. */
      readonly oldKey?: string
      readonly line: RowLine
      /** Positions of values that did not change and that the source left out; their cells in `line` are `\N`. */
      readonly unchanged: readonly number[]
    }
  | { readonly kind: 'delete'; readonly table: ChangedTable; readonly key: string }
  | { readonly kind: 'truncate'; readonly table: ChangedTable }

/** Changes in the order in which their transactions were committed. */
export interface ChangeBatch {
  readonly changes: readonly RowChange[]
  /** Position after the last whole transaction in here; undefined when the batch ends inside the first one. */
  readonly position?: string
  /** Whether the last transaction goes on in the next batch: its changes must not become visible yet. */
  readonly isOpen: boolean
  /** Whole transactions. */
  readonly transactions: number
  /** When the oldest of them was committed at the source, in ms since 1970. */
  readonly committedAt?: number
  /** Messages in here that could not be read; the changes are without them. */
  readonly refused?: readonly RefusedMessage[]
}

/** A message that did not say what its dataset should. */
export interface RefusedMessage {
  readonly dataset: string
  /** Where it stands at the source: `orders[3]@1207`. */
  readonly locator: string
  readonly reason: string
  /** All of it, as the source's `replay` takes it. */
  readonly raw: string
}

export interface ChangeRequest {
  /** Qualified names of tables. */
  readonly datasets: readonly string[]
  /** Names what the source keeps for this reader (slot and publication at PostgreSQL). */
  readonly reader: string
  /** The position after what is already stored in the target; undefined to begin where `prepare` left the reader. */
  readonly from?: string
  /** Changes of these datasets that were committed before the position are left out: the target has them. */
  readonly notBefore?: ReadonlyMap<string, string>
  /** Columns that datasets had when they were followed before, for sources that have no schema of their own. */
  readonly known?: ReadonlyMap<string, readonly Column[]>
  /** A batch is handed over this long after its first change, or sooner when it is full. */
  readonly flushMs: number
  /** A position without changes is handed over this often, so that the source can forget its log. */
  readonly idleMs: number
  readonly mostChanges: number
  readonly mostBytes: number
  readonly signal?: AbortSignal
}

/** The stream of changes. Memory is bounded: what is not taken stops the source from sending. */
export interface ChangeFeed extends AsyncDisposable {
  /** The next batch; one without changes only moves the position. Undefined when the request's signal was aborted. */
  next(): Promise<ChangeBatch | undefined>
  /** Lets the source forget everything up to a position that is stored in the target. */
  acknowledge(position: string): void
  /** How much the source has written that was not acknowledged. */
  lagBytes(): number
}

/** How far a reader that the source keeps has come. */
export interface ReaderState {
  readonly position: string
  /** Whether the source can still send everything after `position`. */
  readonly isUsable: boolean
  readonly reason?: string
  readonly lagBytes: number
  /** So much more may be written until the source gives the reader up; absent where it never does. */
  readonly headroomBytes?: number
}

export interface HeldMoment extends AsyncDisposable {
  readonly moment: string
  readonly position: string
}

/** Change capture, where a connector has it. */
export interface ChangeSource {
  /**
   * Makes the source keep its changes for a reader from now on, and gives the position from which it does. Idempotent. `known` is the
   * position that the target has of this reader: a source that keeps nothing for readers goes on from there.
   * @throws Failure `changes.unavailable` when the server is not set up for it; `changes.gap` when it lacks what came after `known`.
   */
  prepare(
    request: Pick<ChangeRequest, 'reader' | 'datasets' | 'signal'> & { readonly known?: string },
  ): Promise<{ readonly position: string; readonly isNew: boolean }>
  /** Undefined when the source knows no such reader. */
  state(reader: string): Promise<ReaderState | undefined>
  /** Keeps a state of the system readable (`ReadRequest.moment`) until it is disposed: what was committed before `position`. */
  hold(signal?: AbortSignal): Promise<HeldMoment>
  /** The position of what was committed last. */
  now(): Promise<string>
  /**
   * Whether rows that were there before may hold values in these columns that the stream does not tell: a column with a default, for
   * one. Absent where that cannot be asked; then they may.
   */
  fills?(dataset: string, columns: readonly string[], signal?: AbortSignal): Promise<boolean>
  open(request: ChangeRequest): Promise<ChangeFeed>
  /** Lets the source forget the reader. Nothing happens when there is none. */
  forget(reader: string): Promise<void>
  /** Where the log holds every row since the first. */
  readonly fullLog?: FullLog
  /** Where positions do not compare as texts. */
  isBefore?(a: string, b: string): boolean
  /** Reads messages again that were refused. Only where a feed refuses any. */
  replay?(request: ChangeRequest, refused: readonly RefusedMessage[]): Promise<Replayed>
}

/** A log that holds every row since the first: nothing is copied, a table begins with its first change. */
export interface FullLog {
  /** A table as its log has it now. */
  describe(dataset: string, signal?: AbortSignal): Promise<ChangedTable>
  /** The position with which these datasets are read from their first change on, and the others go on. */
  rewind(position: string | undefined, datasets: readonly string[]): Promise<string>
}

/** What became of messages that were read again. */
export interface Replayed {
  readonly changes: readonly RowChange[]
  readonly refused: readonly RefusedMessage[]
}

/** Positions compare as texts of equal length, unless the source compares them itself. */
export function isBefore(a: string, b: string): boolean {
  return a < b
}
