import type { Answer } from '../../app/rpc/use-answer.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import type { WorkspaceFacts } from './next-steps.ts'

/** A failed run counts until the same pipeline succeeded after it. */
export function unrepairedFailures(runs: readonly { readonly pipeline: string; readonly state: string }[]): number {
  const settled = new Set<string>()
  let failed = 0
  for (const { pipeline, state } of runs) {
    if (settled.has(pipeline) || (state !== 'succeeded' && state !== 'failed')) continue
    settled.add(pipeline)
    if (state === 'failed') failed += 1
  }
  return failed
}

export function useWorkspaceFacts(): Answer<WorkspaceFacts> {
  return useAnswer(['workspace', 'facts'], async (engine, signal) => {
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
  })
}
