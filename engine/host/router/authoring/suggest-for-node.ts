import type { MappingSuggestion } from '../../../contract/api/authoring.ts'
import type { Column } from '../../../contract/column.ts'
import { isFailure } from '../../../contract/failure.ts'
import type { Page } from '../../../contract/page.ts'
import type { ParameterValues, PipelineFile } from '../../../contract/pipeline-file.ts'
import { type OutputRef, relationName } from '../../../pipeline/compiled.ts'
import { parseOutputRef, visible } from '../../../pipeline/names.ts'
import type { RunPorts } from '../../../run/ports.ts'
import { previewOutput } from '../../../run/preview.ts'
import { columnsOfOutput, inputsOf } from './node-input.ts'
import { type SchemaRequest, sourceSchemas } from './source-schemas.ts'
import { type SampledColumn, suggestMappings } from './suggest.ts'
import { withTerms } from './suggest-terms.ts'

export interface SuggestRequest {
  readonly file: PipelineFile
  readonly node: string
  readonly wanted?: readonly string[] | undefined
  readonly parameters: ParameterValues
  readonly schema: SchemaRequest
  readonly ports: RunPorts
}

const SAMPLE_ROWS = 300

/** Suggestions for a node: from the columns of its first input to what it is to give. */
export async function suggestForNode(request: SuggestRequest): Promise<MappingSuggestion[]> {
  const { file, node, parameters, schema } = request
  const [input] = inputsOf(file, node)
  if (input === undefined) return []
  const { schemas } = await sourceSchemas(file, schema)
  const columns = await columnsOfOutput({ file, schemas, parameters, bind: schema.desk.bind }, input)
  if (columns === undefined) return []
  const given = await sampled(request, file, input, columns)
  const target = targetBehind(file, node)?.['dataset']
  const datasets = typeof target === 'string' ? [target] : []
  const { workspace } = schema.source
  const wanted = withTerms(await wantedBy(request), workspace, datasets)
  return suggestMappings(wanted, withTerms(given, workspace, datasets))
}

/** Named columns, else those of the target behind the node, else the fields it has. */
async function wantedBy(request: SuggestRequest): Promise<SampledColumn[]> {
  const target = targetBehind(request.file, request.node)
  const known = target === undefined ? [] : await targetColumns(request, target)
  const names = request.wanted ?? (known.length > 0 ? known.map(({ name }) => name) : fieldsOf(request))
  return names.map((name) => known.find((column) => column.name === name) ?? { name, values: [] })
}

function fieldsOf({ file, node }: SuggestRequest): string[] {
  const fields: unknown = file.nodes[node]?.['fields']
  if (!Array.isArray(fields)) return []
  return fields.flatMap((field: unknown) => {
    const to: unknown = Object(field).to
    return typeof to === 'string' ? [to] : []
  })
}

/** The dataset of the target that the node is, or that reads it. */
function targetBehind({ nodes }: PipelineFile, node: string): PipelineFile['nodes'][string] | undefined {
  const own = nodes[node]
  if (own?.type === 'target') return own
  return Object.values(nodes).find(
    ({ type, input }) => type === 'target' && typeof input === 'string' && parseOutputRef(input).node === node,
  )
}

/** The target's columns as if it were a source. One that is not there yet has none. */
async function targetColumns(request: SuggestRequest, target: PipelineFile['nodes'][string]): Promise<SampledColumn[]> {
  const name = 'target'
  const file: PipelineFile = { version: 1, nodes: { [name]: { type: 'source', dataset: target['dataset'] } } }
  const { schemas } = await sourceSchemas(file, request.schema)
  const columns = schemas.get(name)
  return columns === undefined ? [] : sampled(request, file, { node: name, output: 'out' }, visible(columns))
}

async function sampled(
  { parameters, schema, ports }: SuggestRequest,
  file: PipelineFile,
  ref: OutputRef,
  columns: readonly Column[],
): Promise<SampledColumn[]> {
  const rows = await firstRows({ parameters, schema, ports }, file, ref)
  return columns.map(({ name, type, comment }, i) => ({
    name,
    type,
    comment,
    values: rows.flatMap((row) => {
      const value = row[i]
      return value === null || value === undefined ? [] : [typeof value === 'string' ? value : JSON.stringify(value)]
    }),
  }))
}

/** None when they cannot be had: names and types still say something. */
async function firstRows(
  { parameters, schema, ports }: Pick<SuggestRequest, 'parameters' | 'schema' | 'ports'>,
  file: PipelineFile,
  ref: OutputRef,
): Promise<Page['rows']> {
  try {
    const request = { pipelineName: relationName(ref), file, ref, limitRows: SAMPLE_ROWS, offline: schema.offline }
    const values = Object.fromEntries(Object.entries(parameters).filter(([name]) => name in (file.parameters ?? {})))
    const preview = await previewOutput(
      { ...request, parameters: values, bind: schema.desk.bind },
      ports,
      schema.signal,
    )
    return preview.rows.map((row) => [...row])
  } catch (error) {
    if (isFailure(error) && error.code !== 'work.cancelled') return []
    throw error
  }
}
