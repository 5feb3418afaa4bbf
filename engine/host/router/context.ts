import type { Language } from '../../contract/localized.ts'
import type { LocalJobs } from '../../jobs/local-jobs.ts'
import type { AuditStore } from '../../store/audit.ts'
import type { CheckResultStore } from '../../store/check-results.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import type { JobService } from './job-service.ts'
import type { EngineResources } from './resources.ts'
import type { RunService } from './run-service.ts'
import type { StudioHost } from './studio/studio-host.ts'
import type { SyncService } from './sync-service.ts'

/** What every procedure of one engine works with. */
export interface HostContext {
  /** Absolute; undefined when the engine has no workspace open (`runnel show FILE` anywhere). */
  readonly workspaceDirectory: string | undefined
  /** Of texts that no failure code stands for: problems of files. */
  readonly language: Language
  /** Values of `${env:NAME}` and RUNNEL_KEY. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Whose secrets: a server's own, which outlive its deployments; the workspace's when absent. */
  readonly secrets?: { readonly directory: string; readonly scope: string }
  /** Asks a person for the key of the secrets file. Absent where nobody sits. */
  readonly askKey?: AskKey
  /** Opens the state store when it is first needed. Absent where there is no workspace to keep runs for. */
  readonly runs?: () => Promise<RunService>
  /** Runs of the workspace's own jobs. Absent where there is no workspace. */
  readonly jobRuns?: () => Promise<LocalJobs>
  /** Syncs of the workspace, or those pushed to a server; opens the state store when it is first needed. */
  readonly syncs?: () => Promise<SyncService>
  /** What checks of data found, over time; opens the state store when it is first needed. Absent where nothing is kept. */
  readonly checkResults?: () => Promise<CheckResultStore>
  /** Of a server. */
  readonly jobs?: JobService
  /** Absolute folders of a host for several people: every file and folder that a call names lies inside one of them. */
  readonly allowedFolders?: readonly string[]
  /** Of the connection to the engine: open cursors. Made when first needed where the host gives none. */
  readonly resources?: EngineResources
  /** What the studio asks about its host. */
  readonly studio?: StudioHost
  /** Of a server: what is done to it is written down. */
  readonly audit?: AuditStore
  /** Who asks; for the audit. */
  readonly actor?: string
}
