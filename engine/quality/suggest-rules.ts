import type { RuleSuggestion } from '../contract/api/quality.ts'
import { cellText } from '../contract/cell-text.ts'
import type { Column } from '../contract/column.ts'
import type { Cell } from '../contract/page.ts'
import { ruleSchema } from '../contract/rule.ts'
import type { Duck } from '../duck/duck.ts'
import { SEMANTIC_TYPES } from '../profile/semantic/all.ts'
import { classify } from '../profile/semantic/classify.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { checkRules } from './check-rules.ts'
import { DATA } from './rule-measure.ts'

/** A rule that so few rows break is worth telling: those rows are probably wrong. */
const NEARLY = 0.005
const CATEGORIES = 12
const ROWS_PER_CATEGORY = 20
const LOOKED_AT = 1_000
const MEANS = 0.98

interface ColumnFacts {
  readonly column: Column
  readonly rows: number
  readonly known: number
  readonly blanks: number
  readonly distinct: number
  readonly isNeverNegative: boolean
  readonly shortest: number
  readonly longest: number
}

/**
 * Rules for the relation `data` that its rows keep or nearly keep. Candidates come from figures of the columns; the evidence is
 * that of the rules themselves, checked like any others.
 */
export async function suggestRules(duck: Duck, dataset: string, columns: readonly Column[]): Promise<RuleSuggestion[]> {
  const plain = columns.filter(({ type }) => !/\]$|^(STRUCT|MAP|UNION|BLOB)/.test(type))
  const facts = await factsOf(duck, plain)
  const candidates: unknown[] = [{ check: 'row_count', min: 1 }]
  for (const one of facts)
    candidates.push(...candidatesOf(one), ...(await meaningOf(duck, one)), ...(await categoriesOf(duck, one)))
  const rules = candidates.map((candidate) => ruleSchema.parse(candidate))
  const { results } = await checkRules({
    name: dataset,
    file: { version: 1, dataset, rules },
    duck,
    scope: { columns, reference: () => undefined, codeList: () => undefined },
    key: [],
    history: [],
    now: Date.now(),
    basis: 'sample',
  })
  return results.flatMap(({ status, share, violations, checked }, i): RuleSuggestion[] => {
    const rule = rules[i]
    return rule === undefined || status === 'failed' || share > NEARLY
      ? []
      : [{ rule, evidence: { violations, checked } }]
  })
}

async function factsOf(duck: Duck, columns: readonly Column[]): Promise<ColumnFacts[]> {
  if (columns.length === 0) return []
  const asked = columns.flatMap((column) => figuresOf(column))
  const { rows } = await duck.rows(sql`SELECT ${join([sql`count(*)`, ...asked])} FROM ${id(DATA)}`)
  const [count, ...cells] = rows[0] ?? []
  return columns.map((column, i) => {
    const [known, blanks, distinct, negative, shortest, longest] = cells.slice(6 * i, 6 * i + 6).map(numberOf)
    return {
      column,
      rows: numberOf(count),
      known: known ?? 0,
      blanks: blanks ?? 0,
      distinct: distinct ?? 0,
      isNeverNegative: isNumber(column) && negative === 0,
      shortest: shortest ?? 0,
      longest: longest ?? 0,
    }
  })
}

function figuresOf(column: Column): Sql[] {
  const value = id(column.name)
  const isText = column.type === 'VARCHAR'
  return [
    sql`count(${value})`,
    isText ? sql`count(*) FILTER (WHERE trim(${value}) = '')` : sql`0`,
    sql`approx_count_distinct(${value})`,
    isNumber(column) ? sql`count(*) FILTER (WHERE ${value} < 0)` : sql`0`,
    isText ? sql`min(length(${value}))` : sql`0`,
    isText ? sql`max(length(${value}))` : sql`0`,
  ]
}

function candidatesOf(facts: ColumnFacts): unknown[] {
  const { column, rows, known, blanks, distinct, isNeverNegative, shortest, longest } = facts
  const { name: on, type } = column
  if (rows === 0 || known === 0) return []
  const isFilled = (rows - known + blanks) / rows <= NEARLY
  const isText = type === 'VARCHAR'
  // The estimate of the distinct count is a few per cent off.
  const mayBeUnique = distinct >= 0.9 * known && rows > ROWS_PER_CATEGORY
  return [
    ...(isFilled ? [{ check: isText ? 'not_blank' : 'not_null', column: on }] : []),
    ...(mayBeUnique && !/^(DOUBLE|FLOAT)/.test(type) ? [{ check: 'unique', columns: [on] }] : []),
    ...(isNeverNegative ? [{ check: 'range', column: on, min: 0 }] : []),
    ...(isText && shortest === longest && distinct > 1
      ? [{ check: 'length', column: on, min: shortest, max: longest }]
      : []),
  ]
}

async function meaningOf(duck: Duck, { column, known }: ColumnFacts): Promise<unknown[]> {
  if (known === 0) return []
  const value = id(column.name)
  const { rows } = await duck.rows(
    sql`SELECT CAST(${value} AS VARCHAR) FROM ${id(DATA)} WHERE ${value} IS NOT NULL ORDER BY hash(${value}) LIMIT ${literal(LOOKED_AT)}`,
  )
  const [best] = classify(
    rows.map(([cell]) => cellText(cell)),
    column.name,
  )
  const type = SEMANTIC_TYPES.find(({ id: name }) => name === best?.type)
  const isSure = type?.evidence === 'proof' || best?.nameAgrees === true
  return best !== undefined && isSure && best.share >= MEANS
    ? [{ check: 'semantic', column: column.name, type: best.type }]
    : []
}

async function categoriesOf(duck: Duck, { column, distinct, rows, known }: ColumnFacts): Promise<unknown[]> {
  if (column.type !== 'VARCHAR' || known === 0 || distinct > CATEGORIES || rows < distinct * ROWS_PER_CATEGORY)
    return []
  const value = id(column.name)
  const found = await duck.rows(
    sql`SELECT ${value} FROM ${id(DATA)} WHERE trim(${value}) <> '' GROUP BY 1 HAVING count(*) > ${literal(Math.floor(rows * NEARLY))} ORDER BY count(*) DESC, 1`,
  )
  const values = found.rows.map(([cell]) => cellText(cell))
  return values.length === 0 ? [] : [{ check: 'accepted', column: column.name, values }]
}

function isNumber({ type }: Column): boolean {
  return /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)
}

function numberOf(cell: Cell | undefined): number {
  return Number(cellText(cell) || '0')
}
