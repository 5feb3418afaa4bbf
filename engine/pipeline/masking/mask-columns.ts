import type { Column } from '../../contract/column.ts'
import type { ColumnMask } from '../../contract/mask.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { foldName } from '../names.ts'
import { rowHash } from '../row-hash.ts'
import { isMaskProblem, type MaskProblem, maskedValue } from './masked-value.ts'

export interface MaskedColumns {
  /** A select list over a relation of the columns; shuffled ones pass. */
  readonly list: Sql
  /** Masked column to the columns its value comes from. */
  readonly origins: ReadonlyMap<string, readonly string[]>
  readonly shuffled: readonly { readonly column: string; readonly seed: number }[]
  readonly problems: readonly (MaskProblem & { readonly column: string })[]
}

/** Every column in its place, masked where a mask names it; of several masks for a column the first counts. */
export function maskColumns(columns: readonly Column[], masks: readonly ColumnMask[]): MaskedColumns {
  const byName = new Map(masks.toReversed().map(({ column, mask }) => [foldName(column), mask]))
  const origins = new Map<string, readonly string[]>()
  const shuffled: { column: string; seed: number }[] = []
  const problems: (MaskProblem & { column: string })[] = []
  const list = columns.map((column) => {
    const mask = byName.get(foldName(column.name))
    if (mask === undefined) return id(column.name)
    origins.set(column.name, [column.name])
    if (mask.method === 'shuffle') {
      shuffled.push({ column: column.name, seed: mask.seed })
      return id(column.name)
    }
    const masked = maskedValue(mask, column, columns)
    if (isMaskProblem(masked)) {
      problems.push({ ...masked, column: column.name })
      return sql`NULL AS ${id(column.name)}`
    }
    origins.set(column.name, [...new Set([column.name, ...masked.references])])
    return sql`${masked.value} AS ${id(column.name)}`
  })
  return { list: join(list), origins, shuffled, problems }
}

/**
 * A relation in which columns have changed their rows among each other, each for itself. The same rows give the same result in
 * whatever order they arrive.
 */
export function shuffledColumns(relation: Sql, columns: readonly Column[], shuffled: MaskedColumns['shuffled']): Sql {
  if (shuffled.length === 0) return relation
  const hash = rowHash(columns)
  const names = columns.map(({ name }) => {
    const at = shuffled.findIndex(({ column }) => column === name)
    return at < 0 ? sql`shuffled_rows.${id(name)}` : sql`${id(`shuffled_${at}`)}."value" AS ${id(name)}`
  })
  const all = sql`SELECT *, ${place(hash)} AS "_runnel_place" FROM ${relation}`
  const joins = shuffled.map(
    ({ column, seed }, i) =>
      sql` JOIN (SELECT ${id(column)} AS "value", ${place(sql`hash(${hash}, ${literal(seed)}), ${hash}`)} AS "_runnel_place" FROM ${relation}) AS ${id(`shuffled_${i}`)} USING ("_runnel_place")`,
  )
  return sql`(SELECT ${join(names)} FROM (${all}) AS shuffled_rows${join(joins, '')})`
}

function place(order: Sql): Sql {
  return sql`row_number() OVER (ORDER BY ${order})`
}
