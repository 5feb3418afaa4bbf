import type { Column } from '../../../contract/column.ts'
import type { ParameterValues, PipelineFile } from '../../../contract/pipeline-file.ts'
import { type CheckedPipeline, checkPipeline } from '../../../pipeline/compile.ts'
import { type Binder, type OutputRef, relationName } from '../../../pipeline/compiled.ts'
import { parseOutputRef, visible } from '../../../pipeline/names.ts'
import { nodeKind } from '../../../pipeline/nodes/all.ts'
import { fileFor } from '../../../run/compiler.ts'

/** The outputs a node reads, in the order of its ports, also when the rest of its config is not right yet. */
export function inputsOf({ nodes }: PipelineFile, node: string): OutputRef[] {
  const raw = Object.hasOwn(nodes, node) ? nodes[node] : undefined
  const ports = nodeKind(raw?.type ?? '')?.meta.inputs ?? []
  return ports.flatMap(({ field }) => namesIn(raw?.[field])).map(parseOutputRef)
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).filter((name) => typeof name === 'string')
}

/** The file without what the output does not depend on; without anything when there is no such node. */
export function upTo(file: PipelineFile, ref: OutputRef): PipelineFile {
  return Object.hasOwn(file.nodes, ref.node) ? fileFor(file, ref) : { ...file, nodes: {} }
}

export interface ColumnsRequest {
  readonly file: PipelineFile
  readonly schemas: ReadonlyMap<string, readonly Column[]>
  readonly parameters: ParameterValues
  readonly bind: Binder
}

/** The visible columns of an output; undefined where they are not known. */
export async function columnsOfOutput(request: ColumnsRequest, ref: OutputRef): Promise<readonly Column[] | undefined> {
  const { compiled } = await checkPipeline({ ...request, name: 'draft', file: upTo(request.file, ref) })
  return columnsIn(compiled, ref)
}

export function columnsIn(compiled: CheckedPipeline['compiled'], ref: OutputRef): readonly Column[] | undefined {
  const source = compiled.sources.find(({ node }) => node === ref.node && ref.output === 'out')?.columns
  const name = relationName(ref)
  const computed = compiled.nodes.flatMap(({ outputs }) => outputs).find((output) => relationName(output.ref) === name)
  const columns = source ?? computed?.columns
  return columns === undefined ? undefined : visible(columns)
}
