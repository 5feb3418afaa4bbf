import type { FailureArea } from './failure-spec.ts'
import { changesFailures } from './failures/changes.ts'
import { commonFailures } from './failures/common.ts'
import { cursorFailures } from './failures/cursor.ts'
import { databaseFailures } from './failures/database.ts'
import { fileFailures } from './failures/file.ts'
import { maskFailures } from './failures/mask.ts'
import { pipelineFailures } from './failures/pipeline.ts'
import { profileFailures } from './failures/profile.ts'
import { qualityFailures } from './failures/quality.ts'
import { runFailures } from './failures/run.ts'
import { serverFailures } from './failures/server.ts'
import { standardsFailures } from './failures/standards.ts'
import { syncFailures } from './failures/sync.ts'
import { uploadFailures } from './failures/upload.ts'
import { workspaceFailures } from './failures/workspace.ts'

/** Every failure Runnel can report. A code is permanent: it may be documented, alerted on and searched for. */
export const FAILURES = {
  ...commonFailures,
  ...fileFailures,
  ...databaseFailures,
  ...pipelineFailures,
  ...runFailures,
  ...workspaceFailures,
  ...serverFailures,
  ...cursorFailures,
  ...maskFailures,
  ...profileFailures,
  ...uploadFailures,
  ...changesFailures,
  ...syncFailures,
  ...qualityFailures,
  ...standardsFailures,
} as const satisfies FailureArea
