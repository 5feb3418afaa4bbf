import type { ContractRouterClient } from '@orpc/contract'
import { connectionsProcedures } from './api/connections.ts'
import { dataProcedures } from './api/data.ts'
import { deployProcedures } from './api/deploy.ts'
import { draftsProcedures } from './api/drafts.ts'
import { jobFilesProcedures } from './api/job-files.ts'
import { jobRunsProcedures } from './api/job-runs.ts'
import { jobsProcedures } from './api/jobs.ts'
import { maskingProcedures } from './api/masking.ts'
import { pipelinesProcedures } from './api/pipelines.ts'
import { profilesProcedures } from './api/profiles.ts'
import { qualityProcedures } from './api/quality.ts'
import { runsProcedures } from './api/runs.ts'
import { serverProcedures } from './api/server.ts'
import { serversProcedures } from './api/servers.ts'
import { snapshotsProcedures } from './api/snapshots.ts'
import { sqlProcedures } from './api/sql.ts'
import { standardsProcedures } from './api/standards.ts'
import { studioProcedures } from './api/studio.ts'
import { syncsProcedures } from './api/syncs.ts'
import { testsProcedures } from './api/tests.ts'
import { workspaceProcedures } from './api/workspace.ts'

/** Everything an engine can be asked, by area. The only way in for the studio, the browser and the terminal. */
export const contract = {
  workspace: workspaceProcedures,
  connections: connectionsProcedures,
  data: dataProcedures,
  pipelines: pipelinesProcedures,
  drafts: draftsProcedures,
  snapshots: snapshotsProcedures,
  masking: maskingProcedures,
  quality: qualityProcedures,
  standards: standardsProcedures,
  tests: testsProcedures,
  runs: runsProcedures,
  jobs: jobsProcedures,
  jobFiles: jobFilesProcedures,
  jobRuns: jobRunsProcedures,
  server: serverProcedures,
  servers: serversProcedures,
  deploy: deployProcedures,
  sql: sqlProcedures,
  profiles: profilesProcedures,
  studio: studioProcedures,
  syncs: syncsProcedures,
}

/** An engine to call, in this process or far away. */
export type EngineClient = ContractRouterClient<typeof contract>
