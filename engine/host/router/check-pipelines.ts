import type { Column } from '../../contract/column.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { describeFailure, type FailureData, failureFromData } from '../../contract/failure.ts'
import type { Language } from '../../contract/localized.ts'
import type { PipelineFile } from '../../contract/pipeline-file.ts'
import { openBinder } from '../../duck/bind.ts'
import { checkPipeline } from '../../pipeline/compile.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { findSnapshot } from '../../run/snapshot.ts'
import { fileOf } from '../../workspace/layout.ts'
import { locateInFile } from '../../workspace/locate.ts'
import type { Workspace, WorkspaceProblem } from '../../workspace/workspace.ts'
import { snapshotFolder } from './snapshot-folder.ts'

/** Not wrong in the file: a schema is learned when the source is first seen, a value is given when the pipeline runs. */
const LATER = new Set(['node.schema_unknown', 'pipeline.parameter_missing'])

/** Problems of the pipelines named, as far as they can be known without a connection. */
export async function checkPipelines(
  workspace: Workspace,
  names: Iterable<string>,
  language: Language,
): Promise<WorkspaceProblem[]> {
  const problems: WorkspaceProblem[] = []
  await using binder = await openBinder()
  for (const name of names) {
    const file = workspace.pipelines.get(name)
    if (file === undefined) continue
    const checked = await checkPipeline({
      name,
      file,
      schemas: await snapshotSchemas(workspace, file),
      parameters: {},
      bind: binder.bind,
    })
    for (const problem of checked.problems) {
      if (!LATER.has(problem.code)) problems.push(await placed(workspace, name, problem, language))
    }
  }
  return problems
}

/** Columns of the sources that a snapshot was taken of. */
async function snapshotSchemas(workspace: Workspace, file: PipelineFile): Promise<Map<string, readonly Column[]>> {
  const schemas = new Map<string, readonly Column[]>()
  for (const { node, dataset } of sourcesOf(file)) {
    const snapshot = await findSnapshot(snapshotFolder(workspace), parseDatasetRef(dataset))
    if (snapshot !== undefined) schemas.set(node, snapshot.columns)
  }
  return schemas
}

async function placed(
  workspace: Workspace,
  pipeline: string,
  problem: FailureData,
  language: Language,
): Promise<WorkspaceProblem> {
  const file = fileOf('pipelines', pipeline)
  const { node, field, parameter } = problem.detail
  const path =
    typeof node === 'string'
      ? ['nodes', node, ...(typeof field === 'string' ? field.split('.') : [])]
      : ['parameters', ...(typeof parameter === 'string' ? [parameter] : [])]
  const position = await locateInFile(workspace.directory, file, path)
  return {
    file,
    ...position,
    path: path.join('.'),
    message: describeFailure(failureFromData(problem), language).message,
  }
}
