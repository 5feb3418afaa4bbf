import type { ColumnDetail, ExactFigures } from '../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import { join, literal, type Sql, sql, trusted } from '../sql/sql.ts'
import type { ProfiledColumn } from './columns/profiled-column.ts'
import type { ColumnParts } from './passes.ts'

/** What the system that holds the rows counted itself. Ends are its own texts. */
export interface WholeFigures {
  readonly rows: number
  readonly columns: ReadonlyMap<string, Omit<ExactFigures, 'distinct'>>
}

/** Exact figures of all rows in place of those of a random sample; how many values differ is estimated from the sample. */
export async function partsOfWhole(
  duck: Duck,
  parts: readonly ColumnParts[],
  { figures, sample }: { readonly figures: WholeFigures; readonly sample: { readonly rows: number } },
  call: DuckCall,
): Promise<ColumnParts[]> {
  const ends = await printedEnds(
    duck,
    parts.map(({ column }) => ({ column, figures: figures.columns.get(column.name) })),
    call,
  )
  return parts.map((part, i) => {
    const known = figures.columns.get(part.column.name)
    if (known === undefined) return part
    const { min: _min, max: _max, ...exact } = known
    const share = sample.rows / Math.max(figures.rows, 1)
    const distinct = estimatedDistinct(part, { share, values: figures.rows - known.nulls })
    return { ...part, exact: { ...exact, ...ends[i], distinct }, topIsExact: false }
  })
}

/**
 * The guaranteed-error estimator of Charikar, Chaudhuri, Motwani and Narasayya (2000): a value seen once stands for sqrt(1 / share)
 * values. There are at least those that were seen, and at most as many more as if each value seen once stood for 1 / share: twice the
 * error reaches the farther of these two ends.
 */
export function estimatedDistinct(
  { distinct, detail }: { readonly distinct: number; readonly detail: Pick<ColumnDetail, 'singles'> },
  { share, values }: { readonly share: number; readonly values: number },
): ExactFigures['distinct'] {
  if (share >= 1 || distinct === 0) return { count: distinct, error: 0 }
  const many = distinct - detail.singles
  const most = Math.min(values, Math.round(many + detail.singles / share))
  const count = Math.min(most, Math.round(many + detail.singles / Math.sqrt(share)))
  return { count, error: count === 0 ? 0 : Math.max(most - count, count - distinct) / (2 * count) }
}

/** Ends as DuckDB prints values of the column; one that its type cannot hold is left out. */
async function printedEnds(
  duck: Duck,
  columns: readonly { readonly column: ProfiledColumn; readonly figures: Omit<ExactFigures, 'distinct'> | undefined }[],
  call: DuckCall,
): Promise<Pick<ExactFigures, 'min' | 'max'>[]> {
  const cells = columns.flatMap(({ column: { type }, figures }) => [
    printed(figures?.min, type),
    printed(figures?.max, type),
  ])
  const { rows } = await duck.rows(sql`SELECT ${join(cells)}`, call)
  const texts = rows[0] ?? []
  return columns.map((_, i) => {
    const [min, max] = [texts[2 * i], texts[2 * i + 1]]
    return { ...(typeof min === 'string' ? { min } : {}), ...(typeof max === 'string' ? { max } : {}) }
  })
}

function printed(text: string | undefined, type: string): Sql {
  return text === undefined ? sql`NULL` : sql`CAST(TRY_CAST(${literal(text)} AS ${trusted(type)}) AS VARCHAR)`
}
