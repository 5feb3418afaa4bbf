import type { PipelineFile } from '../../engine/contract/pipeline-file.ts'
import type { BenchSite, Need } from './site.ts'

/** One comparison: the same move by Runnel and by the fastest plain tools. */
export interface Bench {
  readonly name: string
  /** What the floor is, in words. */
  readonly floor: string
  readonly needs: readonly Need[]
  /** What Runnel runs. */
  readonly pipeline: (site: BenchSite, verify: 'counts' | 'checksum') => PipelineFile
  /** The floor as a shell command line; it must fail when any part of it fails. */
  readonly floorCommand: (site: BenchSite) => string
  /** The floor prints its own milliseconds, without the start of its process; else the command's time counts. */
  readonly floorTimesItself?: true
  /** The result has another number of rows than the source; else ours must write every row, or the bench fails. */
  readonly changesRowCount?: true
  /** Before each measured turn: targets empty, caches written out. */
  readonly reset: (site: BenchSite) => Promise<unknown>
}
