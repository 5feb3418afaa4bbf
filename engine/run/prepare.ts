import type { ByteReading } from '../connectors/api/reading.ts'
import { usableFormats } from '../connectors/api/usable-formats.ts'
import type { Column } from '../contract/column.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import type { RowFunctions } from '../duck/row-functions.ts'
import type { CompiledPipeline } from '../pipeline/compiled.ts'
import { type Compiler, openCompiler } from './compiler.ts'
import { neededFor } from './needed.ts'
import { isPassThrough } from './plan-strategy.ts'
import type { RunPorts } from './ports.ts'
import type { ProgressReporter } from './progress.ts'
import {
  actualColumns,
  describeSource,
  type OpenSource,
  openReadings,
  pushedDown,
  readRequest,
  sameColumns,
} from './readings.ts'
import { rowFunctionsOf } from './row-functions.ts'
import type { RunRequest } from './run-request.ts'
import { openSessions, type RunSessions } from './sessions.ts'
import { type OpenTarget, openTargets, planTargets, type TargetOpening } from './targets.ts'

const DEFAULT_MEMORY_MB = 1024

/** What lasts for one attempt; `stack` closes everything that was opened, last first. */
export interface RunContext {
  readonly request: RunRequest
  readonly ports: RunPorts
  readonly signal: AbortSignal
  readonly progress: ProgressReporter
  readonly workDirectory: string
  readonly stack: AsyncDisposableStack
}

/** A run with everything open and nothing read. */
export interface PreparedRun {
  /** Only what the targets need. */
  readonly pipeline: CompiledPipeline
  readonly duck: Duck
  /** A second connection to the same database, for rows coming in. */
  readonly intake: Duck
  /** Empty when `bytes` is set. */
  readonly sources: readonly OpenSource[]
  readonly bytes?: ByteReading
  readonly targets: readonly OpenTarget[]
  readonly warnings: readonly string[]
}

interface Opening {
  readonly sessions: RunSessions
  readonly compiler: Compiler
  readonly described: ReadonlyMap<string, readonly Column[]>
  readonly duck: Duck
  readonly intake: Duck
}

/** Opens sessions, compiles against the real columns, plans and opens the writers, opens the readings. */
export async function prepareRun(context: RunContext): Promise<PreparedRun> {
  const { request, ports, signal, stack } = context
  const sessions = stack.use(openSessions(ports, signal))
  const compiler = stack.use(await openCompiler(request))
  const described = new Map<string, readonly Column[]>()
  for (const source of compiler.sources) {
    described.set(source.node, await describeSource({ sessions, ports, signal }, source))
  }
  const pipeline = await compileForTargets(compiler, described)
  for (const { dataset } of pipeline.targets) await sessions.of(dataset)
  const functions = await rowFunctionsOf(request.file, (names) => ports.keys(names))
  const duck = stack.use(await openRunDuck(context, { folders: sessions.folders(), functions }))
  const intake = stack.use(await duck.connect())
  const opening = { sessions, compiler, described, duck, intake }
  return (await prepareBytes(context, opening, pipeline)) ?? (await prepareRows(context, opening, pipeline))
}

/** A source whose bytes the target takes as they are, or undefined; nothing stays open then. */
async function prepareBytes(
  context: RunContext,
  opening: Opening,
  pipeline: CompiledPipeline,
): Promise<PreparedRun | undefined> {
  const [source] = pipeline.sources
  if (source === undefined || !isPassThrough(pipeline)) return undefined
  const session = await opening.sessions.of(source.dataset)
  if (session.readBytes === undefined) return undefined
  await using stack = new AsyncDisposableStack()
  const target = targetOpening(context, opening, pipeline)
  await planTargets(target)
  const targets = await openTargets(target, stack)
  const [open] = targets
  const formats =
    open?.outcome === undefined && open !== undefined ? usableFormats(open.writer, source.columns ?? []) : []
  if (formats.length === 0) return undefined
  const request = readRequest({ ...context, ...opening }, source, pushedDown(source))
  const bytes = await session.readBytes(request, formats)
  if (bytes === undefined) return undefined
  stack.use(bytes)
  context.stack.use(stack.move())
  const { duck, intake } = opening
  return { pipeline, duck, intake, sources: [], bytes, targets, warnings: warningsOf(pipeline, []) }
}

async function prepareRows(context: RunContext, opening: Opening, first: CompiledPipeline): Promise<PreparedRun> {
  const { duck, intake, sessions, compiler, described } = opening
  const { ports, signal, stack } = context
  const sources = await openReadings({ sessions, ports, signal, duck: intake }, first, stack, pushedDown)
  const columns = actualColumns(described, sources)
  const isAsDescribed = sameColumns(described, columns)
  const pipeline = isAsDescribed ? first : await compileForTargets(compiler, columns)
  const current = sources.map((open) => ({
    ...open,
    source: pipeline.sources.find(({ node }) => node === open.source.node) ?? open.source,
  }))
  const target = targetOpening(context, { ...opening, described: columns }, pipeline)
  await planTargets(target)
  const targets = await openTargets(target, stack)
  return { pipeline, duck, intake, sources: current, targets, warnings: warningsOf(pipeline, current) }
}

async function compileForTargets(
  compiler: Compiler,
  columns: ReadonlyMap<string, readonly Column[]>,
): Promise<CompiledPipeline> {
  const pipeline = await compiler.compile(columns)
  return neededFor(pipeline, { targets: pipeline.targets })
}

function targetOpening(context: RunContext, opening: Opening, pipeline: CompiledPipeline): TargetOpening {
  const { request, ports, signal } = context
  const { ddlStatements, runId } = request
  const { sessions, duck } = opening
  return { runId, pipeline, sessions, ports, duck, signal, ...(ddlStatements === undefined ? {} : { ddlStatements }) }
}

/** In memory, so that whatever exceeds the memory limit counts against the limit of the spill folder; a file would not. */
async function openRunDuck(
  { request, workDirectory }: RunContext,
  { folders, functions }: { readonly folders: readonly string[]; readonly functions: RowFunctions },
): Promise<Duck> {
  const { memoryMb, threads } = request.limits
  return openDuck({
    ...functions,
    memoryLimitMb: memoryMb ?? DEFAULT_MEMORY_MB,
    ...(threads === undefined ? {} : { threads }),
    ...(request.spillLimitMb === undefined ? {} : { spillLimitMb: request.spillLimitMb }),
    spillParent: workDirectory,
    allowedDirectories: folders,
  })
}

function warningsOf(pipeline: CompiledPipeline, sources: readonly OpenSource[]): string[] {
  const losses = sources.flatMap(({ source, reading }) =>
    reading.columns.flatMap(({ name, fidelity }) =>
      fidelity?.kind === 'lossy' ? [`${source.node}.${name}: ${fidelity.reason}`] : [],
    ),
  )
  const readings = sources.flatMap(({ source, reading }) => reading.warnings.map((text) => `${source.node}: ${text}`))
  return [...pipeline.warnings.map(({ node, message }) => `${node}: ${message}`), ...readings, ...losses]
}
