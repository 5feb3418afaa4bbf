import type { ColumnMapping, WriteOutcome, WritePlan, WriteRequest, Writer } from '../connectors/api/writer.ts'
import type { Column } from '../contract/column.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import type { TargetReceipt } from '../contract/run.ts'
import type { Duck } from '../duck/duck.ts'
import { type CompiledPipeline, type CompiledTarget, relationName } from '../pipeline/compiled.ts'
import { id, sql } from '../sql/sql.ts'
import {
  addChecksums,
  type ChecksumState,
  differingColumns,
  emptyChecksums,
  plainValues,
  printChecksums,
  readBackValues,
} from './checksum.ts'
import { isSameOutput } from './flow-plan.ts'
import type { RunPorts } from './ports.ts'
import type { RunSessions } from './sessions.ts'
import { splitTargetOptions } from './target-options.ts'

/** A target of a run with its writer and what went into it so far. */
export interface OpenTarget {
  readonly target: CompiledTarget
  readonly columns: readonly Column[]
  readonly loadId: string
  readonly writer: Writer
  readonly sent: ChecksumState
  /** What the stage gave back; absent for a load that was committed by an earlier attempt. */
  found?: ChecksumState
  staged: bigint
  outcome?: WriteOutcome
}

export interface TargetOpening {
  readonly runId: string
  readonly pipeline: CompiledPipeline
  readonly sessions: RunSessions
  readonly ports: Pick<RunPorts, 'parseOptions'>
  readonly duck: Duck
  /** DDL that a person edited, by target node. */
  readonly ddlStatements?: ReadonlyMap<string, readonly string[]>
  /** Shows losses instead of refusing them: for a rehearsal. */
  readonly toleratesLoss?: boolean
  readonly signal?: AbortSignal
}

/**
 * Plans every target before any is opened, so that a load which would lose values is refused before the first row.
 * @throws Failure `run.lossy_refused`, `run.read_only`, and what planning throws.
 */
export async function planTargets(opening: TargetOpening): Promise<ReadonlyMap<string, WritePlan>> {
  const plans = new Map<string, WritePlan>()
  for (const target of opening.pipeline.targets) {
    const session = await opening.sessions.of(target.dataset)
    if (session.write === undefined) {
      throw new Failure('run.read_only', { connection: parseDatasetRef(target.dataset).connection })
    }
    if (session.planWrite === undefined) continue
    const plan = await session.planWrite(writeRequest(opening, target))
    if (opening.toleratesLoss !== true) assertLossAllowed(target, plan.mappings)
    plans.set(target.node, plan)
  }
  return plans
}

/** Opens the writers in the order of the targets; each is added to `stack` at once. */
export async function openTargets(opening: TargetOpening, stack: AsyncDisposableStack): Promise<OpenTarget[]> {
  const opened: OpenTarget[] = []
  for (const target of opening.pipeline.targets) {
    const session = await opening.sessions.of(target.dataset)
    const request = writeRequest(opening, target)
    const writer = await session.write?.(request)
    if (writer === undefined) {
      throw new Failure('run.read_only', { connection: parseDatasetRef(target.dataset).connection })
    }
    stack.use(writer)
    assertLossAllowed(target, writer.plan.mappings)
    const { columns, loadId } = request
    opened.push({
      target,
      columns,
      loadId,
      writer,
      sent: emptyChecksums(columns),
      staged: 0n,
      ...(writer.committed === undefined ? {} : { outcome: writer.committed }),
    })
  }
  return opened
}

/** Stages what the target's input holds now; for a load that was committed before, only counts it. Gives the rows. */
export async function stageTarget(duck: Duck, open: OpenTarget, signal?: AbortSignal): Promise<bigint> {
  const relation = id(relationName(open.target.input))
  if (open.target.verify === 'checksum') {
    await addChecksums(duck, open.sent, { relation, values: plainValues(open.columns) }, signal)
  }
  const call = signal === undefined ? {} : { signal }
  const rows =
    open.outcome === undefined
      ? await open.writer.stage(relation)
      : BigInt((await duck.value(sql`SELECT count(*) FROM ${relation}`, call)) ?? '0')
  open.staged += rows
  return rows
}

/**
 * Reads the stage back and compares every column with what was sent.
 * @throws Failure `run.verification_failed`; nothing was committed then.
 */
export async function verifyTarget(duck: Duck, open: OpenTarget, signal?: AbortSignal): Promise<void> {
  if (open.target.verify !== 'checksum' || open.outcome !== undefined) return
  await using reading = await open.writer.readBack()
  const values = readBackValues(open.columns, reading.columns)
  const columns = open.columns.filter((_, i) => values[i] !== undefined)
  const found = emptyChecksums(columns)
  const given = values.filter((value) => value !== undefined)
  if (reading.relation !== undefined) {
    await addChecksums(duck, found, { relation: sql`(${reading.relation})`, values: given }, signal)
  }
  for await (const part of reading.parts ?? []) {
    await addChecksums(duck, found, { relation: sql`(${part.relation})`, values: given }, signal)
  }
  open.found = found
  const lossy = new Set(lossyMappings(open.writer.plan.mappings).map(({ column }) => column))
  const differing = differingColumns(printChecksums(open.sent), printChecksums(found), lossy)
  if (differing.length > 0) {
    const reason = 'the checksums of what was sent and of what the target read back differ'
    throw new Failure('run.verification_failed', { dataset: open.target.dataset, columns: differing, reason })
  }
}

export function targetReceipt(open: OpenTarget): TargetReceipt {
  const { target, outcome } = open
  const isChecked = target.verify === 'checksum'
  return {
    node: target.node,
    dataset: target.dataset,
    mode: target.mode,
    loadId: open.loadId,
    staged: String(open.staged),
    ...printOutcome(outcome ?? { inserted: 0n, updated: 0n, deleted: 0n }),
    verified: target.verify,
    sourceChecksums: isChecked ? printChecksums(open.sent) : [],
    targetChecksums: isChecked && open.found !== undefined ? printChecksums(open.found) : [],
    typeLosses: open.writer.plan.mappings.filter(({ fidelity }) => fidelity.kind !== 'exact'),
    ddl: [...open.writer.plan.statements],
  }
}

export function printOutcome(
  outcome: WriteOutcome,
): Pick<TargetReceipt, 'inserted' | 'updated' | 'deleted' | 'targetRows'> {
  const { inserted, updated, deleted, targetRows } = outcome
  return {
    inserted: String(inserted),
    updated: String(updated),
    deleted: String(deleted),
    ...(targetRows === undefined ? {} : { targetRows: String(targetRows) }),
  }
}

/** The columns a target writes: those of its input without the hidden ones. */
export function targetColumns(pipeline: CompiledPipeline, target: CompiledTarget): readonly Column[] {
  const output = pipeline.nodes.flatMap(({ outputs }) => outputs).find(({ ref }) => isSameOutput(ref, target.input))
  const source = pipeline.sources.find(({ node }) => node === target.input.node)
  return (output?.columns ?? source?.columns ?? []).filter(({ hidden }) => hidden !== true)
}

function writeRequest(opening: TargetOpening, target: CompiledTarget): WriteRequest {
  const { connection, name } = parseDatasetRef(target.dataset)
  const ddlStatements = opening.ddlStatements?.get(target.node)
  return {
    dataset: name,
    columns: targetColumns(opening.pipeline, target),
    mode: target.mode,
    keys: target.keys,
    loadId: `${opening.runId}-${target.node}`,
    options: opening.ports.parseOptions(connection, 'target', splitTargetOptions(target.options).options),
    ddl: target.ddl,
    duck: opening.duck,
    ...(ddlStatements === undefined ? {} : { ddlStatements }),
    ...(opening.signal === undefined ? {} : { signal: opening.signal }),
  }
}

function lossyMappings(mappings: readonly ColumnMapping[]): ColumnMapping[] {
  return mappings.filter(({ fidelity }) => fidelity.kind === 'lossy')
}

function assertLossAllowed(target: CompiledTarget, mappings: readonly ColumnMapping[]): void {
  if (splitTargetOptions(target.options).allowLossy) return
  const losses = lossyMappings(mappings).map(
    ({ column, from, to, fidelity }) =>
      `${column} ${from} → ${to}${'reason' in fidelity ? ` (${fidelity.reason})` : ''}`,
  )
  if (losses.length > 0) {
    throw new Failure('run.lossy_refused', { node: target.node, dataset: target.dataset, losses })
  }
}
