import type { RunLimits } from '../contract/job-file.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'

export interface RunRequest {
  readonly runId: string
  /** From 1. */
  readonly attempt: number
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
  readonly limits: RunLimits
  /** Absolute; this run's own. Holds its receipt, rejects and, while it runs, its spill folder. */
  readonly runDirectory: string
  /** Most that may be spilled to the disk. */
  readonly spillLimitMb?: number
  /** DDL that a person edited, by target node; replaces what the plan says. */
  readonly ddlStatements?: ReadonlyMap<string, readonly string[]>
}
