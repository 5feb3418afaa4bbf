import type { BundleSchemas } from '../../contract/bundle-file.ts'
import type { Localized } from '../../contract/localized.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { SigningKey } from '../keys.ts'

export interface ExportRequest {
  readonly workspace: Workspace
  readonly job: string
  readonly environment?: string
  /** Columns of the job's source nodes as they are now. */
  readonly schemas: BundleSchemas
  readonly nowMs: number
  /** Asked for only by what signs. */
  readonly signingKey: () => Promise<SigningKey>
}

export interface ExportedFile {
  /** A plain file name. */
  readonly name: string
  readonly text: string
}

/** A form in which a job leaves the workspace. Registered in `targets/all.ts`. */
export interface ExportTarget {
  readonly title: Localized
  /** The files of the export; nothing is written. */
  readonly files: (request: ExportRequest) => Promise<ExportedFile[]>
}
