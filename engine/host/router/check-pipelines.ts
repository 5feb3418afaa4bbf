import type { Column } from '../../contract/column.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { describeFailure, type FailureData, failureFromData } from '../../contract/failure.ts'
import type { Language } from '../../contract/localized.ts'
import { type PipelineFile, pipelineFileSchema } from '../../contract/pipeline-file.ts'
import { openBinder } from '../../duck/bind.ts'
import { checkPipeline } from '../../pipeline/compile.ts'
import type { Binder } from '../../pipeline/compiled.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { findSnapshot } from '../../run/snapshot.ts'
import { fileOf } from '../../workspace/layout.ts'
import { locateInFile } from '../../workspace/locate.ts'
import { type Position, parseFile } from '../../workspace/parse-file.ts'
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
    const found = await problemsOf(workspace, { name, file, bind: binder.bind })
    const locate: Locate = (path) => locateInFile(workspace.directory, fileOf('pipelines', name), path)
    for (const problem of found) problems.push(await placed(name, problem, { locate, language }))
  }
  return problems
}

/** The same for a pipeline that is being edited: problems stand where its text has them. */
export async function checkDraft(
  workspace: Workspace,
  draft: { readonly name: string; readonly text: string; readonly bind: Binder },
  language: Language,
): Promise<WorkspaceProblem[]> {
  const { name, text, bind } = draft
  const parsed = parseFile({ file: fileOf('pipelines', name), text, schema: pipelineFileSchema, language })
  if (parsed.value === undefined) return [...parsed.problems]
  const problems: WorkspaceProblem[] = []
  for (const problem of await problemsOf(workspace, { name, file: parsed.value, bind })) {
    problems.push(await placed(name, problem, { locate: parsed.locate, language }))
  }
  return problems
}

async function problemsOf(
  workspace: Workspace,
  { name, file, bind }: { readonly name: string; readonly file: PipelineFile; readonly bind: Binder },
): Promise<FailureData[]> {
  const schemas = await snapshotSchemas(workspace, file)
  const { problems } = await checkPipeline({ name, file, schemas, parameters: {}, bind })
  return problems.filter(({ code }) => !LATER.has(code))
}

type Locate = (path: readonly PropertyKey[]) => Position | Promise<Position>

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
  pipeline: string,
  problem: FailureData,
  { locate, language }: { readonly locate: Locate; readonly language: Language },
): Promise<WorkspaceProblem> {
  const file = fileOf('pipelines', pipeline)
  const { node, field, parameter } = problem.detail
  const path =
    typeof node === 'string'
      ? ['nodes', node, ...(typeof field === 'string' ? field.split('.') : [])]
      : ['parameters', ...(typeof parameter === 'string' ? [parameter] : [])]
  const position = await locate(path)
  return {
    file,
    ...position,
    path: path.join('.'),
    message: describeFailure(failureFromData(problem), language).message,
  }
}
