import { cellText } from '../../contract/cell-text.ts'
import { LOCATOR_COLUMN } from '../../contract/column.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { checkExpression } from '../../pipeline/expression/expression.ts'
import { type JoinKey, joinKeySchema } from '../../pipeline/join-keys.ts'
import { foldName } from '../../pipeline/names.ts'
import { aggregateConfig } from '../../pipeline/nodes/aggregate/config.ts'
import { rejectRow } from '../../pipeline/reject-row.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { ORIGIN, OWN, outputOf, type Trace, type TracedNode, type TracedOutput, traceTable } from './open-trace.ts'

/** Nodes of which a row of the output is made of one row of the first input, whose number it carries. */
const ONE_TO_ONE = new Set(
  'filter map dedupe sort limit sample window unpivot split explode flatten parse validate join lookup'.split(' '),
)

/** The rows of an input that rows of an output were made of; undefined where that cannot be told. */
export function rowsBehind(trace: Trace, step: Step): Promise<string[] | undefined> {
  return linked(trace, step, 'input')
}

/** The rows of an output that were made of rows of an input; undefined where that cannot be told. */
export function rowsAhead(trace: Trace, step: Step): Promise<string[] | undefined> {
  return linked(trace, step, 'output')
}

export interface Step {
  readonly traced: TracedNode
  readonly output: TracedOutput
  /** Which input. */
  readonly index: number
  /** Rows on the side that is known. */
  readonly own: readonly string[]
}

async function linked(trace: Trace, step: Step, wanted: 'input' | 'output'): Promise<string[] | undefined> {
  const { traced, output, index, own } = step
  const ref = traced.node.inputs[index]
  const input = ref === undefined ? undefined : outputOf(trace.nodes, ref)
  if (input === undefined) return undefined
  if (own.length === 0) return []
  const groups = groupsOf(trace, traced)
  if (groups === undefined) return undefined
  const condition = conditionOf({ traced, output, index, input })
  if (condition === undefined) return undefined
  const known = wanted === 'input' ? 'o' : 'i'
  const asked = wanted === 'input' ? 'i' : 'o'
  const from = sql`${id(traceTable(output.ref))} AS o, ${inputRows(input, groups)} AS i`
  const { rows } = await trace.duck.rows(
    sql`SELECT DISTINCT ${id(asked, OWN)} FROM ${from} WHERE ${id(known, OWN)} IN (${numbers(own)}) AND ${condition} ORDER BY 1 LIMIT 10000`,
    trace.call,
  )
  return rows.map(([number]) => cellText(number))
}

/** The input's rows; with what a reject keeps of them, and with the groups they belong to. */
function inputRows(input: TracedOutput, groups: readonly Sql[]): Sql {
  const nothing = sql`CAST(NULL AS VARCHAR)`
  const locator = input.hasLocator ? [{ name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }] : []
  const parts = { rule: nothing, column: nothing, value: nothing, reason: nothing }
  const kept = rejectRow([...input.columns, ...locator], parts)
  const table = id(traceTable(input.ref))
  const raw = sql`SELECT ${id(OWN)} AS _runnel_raw_of, raw AS ${id(RAW)} FROM (SELECT ${id(OWN)}, ${kept} FROM ${table})`
  const grouped = join([sql`*`, ...groups.map((group, i) => sql`${group} AS ${id(groupName(i))}`)])
  return sql`(SELECT t.*, ${id('r', RAW)} FROM (SELECT ${grouped} FROM ${table}) AS t JOIN (${raw}) AS r ON r._runnel_raw_of = ${id('t', OWN)})`
}

const RAW = '_runnel_raw'

function groupName(index: number): string {
  return `_runnel_group_${index}`
}

export function numbers(own: readonly string[]): Sql {
  return own.length === 0 ? sql`NULL` : join(own.map((number) => literal(BigInt(number))))
}

interface Link extends Omit<Step, 'own'> {
  readonly input: TracedOutput
}

/** When a row `o` of the output was made of a row `i` of the input. */
function conditionOf(link: Link): Sql | undefined {
  const { traced, output, index } = link
  const { type } = traced.node
  if (traced.node.parsed.rejectOutputs.includes(output.ref.output) || output.ref.output === 'warnings') {
    return index === 0 ? sql`${id('o', 'raw')} = ${id('i', RAW)}` : undefined
  }
  if (index === 0 && output.hasOrigin && ONE_TO_ONE.has(type)) return sql`${id('o', ORIGIN)} = ${id('i', OWN)}`
  if (output.lineage?.isApproximate === true) return undefined
  if (type === 'aggregate') return groupCondition(link)
  const pairs = columnPairs(link)
  if (pairs.length > 0) return same(pairs)
  return type === 'pivot' ? sql`true` : undefined
}

function same(pairs: readonly (readonly [output: string, input: string])[]): Sql {
  return join(
    pairs.map(([ahead, behind]) => sql`${id('o', ahead)} IS NOT DISTINCT FROM ${id('i', behind)}`),
    ' AND ',
  )
}

/** Columns of the output that have the value of a column of the input. */
function columnPairs({ traced, output, index, input }: Link): (readonly [string, string])[] {
  const name = relationName(input.ref)
  const direct = output.columns.flatMap((column): (readonly [string, string])[] => {
    const named = [...(output.lineage?.columns ?? [])].find(([known]) => foldName(known) === foldName(column.name))
    if (named === undefined) return index === 0 ? [[column.name, column.name]] : []
    return named[1]
      .filter((origin) => origin.kind === 'direct' && relationName(origin.input) === name)
      .map((origin) => [column.name, origin.column] as const)
  })
  const known = direct.filter(([, behind]) => input.columns.some((one) => foldName(one.name) === foldName(behind)))
  return index === 1 ? [...known, ...keyPairsOf(traced, output)] : known
}

/** Keys of a join or lookup: the output has them from the first input, and the second's are equal. */
function keyPairsOf({ node }: TracedNode, output: TracedOutput): (readonly [string, string])[] {
  return keysOf(node.parsed.config)
    .filter(({ left, right }) => node.type === 'lookup' || foldName(left) === foldName(right))
    .filter(({ left }) => output.columns.some(({ name }) => foldName(name) === foldName(left)))
    .map(({ left, right }) => [left, right] as const)
}

export function keysOf(config: unknown): { left: string; right: string }[] {
  const keys = joinKeySchema.array().safeParse(Object(config).on).data ?? []
  return keys.map((key: JoinKey) => (typeof key === 'string' ? { left: key, right: key } : key))
}

function groupCondition({ traced }: Link): Sql {
  const { by } = aggregateConfig.parse(traced.node.parsed.config)
  const conditions = by.map((key, i) => {
    const name = typeof key === 'string' ? key : key.to
    return sql`${id('o', name)} IS NOT DISTINCT FROM ${id('i', groupName(i))}`
  })
  return conditions.length === 0 ? sql`true` : join(conditions, ' AND ')
}

/** What an aggregate groups by, over a row of its input. */
function groupsOf({ parameters }: Trace, { node }: TracedNode): Sql[] | undefined {
  if (node.type !== 'aggregate') return []
  const groups: Sql[] = []
  for (const key of aggregateConfig.parse(node.parsed.config).by) {
    const checked = typeof key === 'string' ? { sql: id(key) } : checkExpression(key.expr, parameters)
    if (Array.isArray(checked)) return undefined
    groups.push(sql`(${checked.sql})`)
  }
  return groups
}
