import type { Column } from '../contract/column.ts'
import { Failure, isFailure } from '../contract/failure.ts'
import type { Cell } from '../contract/page.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { REJECT_COLUMNS, type Reject, rejectSchema } from '../contract/reject.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { type Binder, type CompiledPipeline, type OutputRef, relationName } from '../pipeline/compiled.ts'
import { id, join, literal, sql } from '../sql/sql.ts'
import { fileFor, openCompiler } from './compiler.ts'
import { installFlow } from './flow.ts'
import { type FlowPlan, isSameOutput, planFlow } from './flow-plan.ts'
import { liveSources } from './live-sources.ts'
import { neededFor } from './needed.ts'
import { findOutput } from './output-ref.ts'
import type { RunPorts } from './ports.ts'
import { rowFunctionsOf } from './row-functions.ts'
import type { LoadedSource, SampleSource } from './sample-source.ts'
import { snapshotSources } from './snapshot-sources.ts'
import { volatility } from './volatile.ts'

export interface PreviewRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly ref: OutputRef
  readonly limitRows: number
  readonly parameters: ParameterValues
  /** Work from snapshots only. */
  readonly offline: boolean
  /** Folder for the spill of this preview. Defaults to the system's temporary folder. */
  readonly spillParent?: string
  readonly memoryLimitMb?: number
  readonly threads?: number
  /** A type checker that is open already. */
  readonly bind?: Binder
}

export interface PreviewResult {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows of the whole output; absent where only reading everything would tell. */
  readonly rowCount?: string
  readonly elapsedMs: number
  /** Rows of each source that were looked at, at most. */
  readonly sampleRows: number
  /** `source`: the sources were read whole; `sample`: only their first rows, so aggregates and joins may miss some. */
  readonly basis: 'source' | 'sample' | 'snapshot'
  /** Of the oldest snapshot used. */
  readonly snapshotTakenAt?: string
  readonly warnings: readonly string[]
  /** Rows that could not be read or were rejected on the way to this output, in the part that was looked at. */
  readonly rejects: readonly Reject[]
}

const MEMORY_MB = 512
const FIRST_SAMPLE_ROWS = 1_000
const GROWTH = 20
const LARGEST_SAMPLE_ROWS = 400_000

/**
 * The first rows of any output, computed on the first rows of the sources: as few as give enough.
 *
 * The sample grows until the output has `limitRows` rows, or the sources end, or it is large enough for a person to wait for.
 * A target shows what would be written. Live sources that cannot be reached are replaced by their snapshots, with a warning.
 * @throws Failure `run.output_missing`, `run.snapshot_missing`, `work.cancelled`, and what compiling and reading throw.
 */
export async function previewOutput(
  request: PreviewRequest,
  ports: RunPorts,
  signal?: AbortSignal,
): Promise<PreviewResult> {
  if (request.offline) return previewFrom(request, ports, { kind: 'snapshot', signal })
  try {
    return await previewFrom(request, ports, { kind: 'live', signal })
  } catch (error) {
    if (!isFailure(error, 'source.unavailable') || signal?.aborted === true) throw error
    const result = await previewFrom(request, ports, { kind: 'snapshot', signal }).catch(() => undefined)
    if (result === undefined) throw error
    return { ...result, warnings: [error.message, ...result.warnings] }
  }
}

interface From {
  readonly kind: 'live' | 'snapshot'
  readonly signal: AbortSignal | undefined
}

async function previewFrom(request: PreviewRequest, ports: RunPorts, { kind, signal }: From): Promise<PreviewResult> {
  const startedAt = performance.now()
  await using stack = new AsyncDisposableStack()
  const compiler = stack.use(await openCompiler({ ...request, file: fileFor(request.file, request.ref) }))
  const origin =
    kind === 'live' ? stack.use(liveSources(ports, signal)) : stack.use(await snapshotSources(ports, compiler.sources))
  const columns = await origin.describe(compiler.sources)
  const compiled = await compiler.compile(columns)
  const ref = findOutput(compiled, request.ref)
  const pipeline = neededFor(compiled, { outputs: [ref] })
  const duck = stack.use(
    await openDuck({
      memoryLimitMb: request.memoryLimitMb ?? MEMORY_MB,
      ...(request.threads === undefined ? {} : { threads: request.threads }),
      allowedDirectories: origin.folders(),
      ...(await rowFunctionsOf(fileFor(request.file, request.ref), (names) => ports.keys(names))),
      ...(request.spillParent === undefined ? {} : { spillParent: request.spillParent }),
    }),
  )
  const looked = await lookUntilEnough(duck, origin, { kind, pipeline, ref, limitRows: request.limitRows, signal })
  const taken = looked.sources.map(({ takenAt }) => takenAt).filter((at) => at !== undefined)
  const oldest = taken.toSorted()[0]
  return {
    ...looked.page,
    sampleRows: looked.sampleRows,
    elapsedMs: Math.round(performance.now() - startedAt),
    basis: kind === 'snapshot' ? 'snapshot' : looked.isWhole ? 'source' : 'sample',
    ...(oldest === undefined ? {} : { snapshotTakenAt: oldest }),
    warnings: [...warningsOf(pipeline), ...looked.sources.flatMap(({ warnings }) => warnings)],
    rejects: await rejectsOf(duck, { pipeline, limitRows: request.limitRows, signal }, looked.sources),
  }
}

interface Look extends From {
  readonly pipeline: CompiledPipeline
  readonly ref: OutputRef
  readonly limitRows: number
}

interface Looked {
  readonly page: Pick<PreviewResult, 'columns' | 'rows' | 'rowCount'>
  readonly sources: readonly LoadedSource[]
  readonly sampleRows: number
  readonly isWhole: boolean
}

async function lookUntilEnough(duck: Duck, origin: SampleSource, look: Look): Promise<Looked> {
  const { pipeline, limitRows, signal, kind } = look
  const call = signal === undefined ? {} : { signal }
  const isPlain = pipeline.nodes.length === 0
  const plan = previewPlan(pipeline, await volatility(duck))
  const isSet = pipeline.nodes.some(({ scope }) => scope === 'set')
  // A snapshot is a file on this machine: what needs all rows at once gets them all, so that sums are sums. Where row follows row,
  // DuckDB stops by itself when enough came out, unless rows are kept or refused on the way: that would have it read on.
  const isStream =
    !plan.outputs.some(({ isTable }) => isTable) &&
    !pipeline.nodes.some(({ rejectOutputs }) => rejectOutputs.length > 0)
  const isAll = kind === 'snapshot' && (isPlain || isSet || isStream)
  const isCounted = kind === 'live' || isPlain || isSet
  const largestSample = kind === 'snapshot' ? Number.MAX_SAFE_INTEGER : LARGEST_SAMPLE_ROWS
  let sampleRows = isAll ? largestSample : isPlain ? limitRows : Math.max(limitRows, FIRST_SAMPLE_ROWS)
  for (;;) {
    const sources: LoadedSource[] = []
    for (const source of pipeline.sources) sources.push(await origin.load(duck, source, sampleRows))
    await installFlow(duck, plan, signal)
    const isWhole = sources.every((source) => source.isWhole)
    const isEnough = isWhole || isPlain || sampleRows >= largestSample
    const page = await firstRows(duck, look)
    if (isEnough || page.rows.length >= limitRows) {
      const isEnd = isWhole && page.rows.length < limitRows
      const count = isEnd
        ? String(page.rows.length)
        : isWhole && isCounted
          ? await duck.value(sql`SELECT count(*) FROM ${id(relationName(look.ref))}`, call)
          : undefined
      return { page: { ...page, ...(count == null ? {} : { rowCount: count }) }, sources, sampleRows, isWhole }
    }
    sampleRows = Math.min(largestSample, sampleRows * GROWTH)
  }
}

/**
 * Only what would not come out the same twice is kept, and what needs all rows when it is read more than once: keeping the
 * rest would compute rows that nobody looks at.
 */
function previewPlan(pipeline: CompiledPipeline, isVolatile: Parameters<typeof planFlow>[1]): FlowPlan {
  const sets = new Set(pipeline.nodes.filter(({ scope }) => scope === 'set').map(({ name }) => name))
  const readers = (ref: OutputRef): number =>
    pipeline.nodes
      .filter(({ inputs }) => inputs.some((input) => isSameOutput(input, ref)))
      .reduce((sum, { outputs }) => sum + outputs.length, 0)
  const { outputs } = planFlow(pipeline, isVolatile)
  return {
    outputs: outputs.map((output) => {
      const isTable = isVolatile(output.relation) || (sets.has(output.ref.node) && readers(output.ref) > 1)
      return { ...output, isTable }
    }),
  }
}

async function firstRows(
  duck: Duck,
  { pipeline, ref, limitRows, signal }: Look,
): Promise<{ columns: Column[]; rows: Cell[][] }> {
  const shown = columnsOf(pipeline, ref).filter(({ hidden }) => hidden !== true)
  const list = shown.length === 0 ? sql`NULL` : join(shown.map(({ name }) => id(name)))
  const page = await duck.rows(
    sql`SELECT ${list} FROM ${id(relationName(ref))} LIMIT ${literal(limitRows)}`,
    signal === undefined ? {} : { signal },
  )
  return { columns: shown, rows: page.rows }
}

function columnsOf(pipeline: CompiledPipeline, ref: OutputRef): readonly Column[] {
  const output = pipeline.nodes
    .flatMap(({ outputs }) => outputs)
    .find((candidate) => relationName(candidate.ref) === relationName(ref))
  const columns = output?.columns ?? pipeline.sources.find(({ node }) => node === ref.node)?.columns
  if (columns === undefined) throw new Failure('run.output_missing', { output: relationName(ref) })
  return columns
}

/** Rejects of the readings and of the nodes on the way, together at most `limit`. */
async function rejectsOf(
  duck: Duck,
  { pipeline, limitRows: limit, signal }: Pick<Look, 'pipeline' | 'limitRows' | 'signal'>,
  sources: readonly LoadedSource[],
): Promise<Reject[]> {
  const ofNodes = pipeline.nodes.flatMap(({ name, rejectOutputs }) =>
    rejectOutputs.map((output) => id(relationName({ node: name, output }))),
  )
  const relations = [...sources.map(({ rejects }) => rejects), ...ofNodes]
  if (relations.length === 0) return []
  const columns = join(REJECT_COLUMNS.map((name) => id(name)))
  const each = relations.map((relation) => sql`(SELECT ${columns} FROM ${relation} LIMIT ${literal(limit)})`)
  const { rows } = await duck.rows(
    sql`SELECT * FROM (${join(each, ' UNION ALL ')}) LIMIT ${literal(limit)}`,
    signal === undefined ? {} : { signal },
  )
  return rows.map((row) => rejectSchema.parse(Object.fromEntries(REJECT_COLUMNS.map((name, i) => [name, row[i]]))))
}

function warningsOf(pipeline: CompiledPipeline): string[] {
  const names = new Set(pipeline.nodes.map(({ name }) => name))
  // A preview cuts the pipeline after the output it shows: that nothing follows is no news then.
  return pipeline.warnings
    .filter(({ node, failure }) => names.has(node) && failure?.code !== 'node.unused')
    .map(({ node, message }) => `${node}: ${message}`)
}
