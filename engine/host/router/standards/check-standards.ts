import type { PipelineDraft } from '../../../contract/api/authoring.ts'
import { type CodeListFile, currentCodes } from '../../../contract/code-list-file.ts'
import type { Deviation } from '../../../contract/deviation.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import type { StandardFile } from '../../../contract/standard-file.ts'
import { checkColumns } from '../../../govern/standards/check-columns.ts'
import { type ConvertCodeConfig, convertCodeConfig } from '../../../pipeline/nodes/convert-code/config.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { readFileText } from '../../../workspace/read-file.ts'
import { digestOf, saveFile } from '../../../workspace/save.ts'
import { askedPipeline } from '../authoring/asked-document.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { parametersFor } from '../find-pipeline.ts'
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
    pipelineDraft,
    ...request
  }: StandardsRequest & {
    readonly of?: string | undefined
    /** Stands for the saved file of that name, or beside them. */
    readonly draft?: { readonly name: string; readonly file: StandardFile } | undefined
    /** In place of the saved file of the pipeline `of`. */
    readonly pipelineDraft?: PipelineDraft | undefined
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
    const file = await askedPipeline(workspace, { pipeline: name, draft: pipelineDraft }, context.language)
    if (standards.standards.size === 0 && standards.codeLists.size === 0) continue
    const schema = pipelineRequest(context, source, { file, request, signal })
    deviations.push(...(await checkFile(name, file, { schema, standards })))
  }
  return deviations
}

/**
 * Mends in a pipeline's file what can be mended safely; comments stay. Gives what was mended and what is left. A draft is given
 * back mended, and no file is written.
 */
export async function fixStandards(
  context: HostContext,
  {
    pipeline: name,
    draft,
    ...request
  }: StandardsRequest & { readonly pipeline: string; readonly draft?: PipelineDraft | undefined },
  signal: AbortSignal | undefined,
): Promise<{ fixed: Deviation[]; left: Deviation[]; document?: PipelineFile }> {
  const source = await connectionSource(context, request.environment)
  const { workspace } = source
  const file = await askedPipeline(workspace, { pipeline: name, draft }, context.language)
  const schema = pipelineRequest(context, source, { file, request, signal })
  const text = draft === undefined ? await readFileText(workspace.directory, fileOf('pipelines', name)) : undefined
  const found = await checkFile(name, file, { schema, standards: workspace })
  const { file: document, fixed } = await fixPipeline(name, file, found, schema)
  if (fixed.length > 0 && text !== undefined) {
    await saveFile({
      directory: workspace.directory,
      folder: 'pipelines',
      name,
      content: { document },
      expectedDigest: digestOf(text),
    })
  }
  const left = await checkFile(name, document, { schema, standards: workspace })
  return { fixed: [...fixed], left, ...(draft === undefined ? {} : { document }) }
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
    const otherwise = mappedOtherwise({ pipeline, node }, parsed.data, { name: wanted, mappings: list.mappings })
    const known = new Set(currentCodes(list))
    const { column, to, codes, default: fallback } = parsed.data
    const results = [...new Set([...Object.values(codes), ...(fallback === undefined ? [] : [fallback])])]
    const strange = results.filter((code) => !known.has(code))
    if (strange.length === 0) return otherwise
    const found = strange.join(', ')
    const place = { pipeline, node }
    return [...otherwise, { place, column: to ?? column, standard: wanted, kind: 'code' as const, found, wanted }]
  })
}

/** Codes that a node converts otherwise than the mapping of the list that it names. */
function mappedOtherwise(
  place: Deviation['place'],
  { column, codes, mapping }: ConvertCodeConfig,
  list: { readonly name: string; readonly mappings: CodeListFile['mappings'] },
): Deviation[] {
  const wanted = mapping === undefined ? undefined : list.mappings[mapping]
  const other = Object.entries(wanted ?? {}).filter(([from, to]) => codes[from] !== to)
  if (wanted === undefined || other.length === 0) return []
  const found = other.map(([from, to]) => `${from} → ${codes[from] ?? '?'} (${to})`).join(', ')
  const fix = { kind: 'codes' as const, codes: { ...codes, ...wanted } }
  return [{ place, column, standard: list.name, kind: 'mapping', found, wanted: `${list.name}/${mapping}`, fix }]
}
