import type { ColumnKind } from '../../contract/profile/column-profile.ts'
import type { Relation } from '../../contract/profile/relation.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, literal, type Sql, sql } from '../../sql/sql.ts'
import { isWholeNumberType } from '../columns/kind.ts'
import type { ProfiledColumn } from '../columns/profiled-column.ts'

export interface RelatedDataset {
  readonly dataset: string
  /** What stands after FROM. */
  readonly from: Sql
  readonly columns: readonly ProfiledColumn[]
}

/** Columns with fewer values agree by chance. */
const LEAST_VALUES = 3
/** Values of a column beyond this are not compared. */
const MOST_VALUES = 2_000_000
/** Of `from` that `to` must have: some orphans are what one looks for. */
const INCLUDED = 0.9
const SHARED = 0.5
const EXAMPLES = 5

interface ValueTable {
  readonly of: RelatedDataset
  readonly column: ProfiledColumn
  /** Of text values `v` and their rows `n`. */
  readonly table: Sql
  readonly values: number
  readonly isUnique: boolean
}

/**
 * Columns of different datasets that hold the same things: candidates for foreign keys with their orphans, and columns of one meaning.
 * Numbers are compared with numbers, texts with texts. Reads every column once, then compares distinct values. Best first.
 */
export async function findRelations(
  duck: Duck,
  datasets: readonly RelatedDataset[],
  call: DuckCall,
): Promise<Relation[]> {
  await using stack = new AsyncDisposableStack()
  const tables: ValueTable[] = []
  for (const of of datasets) {
    for (const column of of.columns) {
      if (comparedAs(column) === undefined) continue
      const table = id(`related_${tables.length}`)
      stack.defer(() =>
        duck.run(sql`DROP TABLE IF EXISTS ${table}`).then(
          () => undefined,
          () => undefined,
        ),
      )
      const found = await valueTable(duck, { of, column, table }, call)
      tables.push(found)
    }
  }
  const usable = tables.filter(({ values }) => values >= LEAST_VALUES && values < MOST_VALUES)
  const relations: Relation[] = []
  for (const [i, a] of usable.entries()) {
    for (const b of usable.slice(i + 1)) {
      if (a.of === b.of || comparedAs(a.column) !== comparedAs(b.column)) continue
      const relation = await relationOf(duck, a, b, call)
      if (relation !== undefined) relations.push(relation)
    }
  }
  return relations.toSorted((a, b) => rank(b) - rank(a))
}

/** Whole numbers meet whole numbers, text meets text; fractions and times are measured, not referred to. */
function comparedAs({ kind, type }: ProfiledColumn): ColumnKind | undefined {
  if (kind === 'text' || type === 'UUID') return 'text'
  if (kind === 'date') return 'date'
  return kind === 'number' && isWholeNumberType(type) ? 'number' : undefined
}

async function valueTable(
  duck: Duck,
  { of, column, table }: Pick<ValueTable, 'of' | 'column' | 'table'>,
  call: DuckCall,
): Promise<ValueTable> {
  const name = id(column.name)
  await duck.run(
    sql`CREATE TEMP TABLE ${table} AS SELECT CAST(${name} AS VARCHAR) AS v, count(*) AS n FROM ${of.from} WHERE ${name} IS NOT NULL GROUP BY ${name} LIMIT ${literal(MOST_VALUES)}`,
    call,
  )
  const { rows } = await duck.rows(sql`SELECT count(*), coalesce(max(n), 0) FROM ${table}`, call)
  const [values, most] = (rows[0] ?? []).map(Number)
  return { of, column, table, values: values ?? 0, isUnique: most === 1 }
}

async function relationOf(duck: Duck, a: ValueTable, b: ValueTable, call: DuckCall): Promise<Relation | undefined> {
  const shared = Number(await duck.value(sql`SELECT count(*) FROM ${a.table} SEMI JOIN ${b.table} USING (v)`, call))
  if (shared < LEAST_VALUES) return undefined
  const overlap = shared / (a.values + b.values - shared)
  const isReferred = (from: ValueTable, to: ValueTable): boolean => to.isUnique && shared >= INCLUDED * from.values
  // Where both would do, the one with fewer values refers to the other.
  const [few, many] = a.values <= b.values ? [a, b] : [b, a]
  const key = isReferred(few, many)
    ? ([few, many] as const)
    : isReferred(many, few)
      ? ([many, few] as const)
      : undefined
  if (key === undefined && overlap < SHARED) return undefined
  const [from, to] = key ?? [a, b]
  const { rows } = await duck.rows(
    sql`SELECT coalesce(sum(n), 0), coalesce(list(v ORDER BY n DESC, v)[1:${literal(EXAMPLES)}], []) FROM (FROM ${from.table} ANTI JOIN ${to.table} USING (v))`,
    call,
  )
  const [orphanRows, orphans] = rows[0] ?? []
  return {
    kind: key === undefined ? 'same_meaning' : 'foreign_key',
    from: placeOf(from),
    to: placeOf(to),
    values: from.values,
    found: shared,
    overlap,
    orphanRows: Number(orphanRows),
    orphans: Array.isArray(orphans) ? orphans.map(String) : [],
  }
}

function placeOf({ of, column }: ValueTable): Relation['from'] {
  return { dataset: of.dataset, column: column.name }
}

/** Names that are alike speak for a relation; among those the share of values that are found. */
function rank({ kind, from, to, values, found }: Relation): number {
  const [a, b] = [from.column, to.column].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
  const isAlike = a !== undefined && b !== undefined && (a.endsWith(b) || b.endsWith(a))
  return (kind === 'foreign_key' ? 4 : 0) + (isAlike ? 2 : 0) + found / values
}
