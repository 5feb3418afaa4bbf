import { connectionsRouter } from './connections.ts'
import { dataRouter } from './data.ts'
import { deployRouter } from './deploy.ts'
import { draftsRouter } from './drafts.ts'
import { jobFilesRouter } from './job-files.ts'
import { jobRunsRouter } from './job-runs.ts'
import { jobsRouter } from './jobs.ts'
import { maskingRouter } from './masking.ts'
import { pipelinesRouter } from './pipelines.ts'
import { profilesRouter } from './profiles.ts'
import { qualityRouter } from './quality.ts'
import { runsRouter } from './runs.ts'
import { serverRouter } from './server.ts'
import { serversRouter } from './servers.ts'
import { snapshotsRouter } from './snapshots.ts'
import { sqlRouter } from './sql.ts'
import { standardsRouter } from './standards.ts'
import { studioRouter } from './studio.ts'
import { syncsRouter } from './syncs.ts'
import { testsRouter } from './tests.ts'
import { workspaceRouter } from './workspace.ts'

/** The contract, implemented. Its context is `HostContext`. */
export const router = {
  workspace: workspaceRouter,
  connections: connectionsRouter,
  data: dataRouter,
  pipelines: pipelinesRouter,
  drafts: draftsRouter,
  snapshots: snapshotsRouter,
  masking: maskingRouter,
  quality: qualityRouter,
  standards: standardsRouter,
  tests: testsRouter,
  runs: runsRouter,
  jobs: jobsRouter,
  jobFiles: jobFilesRouter,
  jobRuns: jobRunsRouter,
  server: serverRouter,
  servers: serversRouter,
  deploy: deployRouter,
  sql: sqlRouter,
  profiles: profilesRouter,
  studio: studioRouter,
  syncs: syncsRouter,
}
