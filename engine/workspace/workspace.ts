import type { Secret } from '../base/secret.ts'
import type { ClassesFile } from '../contract/classes-file.ts'
import type { CodeListFile } from '../contract/code-list-file.ts'
import type { ConnectionFile, EnvironmentFile, WorkspaceFile } from '../contract/connection-file.ts'
import type { JobFile } from '../contract/job-file.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { PolicyFile } from '../contract/policy-file.ts'
import type { RulesFile } from '../contract/rule.ts'
import type { StandardFile } from '../contract/standard-file.ts'
import type { SyncFile } from '../contract/sync-file.ts'

/** A workspace as its files say it; every file was parsed, nothing was connected. Immutable: reload to see changes. */
export interface Workspace {
  readonly directory: string
  readonly file: WorkspaceFile
  readonly connections: ReadonlyMap<string, ConnectionFile>
  readonly environments: ReadonlyMap<string, EnvironmentFile>
  readonly pipelines: ReadonlyMap<string, PipelineFile>
  readonly jobs: ReadonlyMap<string, JobFile>
  readonly syncs: ReadonlyMap<string, SyncFile>
  readonly policies: ReadonlyMap<string, PolicyFile>
  readonly rules: ReadonlyMap<string, RulesFile>
  readonly standards: ReadonlyMap<string, StandardFile>
  readonly codeLists: ReadonlyMap<string, CodeListFile>
  readonly classes: ReadonlyMap<string, ClassesFile>
  /** Problems by file: line, path and code. A file with problems is missing from its map. */
  readonly problems: readonly WorkspaceProblem[]
}

export interface WorkspaceProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Dotted path inside the document. */
  readonly path: string
  readonly message: string
}

/** A connection with the environment applied and `${env:}` filled in; secret fields still only names. */
export interface ResolvedConnection {
  readonly name: string
  readonly kind: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Field of the settings → the secret's text, resolved now. Undefined when the field is not set. */
  readonly secret: (field: string) => Promise<Secret | undefined>
}
