import { findPipeline } from '../../engine/host/router/find-pipeline.ts'
import { runPorts } from '../../engine/host/router/run-ports.ts'
import { executeRun } from '../../engine/run/execute.ts'
import { loadWorkspace } from '../../engine/workspace/load.ts'
import { openSecrets } from '../../engine/workspace/secrets/open-secrets.ts'

// One run of the engine in a process of its own: `engine-run.ts WORKSPACE PIPELINE RUN_DIRECTORY RUN_ID`. Prints what it cost.

const [directory = '', pipelineName = '', runDirectory = '', runId = ''] = process.argv.slice(2)
const workspace = await loadWorkspace(directory)
const secrets = openSecrets({ directory, scope: 'bench', variables: process.env })
const ports = await runPorts(
  { workspace, environment: undefined, secrets, variables: process.env },
  { snapshot: async () => undefined, emit: () => undefined },
)
const file = findPipeline(workspace, pipelineName)
const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
const receipt = await executeRun(
  { runId, attempt: 1, pipelineName, file, parameters: {}, limits: { memoryMb: 1_024 }, runDirectory },
  ports,
)
const elapsedMs = performance.now() - startedAt
const cpu = process.cpuUsage(cpuBefore)
const result = {
  elapsedMs,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  written: receipt.counts.written,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
