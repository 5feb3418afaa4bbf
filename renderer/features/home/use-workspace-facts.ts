import type { Answer } from '../../app/rpc/use-answer.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import type { WorkspaceFacts } from './next-steps.ts'
import { unrepairedFailures } from './unrepaired-failures.ts'

const REFRESH_MS = 5_000

export function useWorkspaceFacts(): Answer<WorkspaceFacts> {
  return useAnswer(
    ['workspace', 'facts'],
    async (engine, signal) => {
      const [opened, runs, servers] = await Promise.all([
        engine.workspace.open(undefined, { signal }),
        engine.runs.list({ limit: 200 }, { signal }),
        engine.servers.list(undefined, { signal }),
      ])
      return {
        connections: opened.connections.length,
        pipelines: opened.pipelines.length,
        jobs: opened.jobs.length,
        runs: runs.length,
        failedRuns: unrepairedFailures(runs),
        servers: servers.length,
        problems: opened.problems.length,
      }
    },
    { refetchMs: REFRESH_MS },
  )
}
