import type { JobFile } from '../../../engine/contract/job-file.ts'

/** What every part of the form works with. */
export interface JobFormPart {
  readonly document: JobFile
  /** Changes in a row of one `field` are one step of undo. */
  readonly onChange: (document: JobFile, field?: string) => void
}
