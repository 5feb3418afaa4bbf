import { nearestName } from '../base/suggest.ts'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { openBinder } from '../duck/bind.ts'
import { compilePipeline } from '../pipeline/compile.ts'
import type { Binder, CompiledPipeline, OutputRef } from '../pipeline/compiled.ts'
import { linkDocument } from '../pipeline/document.ts'
import { sourceConfig } from '../pipeline/nodes/source/config.ts'
import type { NamedSource } from './sample-source.ts'

/** A pipeline that can be compiled as soon as the columns of its sources are known. Disposing closes the type checker. */
export interface Compiler extends AsyncDisposable {
  /** Source nodes in the order in which they are read. */
  readonly sources: readonly NamedSource[]
  /** @throws Failure `pipeline.invalid` with every problem. */
  compile(columns: ReadonlyMap<string, readonly Column[]>): Promise<CompiledPipeline>
}

export interface CompilerRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
  /** A type checker that is open already; one is opened for this compiler when absent. */
  readonly bind?: Binder
}

export async function openCompiler(request: CompilerRequest): Promise<Compiler> {
  const { pipelineName: name, file, parameters } = request
  await using stack = new AsyncDisposableStack()
  const bind = request.bind ?? stack.use(await openBinder()).bind
  const own = stack.move()
  return {
    sources: sourcesOf(file),
    compile: (schemas) => compilePipeline({ name, file, schemas, parameters, bind }),
    [Symbol.asyncDispose]: () => own.disposeAsync(),
  }
}

/** Source nodes of a file that can be read as such; what is wrong with others, compiling says. */
export function sourcesOf(file: PipelineFile): NamedSource[] {
  return linkDocument(file)
    .nodes.filter(({ parsed }) => parsed.group === 'source')
    .map(({ name, parsed }) => {
      const { dataset, options } = sourceConfig.parse(parsed.config)
      return { node: name, dataset, options }
    })
}

/**
 * The file with only the nodes that an output depends on, so that a mistake elsewhere does not stop its preview.
 * @throws Failure `run.output_missing` when the file has no such node.
 */
export function fileFor(file: PipelineFile, { node }: OutputRef): PipelineFile {
  if (!Object.hasOwn(file.nodes, node)) {
    const suggestion = nearestName(node, Object.keys(file.nodes))
    throw new Failure('run.output_missing', { output: node, ...(suggestion === undefined ? {} : { suggestion }) })
  }
  const { nodes } = linkDocument(file)
  const needed = new Set([node])
  for (const { name, inputs } of nodes.toReversed()) {
    if (needed.has(name)) for (const input of inputs) needed.add(input.node)
  }
  // When the node itself cannot be linked, its problem must be reported: compile the whole file then.
  if (!nodes.some(({ name }) => name === node)) return file
  return { ...file, nodes: Object.fromEntries(Object.entries(file.nodes).filter(([name]) => needed.has(name))) }
}
