import { z } from 'zod'
import { id, join, type Sql, sql, trusted } from '../sql/sql.ts'
import type { CompileInput } from './node-kind.ts'
import { columnNameSchema } from './node-ports.ts'

/** A column name, or a column or expression with direction and place of the NULLs (last by default, whatever the direction). */
export const orderSchema = z.union([
  columnNameSchema,
  z
    .strictObject({
      column: columnNameSchema.optional(),
      expr: z.string().optional(),
      direction: z.enum(['asc', 'desc']).default('asc'),
      nulls: z.enum(['first', 'last']).default('last'),
    })
    .refine(({ column, expr }) => (column === undefined) !== (expr === undefined), { error: 'give column or expr' }),
])
export type Order = z.infer<typeof orderSchema>

export interface CompiledOrder {
  /** Items of ORDER BY, separated by commas; no text when there are none. */
  readonly items: readonly Sql[]
  readonly references: readonly string[]
}

/** Sort keys in their order. NULLs go last unless a key says otherwise. */
export function compileOrder(
  { column, expression }: CompileInput<unknown>,
  field: string,
  order: readonly Order[],
  input = 0,
): CompiledOrder {
  const references: string[] = []
  const items = order.map((key, i) => {
    const { direction, nulls } = typeof key === 'string' ? ({ direction: 'asc', nulls: 'last' } as const) : key
    const suffix = trusted(`${direction === 'asc' ? 'ASC' : 'DESC'} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`)
    if (typeof key !== 'string' && key.expr !== undefined) {
      const found = expression(`${field}.${i}.expr`, key.expr, { input })
      references.push(...found.references)
      return sql`${found.sql} ${suffix}`
    }
    const { name } = column(`${field}.${i}`, typeof key === 'string' ? key : (key.column ?? ''), input)
    references.push(name)
    return sql`${id(name)} ${suffix}`
  })
  return { items, references }
}

/** `ORDER BY …` with a leading space, or nothing. */
export function orderBy(items: readonly Sql[]): Sql {
  return items.length === 0 ? sql`` : sql` ORDER BY ${join(items)}`
}
