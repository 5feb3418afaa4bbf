import type { Column } from '../contract/column.ts'
import type { Duck } from '../duck/duck.ts'
import type { CompiledSource } from '../pipeline/compiled.ts'
import type { Sql } from '../sql/sql.ts'

/** The first rows of a source, in DuckDB under the source's relation name. */
export interface LoadedSource {
  /** Whether these are all rows there are. */
  readonly isWhole: boolean
  readonly rejects: Sql
  readonly warnings: readonly string[]
  /** When the snapshot was taken that the rows come from. */
  readonly takenAt?: string
}

export type NamedSource = Pick<CompiledSource, 'node' | 'dataset' | 'options'>

/** Where a preview takes its rows from: the systems themselves, or their snapshots. */
export interface SampleSource extends AsyncDisposable {
  /** Columns by node. */
  describe(sources: readonly NamedSource[]): Promise<Map<string, readonly Column[]>>
  /** Replaces what an earlier call loaded for the same source. */
  load(duck: Duck, source: CompiledSource, limitRows: number): Promise<LoadedSource>
  /** Folders DuckDB must reach; final after `describe`. */
  folders(): readonly string[]
}

/** Table that holds the rejects of a source while it is previewed. */
export function rejectsName(node: string): string {
  return `_runnel_rejects_${node}`
}
