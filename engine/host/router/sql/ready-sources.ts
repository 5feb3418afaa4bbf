import type { Duck } from '../../../duck/duck.ts'

/** Datasets at hand in a DuckDB, under the names a statement gives them. */
export interface ReadySources extends AsyncDisposable {
  readonly duck: Duck
  readonly warnings: readonly string[]
  /** Closes the systems; after that no statement can be run. */
  release(): Promise<void>
}
