import type { Column } from '../../../contract/column.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { isFailure } from '../../../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../../../contract/pipeline-file.ts'
import { checkPipeline } from '../../../pipeline/compile.ts'
import { type CompiledPipeline, relationName } from '../../../pipeline/compiled.ts'
import { foldName, visible } from '../../../pipeline/names.ts'
import { columnsIn } from '../authoring/node-input.ts'
import { type SchemaRequest, sourceSchemas } from '../authoring/source-schemas.ts'
import { fileState } from '../file-state.ts'

/** Columns that a pipeline names or writes. */
export interface NamedColumns {
  readonly node: string
  readonly columns: readonly Column[]
}

export interface PipelineRequest extends SchemaRequest {
  readonly parameters: ParameterValues
}

export interface PipelineColumns {
  /** Of map nodes, what they name; of targets, what else they write. */
  readonly places: readonly NamedColumns[]
  readonly compiled: CompiledPipeline
  readonly schemas: ReadonlyMap<string, readonly Column[]>
  /** How many things are wrong with the pipeline. */
  readonly problems: number
}

/** What of a pipeline is compared with standards. Nodes that cannot be compiled are left out: they are told as problems elsewhere. */
export async function pipelineColumns(
  name: string,
  file: PipelineFile,
  request: PipelineRequest,
  known?: ReadonlyMap<string, readonly Column[]>,
): Promise<PipelineColumns> {
  const schemas = known ?? (await sourceSchemas(file, request)).schemas
  const { parameters, desk } = request
  const { compiled, problems } = await checkPipeline({ name, file, schemas, parameters, bind: desk.bind })
  const maps = compiled.nodes.filter(({ type }) => type === 'map')
  const mapped = maps.map(({ name: node }) => {
    const fields = new Set(fieldNames(file, node).map(foldName))
    const columns = columnsIn(compiled, { node, output: 'out' }) ?? []
    return { node, columns: columns.filter((column) => fields.has(foldName(column.name))) }
  })
  const told = new Set(mapped.flatMap(({ columns }) => columns.map((column) => foldName(column.name))))
  const written = compiled.targets.map(({ node, input }) => ({
    node,
    columns: (columnsIn(compiled, input) ?? []).filter((column) => !told.has(foldName(column.name))),
  }))
  const places = [...mapped, ...written].filter(({ columns }) => columns.length > 0)
  return { places, compiled, schemas, problems: problems.length }
}

/** The columns that a target has; none when it is not there yet; undefined when nobody could tell. */
export async function targetColumns(dataset: string, request: SchemaRequest): Promise<readonly Column[] | undefined> {
  const file: PipelineFile = { version: 1, nodes: { target: { type: 'source', dataset } } }
  const { schemas, failures } = await sourceSchemas(file, request)
  const columns = schemas.get('target')
  if (columns !== undefined) return visible(columns)
  const failure = failures.get('target')
  if (isFailure(failure, 'source.dataset_missing')) return []
  return isFailure(failure, 'source.unavailable') && (await isNewFile(dataset, request)) ? [] : undefined
}

/** A database in a file that is made when it is first written to. */
async function isNewFile(dataset: string, { source }: SchemaRequest): Promise<boolean> {
  const { connection, name } = parseDatasetRef(dataset)
  return (await fileState(source, connection, name)).kind === 'unseen'
}

export function fieldNames({ nodes }: PipelineFile, node: string): string[] {
  const fields: unknown = nodes[node]?.['fields']
  if (!Array.isArray(fields)) return []
  return fields.map((field: unknown) => String(Object(field).to))
}

/** Nodes that read an output. */
export function readersOf(file: PipelineFile, node: string, compiled: CompiledPipeline): string[] {
  const readsIt = (inputs: CompiledPipeline['nodes'][number]['inputs']): boolean =>
    inputs.some((input) => relationName(input) === node)
  return [
    ...compiled.nodes.filter(({ inputs }) => readsIt(inputs)).map(({ name }) => name),
    ...compiled.targets.filter(({ input }) => readsIt([input])).map(({ node: target }) => target),
  ].filter((name) => Object.hasOwn(file.nodes, name))
}
