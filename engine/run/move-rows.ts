import type { ReadingPart } from '../connectors/api/reading.ts'
import { Failure } from '../contract/failure.ts'
import type { Duck } from '../duck/duck.ts'
import { type CompiledPipeline, relationName } from '../pipeline/compiled.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { countFlow, installFlow } from './flow.ts'
import { type FlowPlan, readersOf } from './flow-plan.ts'
import { killPoint } from './kill-point.ts'
import type { ProgressReporter } from './progress.ts'
import { quarantine } from './quarantine.ts'
import { emptySource, type OpenSource, sourceRelation } from './readings.ts'
import { addCount, type FlowCounts } from './row-counts.ts'
import { type OpenTarget, stageTarget } from './targets.ts'

/** Everything that moving the rows of one run needs. */
export interface Movement {
  readonly pipeline: CompiledPipeline
  readonly plan: FlowPlan
  readonly sources: readonly OpenSource[]
  readonly targets: readonly OpenTarget[]
  /** Filled while rows move. */
  readonly counts: FlowCounts
  /** Transforms and stages. */
  readonly duck: Duck
  /** Takes rows in, at the same time. */
  readonly intake: Duck
  readonly progress: ProgressReporter
  readonly signal: AbortSignal
  /** Called after each piece, so that a run with too many rejects stops early. */
  readonly checkLimits: () => Promise<void>
}

/** All sources first, then every output and target once. */
export async function moveAsSet(movement: Movement): Promise<void> {
  for (const source of movement.sources) {
    await movement.progress.step(`read ${source.source.node}`, () => installSource(movement, source))
  }
  await processPiece(movement)
  await countSources(movement)
}

/** The one source part by part. */
export async function moveAsStream(movement: Movement): Promise<void> {
  const [source] = movement.sources
  if (source?.reading.parts === undefined) throw new RangeError('only a reading in parts can be streamed')
  const pieces = isReadOnce(movement)
    ? await stagePartsInPlace(movement, source, source.reading.parts)
    : await movePartsAsTables(movement, source, source.reading.parts)
  if (pieces === 0) {
    // Writers and counts must see an empty dataset too: replace by nothing is still a replace.
    await movement.duck.run(sql`CREATE OR REPLACE VIEW ${id(source.source.node)} AS ${emptySource(source)}`)
    await processPiece(movement)
  }
  await takeLateRejects(movement, source)
  checkClaim(movement, source)
}

/** Whether one statement reads every row, and what it staged tells how many there were: no node, one target, no checksum. */
function isReadOnce({ pipeline, targets }: Movement): boolean {
  const [only, ...others] = targets
  return pipeline.nodes.length === 0 && others.length === 0 && only?.target.verify === 'counts'
}

/** Stages every part from where the reader left it. Readers make the next part meanwhile. */
async function stagePartsInPlace(
  movement: Movement,
  source: OpenSource,
  parts: AsyncIterable<ReadingPart>,
): Promise<number> {
  const { duck, intake, counts, signal, targets } = movement
  const { node } = source.source
  const [open] = targets
  let pieces = 0
  for await (const part of parts) {
    signal.throwIfAborted()
    pieces += 1
    const relation = sourceRelation(source.source, source.reading.columns, part.relation)
    await duck.run(sql`CREATE OR REPLACE VIEW ${id(node)} AS ${relation}`)
    const before = open?.staged ?? 0n
    await processPiece(movement)
    addCount(counts.delivered, node, (open?.staged ?? 0n) - before)
    if (part.rejects !== undefined) await quarantine(intake, node, part.rejects, signal)
    addRejected(counts, node, source.reading.counts().rejected)
    await movement.checkLimits()
    killPoint('after-part')
  }
  return pieces
}

/** While one part is transformed and staged, the next is read. Holds two parts at a time. */
async function movePartsAsTables(
  movement: Movement,
  source: OpenSource,
  readingParts: AsyncIterable<ReadingPart>,
): Promise<number> {
  const parts = readingParts[Symbol.asyncIterator]()
  const name = id(source.source.node)
  let pieces = 0
  let pending = takePart(movement, source, parts, 0)
  try {
    for (;;) {
      const part = await pending
      if (part === undefined) break
      pieces += 1
      pending = takePart(movement, source, parts, pieces % 2)
      // Awaited in the next round; until then a failure of the reading must not count as unhandled.
      pending.catch(() => undefined)
      await movement.duck.run(sql`CREATE OR REPLACE VIEW ${name} AS SELECT * FROM ${part}`)
      await processPiece(movement)
      killPoint('after-part')
    }
  } finally {
    await pending.catch(() => undefined)
  }
  return pieces
}

/** Copies the next part into a table of its own; its relation is gone as soon as the part after it is asked for. */
async function takePart(
  { intake, counts, signal }: Movement,
  { source, reading }: OpenSource,
  parts: AsyncIterator<ReadingPart>,
  slot: number,
): Promise<Sql | undefined> {
  signal.throwIfAborted()
  const next = await parts.next()
  if (next.done === true) return undefined
  const table = id(`_runnel_part_${slot}`)
  await intake.run(
    sql`CREATE OR REPLACE TABLE ${table} AS ${sourceRelation(source, reading.columns, next.value.relation)}`,
    { signal },
  )
  const rows = await intake.value(sql`SELECT count(*) FROM ${table}`)
  addCount(counts.delivered, source.node, BigInt(rows ?? '0'))
  if (next.value.rejects !== undefined) await quarantine(intake, source.node, next.value.rejects, signal)
  addRejected(counts, source.node, reading.counts().rejected)
  return table
}

async function installSource(movement: Movement, source: OpenSource): Promise<void> {
  const { duck, intake, signal, counts } = movement
  const { reading } = source
  const name = id(source.source.node)
  if (reading.relation !== undefined) {
    await duck.run(
      sql`CREATE OR REPLACE VIEW ${name} AS ${sourceRelation(source.source, reading.columns, reading.relation)}`,
      { signal },
    )
    return
  }
  await duck.run(sql`CREATE OR REPLACE TABLE ${name} AS ${emptySource(source)}`, { signal })
  for await (const part of reading.parts ?? []) {
    const rows = await intake.run(
      sql`INSERT INTO ${name} ${sourceRelation(source.source, reading.columns, part.relation)}`,
      { signal },
    )
    addCount(counts.delivered, source.source.node, rows)
    if (part.rejects !== undefined) await quarantine(intake, source.source.node, part.rejects, signal)
    killPoint('after-part')
  }
}

/** Computes all outputs over the sources as they stand, stages the targets, keeps the rejects, counts everything. */
async function processPiece(movement: Movement): Promise<void> {
  const { duck, plan, targets, counts, signal, progress, pipeline } = movement
  await progress.step('transform', () => installFlow(duck, plan, signal))
  const known = new Set<string>()
  for (const open of targets) {
    const rows = await progress.step(`load ${open.target.node}`, () => stageTarget(duck, open, signal))
    addCount(counts.staged, open.target.node, rows)
    // A view with this one reader was computed by the staging; counting it again would compute it twice.
    const name = relationName(open.target.input)
    const readers = readersOf(pipeline, open.target.input)
    const isView = plan.outputs.some((output) => output.name === name && !output.isTable)
    if (isView && readers.nodes === 0 && readers.targets.length === 1) {
      known.add(name)
      addCount(counts.outputs, name, rows)
    }
  }
  await progress.step('count', () => countFlow(duck, plan, counts, { known, signal }))
  for (const output of plan.outputs) {
    if (output.isReject && readersOf(pipeline, output.ref).targets.length === 0) {
      await quarantine(duck, output.ref.node, sql`SELECT * FROM ${id(output.name)}`, signal)
    }
  }
  await movement.checkLimits()
}

/** Rows of sources that DuckDB scanned by itself, and what all sources say they read. */
async function countSources(movement: Movement): Promise<void> {
  for (const source of movement.sources) {
    const { node } = source.source
    if (source.reading.relation !== undefined) {
      const rows = await movement.duck.value(sql`SELECT count(*) FROM ${id(node)}`, { signal: movement.signal })
      addCount(movement.counts.delivered, node, BigInt(rows ?? '0'))
    }
    await takeLateRejects(movement, source)
    checkClaim(movement, source)
  }
}

async function takeLateRejects({ duck, counts, signal }: Movement, { source, reading }: OpenSource): Promise<void> {
  if (reading.rejects !== undefined) await quarantine(duck, source.node, reading.rejects, signal)
  addRejected(counts, source.node, reading.counts().rejected)
}

function addRejected(counts: FlowCounts, node: string, rejected: bigint): void {
  counts.unreadable.set(node, rejected)
}

/** @throws Failure `run.rows_unaccounted` when a source read another number of rows than arrived. */
function checkClaim({ counts }: Movement, { source, reading }: OpenSource): void {
  const { rows } = reading.counts()
  const found = (counts.delivered.get(source.node) ?? 0n) + (counts.unreadable.get(source.node) ?? 0n)
  if (rows !== undefined && rows !== found) {
    throw new Failure('run.rows_unaccounted', { where: source.node, expected: String(rows), found: String(found) })
  }
}
