import { cellCount, cellText } from '../../contract/cell-text.ts'
import type { Column } from '../../contract/column.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import type { ParameterValues, PipelineFile } from '../../contract/pipeline-file.ts'
import type { Preflight, PreflightFinding, PreflightFix } from '../../contract/preflight.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type CompiledTarget, relationName } from '../../pipeline/compiled.ts'
import { findColumn } from '../../pipeline/names.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { openCompiler } from '../compiler.ts'
import { installFlow } from '../flow.ts'
import { planFlow } from '../flow-plan.ts'
import { liveSources } from '../live-sources.ts'
import { neededFor } from '../needed.ts'
import type { RunPorts } from '../ports.ts'
import { rowFunctionsOf } from '../row-functions.ts'
import { openSessions } from '../sessions.ts'
import { snapshotSources } from '../snapshot-sources.ts'
import { planTargets, targetColumns } from '../targets.ts'
import { volatility } from '../volatile.ts'
import { equalKeys } from './equal-keys.ts'
import { limitsOf } from './target-limits.ts'
import { type ValueCheck, valueChecks } from './value-checks.ts'
import { widenStatement } from './widen-statement.ts'

export interface PreflightRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly parameters: ParameterValues
  /** From snapshots instead of the systems; the targets are asked for their types all the same. */
  readonly offline: boolean
  /** Of each source; all rows when absent. */
  readonly limitRows?: number
  /** Kind of the connector of a connection. */
  readonly kindOf: (connection: string) => string
}

const MEMORY_MB = 1_024
const EXAMPLES = 3

/**
 * Computes what a run would load and looks at every value with the target's type in hand. Writes nothing anywhere.
 * @throws Failure `pipeline.invalid`, `run.read_only`, `run.snapshot_missing`, and what reading and planning throw
 */
export async function preflight(request: PreflightRequest, ports: RunPorts, signal?: AbortSignal): Promise<Preflight> {
  await using stack = new AsyncDisposableStack()
  const call: DuckCall = signal === undefined ? {} : { signal }
  const compiler = stack.use(await openCompiler(request))
  const origin = request.offline
    ? stack.use(await snapshotSources(ports, compiler.sources))
    : stack.use(liveSources(ports, signal))
  const compiled = await compiler.compile(await origin.describe(compiler.sources))
  const pipeline = neededFor(compiled, { targets: compiled.targets })
  const sessions = stack.use(openSessions(ports, signal))
  for (const { dataset } of pipeline.targets) await sessions.of(dataset)
  const duck = stack.use(
    await openDuck({
      memoryLimitMb: MEMORY_MB,
      allowedDirectories: [...origin.folders(), ...sessions.folders()],
      ...(await rowFunctionsOf(request.file, (names) => ports.keys(names))),
    }),
  )
  const plans = await planTargets({ runId: 'preflight', pipeline, sessions, ports, duck, toleratesLoss: true, ...call })
  const limitRows = limitOf(request)
  let isWhole = true
  for (const source of pipeline.sources) {
    isWhole = (await origin.load(duck, source, limitRows)).isWhole && isWhole
  }
  await installFlow(duck, planFlow(pipeline, await volatility(duck)), signal)
  const findings: PreflightFinding[] = []
  const targets: Preflight['targets'] = []
  const warnings: string[] = []
  for (const target of pipeline.targets) {
    const plan = plans.get(target.node)
    const relation = id(relationName(target.input))
    const { rows, found } = await looked({ duck, call, relation }, target, {
      columns: targetColumns(pipeline, target),
      mappings: plan?.mappings ?? [],
      exists: plan?.exists ?? false,
      kind: request.kindOf(parseDatasetRef(target.dataset).connection),
    })
    findings.push(...found)
    warnings.push(...(plan?.warnings ?? []))
    targets.push({ node: target.node, dataset: target.dataset, exists: plan?.exists ?? false, rows: String(rows) })
  }
  const basis = request.offline ? 'snapshot' : isWhole ? 'source' : 'sample'
  return { pipeline: request.pipelineName, basis, targets, findings: findings.toSorted(worstFirst), warnings }
}

/** Live sources give one row more than asked for, to tell whether there are more. */
function limitOf({ limitRows, offline }: PreflightRequest): number {
  if (limitRows === undefined) return Number.MAX_SAFE_INTEGER - 1
  return offline ? limitRows : limitRows - 1
}

interface Looking {
  readonly duck: Duck
  readonly call: DuckCall
  readonly relation: Sql
}

interface TargetTypes {
  readonly columns: readonly Column[]
  readonly mappings: readonly { readonly column: string; readonly to: string }[]
  readonly kind: string
  readonly exists: boolean
}

interface Planned {
  readonly column: Column
  readonly to: string
  readonly check: ValueCheck
}

/** All checks of all columns in one scan; examples only of what was found. */
async function looked(
  looking: Looking,
  target: CompiledTarget,
  { columns, mappings, kind, exists }: TargetTypes,
): Promise<{ rows: bigint; found: PreflightFinding[] }> {
  const { duck, call, relation } = looking
  const typed = mappings.flatMap(({ column: name, to }) => {
    const column = findColumn(columns, name)
    return column === undefined ? [] : [{ column, to, limits: limitsOf(to, kind) }]
  })
  const planned: Planned[] = typed.flatMap(({ column, to, limits }) =>
    valueChecks({ column, limits, kind }).map((check) => ({ column, to, check })),
  )
  const aggregates = planned.flatMap(({ check: { broken, needs } }) => [
    sql`count(*) FILTER (WHERE ${broken})`,
    needs ?? sql`NULL`,
  ])
  const { rows } = await duck.rows(sql`SELECT ${join([sql`count(*)`, ...aggregates])} FROM ${relation}`, call)
  const [all, ...cells] = rows[0] ?? []
  const found: PreflightFinding[] = []
  for (const [i, { column, to, check }] of planned.entries()) {
    const count = cellCount(cells[2 * i])
    if (count === 0n) continue
    found.push({
      node: target.node,
      dataset: target.dataset,
      column: column.name,
      kind: check.kind,
      effect: check.effect,
      from: column.type,
      to,
      count: String(count),
      examples: await examplesOf(looking, column, check.broken),
      fixes: check.fixes(cellText(cells[2 * i + 1]) || undefined),
    })
  }
  found.push(...(await equalKeys(looking, target, typed)))
  return { rows: cellCount(all), found: found.map((one) => withPossibleFixes(one, { kind, exists })) }
}

/** A table that a load makes gets its types from the pipeline: nothing of it can be widened. */
function withPossibleFixes(
  finding: PreflightFinding,
  { kind, exists }: Pick<TargetTypes, 'kind' | 'exists'>,
): PreflightFinding {
  const { name: table } = parseDatasetRef(finding.dataset)
  const fixes = finding.fixes.flatMap((fix): PreflightFix[] => {
    if (fix.kind !== 'widen') return [fix]
    const statement = widenStatement({ kind, table, column: finding.column, type: fix.type })
    return exists ? [{ ...fix, ...(statement === undefined ? {} : { statement }) }] : []
  })
  return { ...finding, fixes }
}

async function examplesOf({ duck, call, relation }: Looking, column: Column, broken: Sql): Promise<string[]> {
  const { rows } = await duck.rows(
    sql`SELECT CAST(${id(column.name)} AS VARCHAR) FROM ${relation} WHERE ${broken} LIMIT ${literal(EXAMPLES)}`,
    call,
  )
  return rows.map(([cell]) => cellText(cell))
}

function worstFirst(a: PreflightFinding, b: PreflightFinding): number {
  if (a.effect !== b.effect) return a.effect === 'fails' ? -1 : 1
  return Number(b.count) - Number(a.count)
}
