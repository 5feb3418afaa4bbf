import { parseDatasetRef } from '../contract/dataset.ts'
import type { JobFile } from '../contract/job-file.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import { datasetsOfRules, type RulesFile } from '../contract/rule.ts'
import type { SyncFile } from '../contract/sync-file.ts'
import { linkDocument } from '../pipeline/document.ts'
import { sourceConfig } from '../pipeline/nodes/source/config.ts'
import { targetConfig } from '../pipeline/nodes/target/config.ts'
import { unknownName } from '../workspace/resolve-connection.ts'
import { rulesOf } from '../workspace/rules-of.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What a job needs of its workspace. */
export interface JobParts {
  readonly job: JobFile
  /** Each once, in the order of the steps. */
  readonly pipelines: ReadonlyMap<string, PipelineFile>
  /** Files of rules that its checks use, each once. */
  readonly rules: ReadonlyMap<string, RulesFile>
  /** Code lists that those rules name and that are there. */
  readonly codeLists: readonly string[]
  readonly syncs: ReadonlyMap<string, SyncFile>
  /** Connections that source and target nodes, rules and syncs name, each once. */
  readonly connections: readonly string[]
}

/** @throws Failure `workspace.name_unknown` with the nearest name, for the job or a part of it. */
export function partsOfJob(
  workspace: Pick<Workspace, 'jobs' | 'pipelines' | 'connections' | 'rules' | 'codeLists' | 'syncs'>,
  name: string,
): JobParts {
  const job = workspace.jobs.get(name) ?? unknownName('job', name, workspace.jobs)
  const pipelines = new Map<string, PipelineFile>()
  const connections = new Set<string>()
  const rules = new Map<string, RulesFile>()
  const syncs = new Map<string, SyncFile>()
  for (const step of job.steps) {
    if ('check' in step) {
      for (const [rulesName, file] of rulesOf(workspace, step.check)) {
        rules.set(rulesName, file)
        for (const dataset of datasetsOfRules(file)) connections.add(parseDatasetRef(dataset).connection)
      }
      continue
    }
    if ('sync' in step) {
      const file = workspace.syncs.get(step.sync) ?? unknownName('sync', step.sync, workspace.syncs)
      syncs.set(step.sync, file)
      for (const connection of [file.source, file.target]) connections.add(connection)
      continue
    }
    const { pipeline } = step
    const file = workspace.pipelines.get(pipeline) ?? unknownName('pipeline', pipeline, workspace.pipelines)
    pipelines.set(pipeline, file)
    for (const { dataset } of datasetsOf(file)) connections.add(parseDatasetRef(dataset).connection)
  }
  for (const connection of connections) {
    if (!workspace.connections.has(connection)) unknownName('connection', connection, workspace.connections)
  }
  const named = [...rules.values()].flatMap((file) => file.rules).flatMap((rule) => ('list' in rule ? [rule.list] : []))
  // A list that is not there fails its rule, which says so.
  const codeLists = [...new Set(named)].filter((list) => workspace.codeLists.has(list))
  return { job, pipelines, rules, syncs, codeLists, connections: [...connections] }
}

export interface NodeDataset {
  readonly node: string
  readonly side: 'source' | 'target'
  readonly dataset: string
  readonly options: unknown
}

/** Datasets that a pipeline reads and writes. Nodes that cannot be read as such are left to the compiler's problems. */
export function datasetsOf(file: PipelineFile): NodeDataset[] {
  return linkDocument(file).nodes.flatMap(({ name, parsed }): NodeDataset[] => {
    if (parsed.group !== 'source' && parsed.group !== 'target') return []
    const schema = parsed.group === 'source' ? sourceConfig : targetConfig
    const { dataset, options } = schema.parse(parsed.config)
    return [{ node: name, side: parsed.group, dataset, options }]
  })
}
