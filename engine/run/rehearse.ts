import type { WritePlan } from '../connectors/api/writer.ts'
import type { Column } from '../contract/column.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { openCompiler } from './compiler.ts'
import { neededFor } from './needed.ts'
import type { RunPorts } from './ports.ts'
import { describeSource } from './readings.ts'
import { openSessions } from './sessions.ts'
import { planTargets } from './targets.ts'

export interface RehearsalRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
}

export interface RehearsedTarget extends WritePlan {
  readonly node: string
  readonly dataset: string
}

/**
 * What a run would do to its targets: DDL, mappings and the values it would lose. Reads no row and changes nothing.
 * @throws Failure `pipeline.invalid`, `run.read_only`, `write.ddl_needed` and what describing throws.
 */
export async function rehearseRun(
  request: RehearsalRequest,
  ports: RunPorts,
  signal?: AbortSignal,
): Promise<RehearsedTarget[]> {
  await using stack = new AsyncDisposableStack()
  const call = signal === undefined ? {} : { signal }
  const sessions = stack.use(openSessions(ports, signal))
  const compiler = stack.use(await openCompiler(request))
  const described = new Map<string, readonly Column[]>()
  for (const source of compiler.sources) {
    described.set(source.node, await describeSource({ sessions, ports, ...call }, source))
  }
  const compiled = await compiler.compile(described)
  const pipeline = neededFor(compiled, { targets: compiled.targets })
  for (const { dataset } of pipeline.targets) await sessions.of(dataset)
  const duck = stack.use(await openDuck({ memoryLimitMb: 256, allowedDirectories: sessions.folders() }))
  const opening = { runId: 'rehearsal', pipeline, sessions, ports, duck, toleratesLoss: true, ...call }
  const plans = await planTargets(opening)
  return pipeline.targets.flatMap(({ node, dataset }) => {
    const plan = plans.get(node)
    return plan === undefined ? [] : [{ node, dataset, ...plan }]
  })
}
