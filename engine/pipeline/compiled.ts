import type { Column } from '../contract/column.ts'
import type { FailureData } from '../contract/failure.ts'
import type { DdlPolicy, VerifyLevel, WriteMode } from '../contract/write-mode.ts'
import type { Sql } from '../sql/sql.ts'

/** A source node: what to read. Its rows are expected under the relation name `relationName`. */
export interface CompiledSource {
  readonly node: string
  readonly dataset: string
  readonly options: unknown
  /**
   * What the relation must have, in this order: the columns the pipeline was compiled for. With `withLocator` the last one is
   * the hidden LOCATOR_COLUMN (VARCHAR; NULL where the connector gives none).
   */
  readonly columns?: readonly Column[]
  /**
   * Names of the columns whose values can reach a target or a reject or decide about a row. The reader may leave out the
   * others as long as the relation has them as typed NULLs.
   */
  readonly needed?: readonly string[]
  /** Whether rows of this source may be rejected somewhere, so that the reader should be asked for the locator. */
  readonly withLocator?: boolean
}

/** A target node: what to do with its input. */
export interface CompiledTarget {
  readonly node: string
  readonly input: OutputRef
  readonly dataset: string
  readonly mode: WriteMode
  readonly keys: readonly string[]
  readonly ddl: DdlPolicy
  readonly verify: VerifyLevel
  readonly options: unknown
}

/** `node` and its output; the main output is called `out`. Written `node` or `node.output` in files. */
export interface OutputRef {
  readonly node: string
  readonly output: string
}

export interface CompiledOutput {
  readonly ref: OutputRef
  readonly columns: readonly Column[]
  /** One SELECT over the relations named by `relationName` of its inputs. Never begins with WITH. */
  readonly relation: Sql
  readonly lineage?: OutputLineage
}

/** Where the values of an output's columns come from, one step back. */
export interface OutputLineage {
  /** By output column. A column not named here is the column of the same name of the first input, unchanged. */
  readonly columns: ReadonlyMap<string, readonly ColumnOrigin[]>
  /** Columns that decide which rows there are, or how they meet, without being in them. */
  readonly influences: readonly RowInfluence[]
  /** Every column may come from every input column: an sql node that could not be analysed. */
  readonly isApproximate?: boolean
}

export interface ColumnOrigin {
  readonly input: OutputRef
  readonly column: string
  readonly kind: 'direct' | 'expression'
}

export interface RowInfluence {
  readonly input: OutputRef
  readonly column: string
  readonly kind: 'filter' | 'join_key' | 'group_key' | 'order'
}

export interface CompiledNode {
  readonly name: string
  readonly type: string
  readonly inputs: readonly OutputRef[]
  readonly outputs: readonly CompiledOutput[]
  /**
   * `row`: every output row comes from exactly one input row and no row looks at another, so the node may run piece by piece
   * (filter, map, validate, split, parse, flatten, explode). `set`: needs all input at once.
   */
  readonly scope: 'row' | 'set'
  /** Outputs named here hold rejects (REJECT_COLUMNS) and count as rejected, not as written or filtered. */
  readonly rejectOutputs: readonly string[]
}

/** Nodes in topological order, sources and targets apart from them. */
export interface CompiledPipeline {
  readonly name: string
  readonly sources: readonly CompiledSource[]
  readonly nodes: readonly CompiledNode[]
  readonly targets: readonly CompiledTarget[]
  /** Whether some node may reject rows, so that sources should carry the locator. */
  readonly needsLocator: boolean
  /** `message` is English; `failure` gives the text in any language. */
  readonly warnings: readonly { readonly node: string; readonly message: string; readonly failure?: FailureData }[]
}

/** The name under which an output stands in compiled SQL. A source's rows are its `out`. */
export function relationName({ node, output }: OutputRef): string {
  return output === 'out' ? node : `${node}.${output}`
}

/** Gives the columns of a query over relations whose columns are known, without running it. DuckDB does this, in `run/`. */
export type Binder = (query: Sql, relations: ReadonlyMap<string, readonly Column[]>) => Promise<Column[]>
