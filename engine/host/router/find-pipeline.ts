import { Failure } from '../../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../../contract/pipeline-file.ts'
import type { OutputRef } from '../../pipeline/compiled.ts'
import { parseOutputRef } from '../../pipeline/names.ts'
import { printProblem } from '../../workspace/load.ts'
import { environmentOf, unknownName } from '../../workspace/resolve-connection.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/**
 * A pipeline of the workspace.
 * @throws Failure `workspace.invalid` when its file has problems, `workspace.name_unknown` when there is none.
 */
export function findPipeline(workspace: Workspace, name: string): PipelineFile {
  const found = workspace.pipelines.get(name)
  if (found !== undefined) return found
  const problems = workspace.problems.filter(({ file }) => file === `pipelines/${name}.yaml`)
  if (problems.length > 0) throw new Failure('workspace.invalid', { problems: problems.map(printProblem).join('; ') })
  return unknownName('pipeline', name, workspace.pipelines)
}

/** What the environment says about the parameters this pipeline declares, overridden by what the caller says. */
export function parametersFor(
  workspace: Workspace,
  file: PipelineFile,
  given: { readonly environment: string | undefined; readonly parameters: ParameterValues | undefined },
): ParameterValues {
  const environment = environmentOf(workspace, given.environment)
  const general = environment === undefined ? {} : (workspace.environments.get(environment)?.parameters ?? {})
  const declared = Object.entries(general).filter(([name]) => Object.hasOwn(file.parameters ?? {}, name))
  return { ...Object.fromEntries(declared), ...given.parameters }
}

/** `node` or `node.output`. */
export function outputNamed(text: string): OutputRef {
  return parseOutputRef(text)
}
