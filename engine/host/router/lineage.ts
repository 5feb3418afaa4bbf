import type { ColumnLineage } from '../../contract/api/lineage.ts'
import type { Column } from '../../contract/column.ts'
import { isFailure } from '../../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../../contract/pipeline-file.ts'
import type { Binder, CompiledPipeline, OutputRef } from '../../pipeline/compiled.ts'
import { lineageOf } from '../../pipeline/lineage.ts'
import { type Compiler, fileFor, openCompiler } from '../../run/compiler.ts'
import { liveSources } from '../../run/live-sources.ts'
import { findOutput } from '../../run/output-ref.ts'
import type { RunPorts } from '../../run/ports.ts'
import { snapshotSources } from '../../run/snapshot-sources.ts'

export interface LineageRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
  readonly ref: OutputRef
  /** All columns of the output when absent. */
  readonly column: string | undefined
  /** A type checker that is open already. */
  readonly bind?: Binder
}

/** Where the columns of an output come from. Schemas come from snapshots; without them the sources are asked. */
export async function traceLineage(
  request: LineageRequest,
  ports: RunPorts,
  signal?: AbortSignal,
): Promise<ColumnLineage[]> {
  await using compiler = await openCompiler({ ...request, file: fileFor(request.file, request.ref) })
  const compiled = await compiler.compile(await knownColumns(compiler, ports, signal))
  const ref = findOutput(compiled, request.ref)
  const columns = request.column === undefined ? columnsOf(compiled, ref) : [request.column]
  const datasets = new Map(compiled.sources.map(({ node, dataset }) => [node, dataset]))
  return columns.map((column) => {
    const { sources, isApproximate } = lineageOf(compiled, ref, column)
    return {
      column,
      isApproximate,
      sources: sources.map((source) => {
        const dataset = datasets.get(source.node)
        return { ...source, path: [...source.path], ...(dataset === undefined ? {} : { dataset }) }
      }),
    }
  })
}

async function knownColumns(
  compiler: Compiler,
  ports: RunPorts,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly Column[]>> {
  try {
    await using snapshots = await snapshotSources(ports, compiler.sources)
    return await snapshots.describe(compiler.sources)
  } catch (error) {
    if (!isFailure(error, 'run.snapshot_missing')) throw error
  }
  await using live = liveSources(ports, signal)
  return await live.describe(compiler.sources)
}

function columnsOf(compiled: CompiledPipeline, { node, output }: OutputRef): string[] {
  const source = compiled.sources.find((candidate) => candidate.node === node)?.columns
  const computed = compiled.nodes
    .flatMap(({ outputs }) => outputs)
    .find(({ ref }) => ref.node === node && ref.output === output)?.columns
  return (computed ?? source ?? []).filter(({ hidden }) => hidden !== true).map(({ name }) => name)
}
