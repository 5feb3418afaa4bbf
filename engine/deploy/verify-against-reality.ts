import type { Finding } from '../contract/api/server.ts'
import type { BundleSchemas } from '../contract/bundle-file.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import type { DiagnosisStage } from '../contract/diagnosis.ts'
import type { CheckStep } from '../contract/job-file.ts'
import { datasetsOfRules } from '../contract/rule.ts'
import type { RunPorts } from '../run/ports.ts'
import { rulesOf } from '../workspace/rules-of.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { type CheckedStep, checkPipelineStep, parametersOfStep } from './check-pipeline-step.ts'
import { failureFinding, finding } from './findings.ts'
import { datasetsOf, type JobParts, partsOfJob } from './job-parts.ts'
import { relativePathFindings } from './relative-paths.ts'
import { testFindings } from './test-findings.ts'

export interface RealityPorts extends RunPorts {
  /** The staged self-test of a connection of the workspace, in the environment of the job. */
  diagnose(connection: string): AsyncGenerator<DiagnosisStage>
}

export interface RealityRequest {
  /** The unpacked bundle. */
  readonly workspace: Workspace
  readonly job: string
  readonly schemas: BundleSchemas
  readonly ports: RealityPorts
  /** Values that a target would refuse do not keep the job from being switched to. */
  readonly acceptsLoss?: boolean
  readonly signal?: AbortSignal
}

/**
 * Whether the job would work here, now: its connections and privileges, the columns of its sources against those it was made for,
 * its pipelines against those columns and its targets, the first rows against the types of the targets, and its tests. Changes
 * nothing.
 *
 * A finding that is an error means that the job must not be switched to. A connection that fails is one finding; what depends on it
 * is not looked at.
 * @throws Failure `workspace.name_unknown` when the bundle lacks a part of the job; an abort of `signal`.
 */
export async function verifyAgainstReality(request: RealityRequest): Promise<Finding[]> {
  const { workspace, schemas, ports, signal } = request
  const parts = partsOfJob(workspace, request.job)
  const findings: Finding[] = []
  const away = new Set<string>()
  for (const connection of parts.connections) {
    signal?.throwIfAborted()
    const relative = relativePathFindings(workspace, connection, parts.job.environment)
    const found =
      relative.length > 0 ? relative : await connectionFindings(ports, connection, isReadFrom(parts, connection))
    if (found.some(({ severity }) => severity === 'error')) away.add(connection)
    findings.push(...found)
  }
  const written = new Set<string>()
  for (const jobStep of parts.job.steps) {
    signal?.throwIfAborted()
    if (!('pipeline' in jobStep)) continue
    const { pipeline, parameters } = jobStep
    const file = parts.pipelines.get(pipeline)
    if (file === undefined) continue
    const datasets = datasetsOf(file)
    const isAway = datasets.some(({ dataset }) => away.has(parseDatasetRef(dataset).connection))
    if (!isAway) {
      const step: CheckedStep = {
        pipeline,
        file,
        parameters: parametersOfStep(workspace, parts.job, file, parameters ?? {}),
        written,
        schemas,
        kindOf: (connection) => workspace.connections.get(connection)?.kind ?? '',
        acceptsLoss: request.acceptsLoss === true,
      }
      findings.push(...(await checkPipelineStep(step, ports, signal)))
    }
    for (const { side, dataset } of datasets) if (side === 'target') written.add(dataset)
  }
  for (const [pipeline, file] of parts.pipelines) {
    findings.push(...(await testFindings(workspace.directory, { pipeline, file }, signal)))
  }
  return findings
}

async function connectionFindings(ports: RealityPorts, connection: string, isSource: boolean): Promise<Finding[]> {
  const findings: Finding[] = []
  try {
    for await (const stage of ports.diagnose(connection)) {
      if (stage.outcome !== 'failed') continue
      findings.push(stageFinding(connection, stage, isSource))
    }
  } catch (error) {
    findings.push(failureFinding('error', connection, error))
  }
  return findings
}

function stageFinding(connection: string, { stage, cause, next }: DiagnosisStage, isSource: boolean): Finding {
  // No change log is needed to read tables, and what is only written to (a file of a database) may not be there yet.
  const isHarmless = stage === 'change_log' || (stage === 'read' && !isSource)
  const sentences = [cause, next].filter((text): text is string => text !== undefined && text !== '')
  const reason = sentences.map((text) => (/[.!?。]$/.test(text) ? text : `${text}.`)).join(' ')
  return finding(isHarmless ? 'warning' : 'error', connection, {
    en: `The self-test of connection ${connection} failed at ${stage}: ${reason}`,
    zh: `连接 ${connection} 的自检在 ${stage} 阶段失败：${reason}`,
  })
}

/** Whether the job reads something of this connection that none of its earlier steps has written. */
function isReadFrom(parts: JobParts, connection: string): boolean {
  const { job, pipelines, syncs } = parts
  const written = new Set<string>()
  for (const step of job.steps) {
    if ('check' in step) {
      if (isReadByRules(parts, step, { connection, written })) return true
      continue
    }
    if ('sync' in step) {
      if (syncs.get(step.sync)?.source === connection) return true
      continue
    }
    const file = pipelines.get(step.pipeline)
    const datasets = file === undefined ? [] : datasetsOf(file)
    const isRead = datasets.some(
      ({ side, dataset }) =>
        side === 'source' && parseDatasetRef(dataset).connection === connection && !written.has(dataset),
    )
    if (isRead) return true
    for (const { side, dataset } of datasets) if (side === 'target') written.add(dataset)
  }
  return false
}

function isReadByRules(
  { rules }: JobParts,
  { check }: CheckStep,
  { connection, written }: { readonly connection: string; readonly written: ReadonlySet<string> },
): boolean {
  return rulesOf({ rules }, check)
    .flatMap(([, file]) => datasetsOfRules(file))
    .some((dataset) => parseDatasetRef(dataset).connection === connection && !written.has(dataset))
}
