import { cellCount, cellText } from '../contract/cell-text.ts'
import type { CheckMark, CheckResult, FailingRow, RuleResult } from '../contract/check-result.ts'
import { isFailure, toFailure } from '../contract/failure.ts'
import type { Cell } from '../contract/page.ts'
import { dimensionOf, namesOfRules, type Rule, type RulesFile } from '../contract/rule.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import { id, join, literal, sql } from '../sql/sql.ts'
import { measureOf } from './measures/all.ts'
import type { BrokenRule } from './refused-rows.ts'
import { type BrokenRows, DATA, type Measure, type MeasureFacts, type MeasureScope } from './rule-measure.ts'
import { scored } from './score.ts'

const SHOWN_ROWS = 50

export interface CheckRequest {
  /** Name of the file. */
  readonly name: string
  readonly file: RulesFile
  readonly duck: Duck
  /** What is known about `data` and the other datasets; all relations exist in `duck`. */
  readonly scope: Omit<MeasureScope, 'rules'>
  /** Columns that tell rows apart. */
  readonly key: readonly string[]
  readonly history: readonly CheckMark[]
  /** Milliseconds. */
  readonly now: number
  readonly basis: CheckResult['basis']
  /** Called for every rule of severity error that rows break beyond its tolerance. */
  readonly onBroken?: (rule: BrokenRule) => void
  readonly signal?: AbortSignal
}

interface NamedRule {
  readonly rule: Rule
  /** By which it is told from the others of its file. */
  readonly name: string
}

interface Planned extends NamedRule {
  readonly measure: Measure | undefined
  readonly error?: unknown
}

/**
 * Checks all rules of a file on the relation `data`: one scan for all their aggregates, and a statement more for those that
 * need one. A rule that cannot be checked fails by itself and keeps nobody up.
 * @throws Failure `work.cancelled`, `run.out_of_memory`, `run.disk_full`
 */
export async function checkRules(request: CheckRequest): Promise<CheckResult> {
  const { name, file, duck, now, history, basis, signal } = request
  const startedAt = performance.now()
  const call: DuckCall = signal === undefined ? {} : { signal }
  const names = namesOfRules(file.rules)
  const planned = await Promise.all(file.rules.map((rule, i) => plan({ rule, name: names[i] ?? '' }, request)))
  const { rowCount, cells } = await scan(duck, planned, call)
  const ask: MeasureFacts['ask'] = async (statement) => (await duck.rows(statement, call)).rows[0] ?? []
  const facts = { rowCount, now, history, ask }
  const results: RuleResult[] = []
  for (const [i, { measure, error, ...named }] of planned.entries()) {
    const result =
      measure === undefined
        ? failed(named, error)
        : await judged({ ...named, measure, cells: cells[i] ?? [] }, facts, request).catch((thrown: unknown) => {
            if (isFailure(thrown, 'work.cancelled', 'run.out_of_memory', 'run.disk_full')) throw thrown
            return failed(named, thrown)
          })
    results.push(result)
  }
  return {
    rules: name,
    dataset: file.dataset,
    at: new Date(now).toISOString(),
    basis,
    rowCount: String(rowCount),
    ...scored(results),
    results: results.map((result) => ownerOf(result, file)),
    elapsedMs: Math.round(performance.now() - startedAt),
  }
}

/** What DuckDB would refuse is found before the scan, so that one wrong expression does not spoil it for all. */
async function plan(named: NamedRule, { duck, scope, name }: CheckRequest): Promise<Planned> {
  try {
    const measure = measureOf(named.rule, { ...scope, rules: name }, named.name)
    if (measure.scan.length > 0) await duck.columns(sql`SELECT ${join(measure.scan)} FROM ${id(DATA)}`)
    return { ...named, measure }
  } catch (error) {
    return { ...named, measure: undefined, error }
  }
}

async function scan(
  duck: Duck,
  planned: readonly Planned[],
  call: DuckCall,
): Promise<{ rowCount: bigint; cells: readonly (readonly Cell[])[] }> {
  const aggregates = planned.flatMap(({ measure }) => measure?.scan ?? [])
  const { rows } = await duck.rows(sql`SELECT ${join([sql`count(*)`, ...aggregates])} FROM ${id(DATA)}`, call)
  const [count, ...all] = rows[0] ?? []
  let at = 0
  const cells = planned.map(({ measure }) => all.slice(at, (at += measure?.scan.length ?? 0)))
  return { rowCount: cellCount(count), cells }
}

interface Judging extends NamedRule {
  readonly measure: Measure
  readonly cells: readonly Cell[]
}

async function judged(
  { rule, name, measure, cells }: Judging,
  facts: MeasureFacts,
  request: CheckRequest,
): Promise<RuleResult> {
  const { checked, violations, found, wanted, shape, mix } = await measure.judge(cells, facts)
  const broken = violations > 0n ? await measure.rows?.(cells, facts) : undefined
  const isKept = isBorne(rule, checked, violations)
  if (!isKept && broken !== undefined && rule.severity === 'error') {
    const column = 'column' in rule ? rule.column : undefined
    request.onBroken?.({ name, column, rows: broken })
  }
  return {
    ...aboutRule({ rule, name }, measure.columns),
    status: isKept ? 'passed' : 'violated',
    checked: String(checked),
    violations: String(violations),
    share: checked === 0n ? 0 : Math.min(1, Number(violations) / Number(checked)),
    ...(found === undefined ? {} : { found }),
    ...(wanted === undefined || wanted === '' ? {} : { wanted }),
    ...(shape === undefined ? {} : { shape: [...shape] }),
    ...(mix === undefined ? {} : { mix: [...mix] }),
    rows: broken === undefined ? [] : await failingRows(broken, request),
  }
}

async function failingRows(
  { broken, isWindow, value }: BrokenRows,
  { duck, key, signal }: CheckRequest,
): Promise<FailingRow[]> {
  const list = join([...key.map((name) => id(name)), sql`${value} AS "_runnel_value"`])
  const which = isWindow ? sql`QUALIFY` : sql`WHERE`
  const { rows } = await duck.rows(
    sql`SELECT ${list} FROM ${id(DATA)} ${which} ${broken} LIMIT ${literal(SHOWN_ROWS)}`,
    signal === undefined ? {} : { signal },
  )
  return rows.map((row) => {
    const last = row.at(-1) ?? null
    return {
      key: Object.fromEntries(key.map((name, i) => [name, row[i] ?? null])),
      value: last === null ? null : cellText(last),
    }
  })
}

function isBorne({ tolerance }: Rule, checked: bigint, violations: bigint): boolean {
  if (violations === 0n) return true
  if (tolerance === undefined) return false
  if ('rows' in tolerance) return violations <= BigInt(tolerance.rows)
  return checked > 0n && Number(violations) / Number(checked) <= tolerance.share
}

function failed(named: NamedRule, error: unknown): RuleResult {
  const { rule } = named
  const columns = 'columns' in rule ? rule.columns : 'column' in rule && rule.column !== undefined ? [rule.column] : []
  return {
    ...aboutRule(named, columns),
    status: 'failed',
    checked: '0',
    violations: '0',
    share: 0,
    failure: toFailure(error).toJSON(),
    rows: [],
  }
}

function aboutRule({ rule, name }: NamedRule, columns: readonly string[]) {
  const { check, severity, owner, description } = rule
  return {
    name,
    check,
    columns: [...columns],
    dimension: dimensionOf(rule),
    severity,
    ...(owner === undefined ? {} : { owner }),
    ...(description === undefined ? {} : { description }),
  }
}

function ownerOf(result: RuleResult, { owner }: RulesFile): RuleResult {
  return result.owner === undefined && owner !== undefined ? { ...result, owner } : result
}
