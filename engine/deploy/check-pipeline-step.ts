import type { Finding } from '../contract/api/server.ts'
import type { BundleSchemas } from '../contract/bundle-file.ts'
import type { Column } from '../contract/column.ts'
import { isFailure } from '../contract/failure.ts'
import type { JobFile } from '../contract/job-file.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { toldIn } from '../contract/told.ts'
import { openCompiler } from '../run/compiler.ts'
import type { RunPorts } from '../run/ports.ts'
import { describeSource } from '../run/readings.ts'
import { rehearseRun } from '../run/rehearse.ts'
import { openSessions } from '../run/sessions.ts'
import { environmentOf } from '../workspace/resolve-connection.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { compareSchemas } from './compare-schemas.ts'
import { failureFinding, finding } from './findings.ts'
import { lossFindings } from './loss-findings.ts'

export interface CheckedStep {
  readonly pipeline: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
  /** Datasets that earlier steps write: they may not be there yet. */
  readonly written: ReadonlySet<string>
  readonly schemas: BundleSchemas
  /** Kind of the connector of a connection. */
  readonly kindOf: (connection: string) => string
  /** Values that a target would refuse are only warned of. */
  readonly acceptsLoss: boolean
}

/** What the environment says about parameters the pipeline declares, overridden by what the step says. */
export function parametersOfStep(
  workspace: Workspace,
  job: JobFile,
  file: PipelineFile,
  given: ParameterValues,
): ParameterValues {
  const environment = environmentOf(workspace, job.environment)
  const general = environment === undefined ? {} : (workspace.environments.get(environment)?.parameters ?? {})
  const declared = Object.entries(general).filter(([name]) => Object.hasOwn(file.parameters ?? {}, name))
  return { ...Object.fromEntries(declared), ...given }
}

/**
 * Sources against the columns the bundle knows, then the pipeline against its sources and targets as they are, and their first rows
 * against the types of the targets.
 */
export async function checkPipelineStep(step: CheckedStep, ports: RunPorts, signal?: AbortSignal): Promise<Finding[]> {
  const described = await describeSources(step, ports, signal)
  const { findings } = described
  if (findings.some(({ severity }) => severity === 'error')) return findings
  try {
    if (described.isWhole) {
      findings.push(...(await rehearse(step, ports, signal)))
      const request = { ...step, pipelineName: step.pipeline }
      findings.push(...(await lossFindings(request, ports, { acceptsLoss: step.acceptsLoss, signal })))
    }
    if (!described.isWhole && described.isKnown) await compileOnly(step, described.columns)
  } catch (error) {
    signal?.throwIfAborted()
    findings.push(failureFinding('error', step.pipeline, error))
  }
  return findings
}

interface Described {
  readonly findings: Finding[]
  readonly columns: ReadonlyMap<string, readonly Column[]>
  /** Every source is there. */
  readonly isWhole: boolean
  /** The columns of every source are known, if only from the bundle. */
  readonly isKnown: boolean
}

async function describeSources(step: CheckedStep, ports: RunPorts, signal?: AbortSignal): Promise<Described> {
  const findings: Finding[] = []
  const columns = new Map<string, readonly Column[]>()
  await using sessions = openSessions(ports, signal)
  await using compiler = await openCompiler({ ...step, pipelineName: step.pipeline })
  const context = { sessions, ports, ...(signal === undefined ? {} : { signal }) }
  let there = 0
  for (const source of compiler.sources) {
    const cached = cachedColumns(step, source.node)
    try {
      const actual = await describeSource(context, source)
      there++
      columns.set(source.node, actual)
      if (cached !== undefined) findings.push(...compareSchemas(source.dataset, cached, actual))
    } catch (error) {
      signal?.throwIfAborted()
      // A database file that is not there either cannot be opened.
      const isAway = isFailure(error, 'source.dataset_missing', 'source.unavailable')
      const isLater = isAway && step.written.has(source.dataset)
      if (isLater && cached !== undefined) columns.set(source.node, cached)
      findings.push(
        isLater
          ? finding('warning', source.dataset, {
              en: `${source.dataset} is not there yet; an earlier step of the job writes it.`,
              zh: `${source.dataset} 尚不存在；作业的前一步会写入它。`,
            })
          : failureFinding('error', source.dataset, error),
      )
    }
  }
  const count = compiler.sources.length
  return { findings, columns, isWhole: there === count, isKnown: columns.size === count }
}

function cachedColumns({ pipeline, schemas }: CheckedStep, node: string): readonly Column[] | undefined {
  const source = `${pipeline}/${node}`
  return Object.hasOwn(schemas.sources, source) ? schemas.sources[source] : undefined
}

async function rehearse(step: CheckedStep, ports: RunPorts, signal?: AbortSignal): Promise<Finding[]> {
  const plans = await rehearseRun({ ...step, pipelineName: step.pipeline }, ports, signal)
  return plans.flatMap(({ dataset, warnings }) =>
    warnings.map((warning) => finding('warning', dataset, { en: warning, zh: toldIn(warning, 'zh') })),
  )
}

async function compileOnly(step: CheckedStep, columns: ReadonlyMap<string, readonly Column[]>): Promise<void> {
  await using compiler = await openCompiler({ ...step, pipelineName: step.pipeline })
  await compiler.compile(columns)
}
