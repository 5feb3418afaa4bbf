import { connectionsRouter } from './connections.ts'
import { dataRouter } from './data.ts'
import { pipelinesRouter } from './pipelines.ts'
import { runsRouter } from './runs.ts'
import { workspaceRouter } from './workspace.ts'

/** The contract, implemented. Its context is `HostContext`. */
export const router = {
  workspace: workspaceRouter,
  connections: connectionsRouter,
  data: dataRouter,
  pipelines: pipelinesRouter,
  runs: runsRouter,
}
