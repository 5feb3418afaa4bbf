import { currentCodes } from '../../../contract/code-list-file.ts'
import type { Deviation } from '../../../contract/deviation.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import type { StandardFile } from '../../../contract/standard-file.ts'
import { checkColumns } from '../../../govern/standards/check-columns.ts'
import { convertCodeConfig } from '../../../pipeline/nodes/convert-code/config.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { digestOf, saveFile } from '../../../workspace/save.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { findPipeline, parametersFor } from '../find-pipeline.ts'
import type { ConnectionSource } from '../open-connection.ts'
import { resourcesOf } from '../resources.ts'
import { applicable } from './applicable.ts'
import { checkDataset, type Standards } from './check-dataset.ts'
import { fixPipeline } from './fix-pipeline.ts'
import { type PipelineRequest, pipelineColumns } from './pipeline-columns.ts'

export interface StandardsRequest {
  readonly environment?: string | undefined
  readonly offline: boolean
}

/** Where a dataset (`connection:name`), a pipeline, or without a name every pipeline departs from the standards. */
export async function checkStandards(
  context: HostContext,
  {
    of,
    draft,
    ...request
  }: StandardsRequest & {
    readonly of?: string | undefined
    /** Stands for the saved file of that name, or beside them. */
    readonly draft?: { readonly name: string; readonly file: StandardFile } | undefined
  },
  signal: AbortSignal | undefined,
): Promise<Deviation[]> {
  const source = await connectionSource(context, request.environment)
  const { workspace } = source
  const standards = {
    standards: draft === undefined ? workspace.standards : new Map([[draft.name, draft.file]]),
    codeLists: workspace.codeLists,
  }
  if (of?.includes(':') === true) return checkDataset(context, of, { ...request, standards }, signal)
  const names = of === undefined ? [...workspace.pipelines.keys()] : [of]
  const deviations: Deviation[] = []
  for (const name of names) {
    const file = findPipeline(workspace, name)
    const schema = pipelineRequest(context, source, { file, request, signal })
    deviations.push(...(await checkFile(name, file, { schema, standards })))
  }
  return deviations
}

/** Mends in a pipeline's file what can be mended safely; comments stay. Gives what was mended and what is left. */
export async function fixStandards(
  context: HostContext,
  { pipeline: name, ...request }: StandardsRequest & { readonly pipeline: string },
  signal: AbortSignal | undefined,
): Promise<{ fixed: Deviation[]; left: Deviation[] }> {
  const source = await connectionSource(context, request.environment)
  const { workspace } = source
  const file = findPipeline(workspace, name)
  const schema = pipelineRequest(context, source, { file, request, signal })
  const text = await readFileText(workspace.directory, fileOf('pipelines', name))
  const found = await checkFile(name, file, { schema, standards: workspace })
  const { file: document, fixed } = await fixPipeline(name, file, found, schema)
  if (fixed.length > 0) {
    await saveFile({
      directory: workspace.directory,
      folder: 'pipelines',
      name,
      content: { document },
      expectedDigest: digestOf(text),
    })
  }
  return { fixed: [...fixed], left: await checkFile(name, document, { schema, standards: workspace }) }
}

function pipelineRequest(
  context: HostContext,
  source: ConnectionSource,
  {
    file,
    request: { environment, offline },
    signal,
  }: {
    readonly file: PipelineFile
    readonly request: StandardsRequest
    readonly signal: AbortSignal | undefined
  },
): PipelineRequest {
  const parameters = parametersFor(source.workspace, file, { environment, parameters: undefined })
  return { source, desk: resourcesOf(context).desk, offline, signal, parameters }
}

async function checkFile(
  name: string,
  file: PipelineFile,
  { schema, standards: { standards, codeLists } }: { readonly schema: PipelineRequest; readonly standards: Standards },
): Promise<Deviation[]> {
  const { places, compiled } = await pipelineColumns(name, file, schema)
  const meant = applicable(
    standards,
    compiled.targets.map(({ dataset }) => dataset),
  )
  const converted = convertedCodes(name, file, codeLists)
  const named = places.flatMap(({ node, columns }) => {
    const known = columns.map(({ name: column, type, comment }) => ({ name: column, type, comment, values: [] }))
    const place = { pipeline: name, node }
    return meant.flatMap(([standard, standardFile]) =>
      checkColumns({ place, columns: known, standard, file: standardFile, codeLists }),
    )
  })
  return [...converted, ...named]
}

/** Codes that a pipeline converts to, but that the list does not have. */
function convertedCodes(pipeline: string, file: PipelineFile, codeLists: Standards['codeLists']): Deviation[] {
  return Object.entries(file.nodes).flatMap(([node, config]) => {
    const parsed = config.type === 'convert_code' ? convertCodeConfig.safeParse(config) : undefined
    const wanted = parsed?.data?.list
    const list = wanted === undefined ? undefined : codeLists.get(wanted)
    if (parsed?.data === undefined || wanted === undefined || list === undefined) return []
    const known = new Set(currentCodes(list))
    const { column, to, codes, default: fallback } = parsed.data
    const results = [...new Set([...Object.values(codes), ...(fallback === undefined ? [] : [fallback])])]
    const strange = results.filter((code) => !known.has(code))
    if (strange.length === 0) return []
    const found = strange.join(', ')
    return [{ place: { pipeline, node }, column: to ?? column, standard: wanted, kind: 'code' as const, found, wanted }]
  })
}
