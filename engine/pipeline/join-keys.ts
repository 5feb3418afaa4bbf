import { z } from 'zod'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import type { CompileInput } from './node-kind.ts'
import { columnNameSchema } from './node-ports.ts'

/** Columns that must be equal: one name for both sides, or one for each. */
export const joinKeySchema = z.union([
  columnNameSchema,
  z.strictObject({ left: columnNameSchema, right: columnNameSchema }),
])
export type JoinKey = z.infer<typeof joinKeySchema>

export interface KeyPair {
  readonly left: string
  readonly right: string
  /** Whether both sides spell it the same, so that one column is enough in the result. */
  readonly isShared: boolean
}

/** The keys with the spelling of the inputs; unknown ones are reported. `left` and `right` are input indexes. */
export function keyPairs(compile: CompileInput<unknown>, field: string, keys: readonly JoinKey[]): KeyPair[] {
  return keys.map((key, i) => {
    const left = compile.column(`${field}.${i}`, typeof key === 'string' ? key : key.left, 0).name
    const right = compile.column(`${field}.${i}`, typeof key === 'string' ? key : key.right, 1).name
    return { left, right, isShared: left.toLowerCase() === right.toLowerCase() }
  })
}

/** `l."a" = r."b" AND …`. With `nullsEqual`, NULL meets NULL. */
export function keysMeet(pairs: readonly KeyPair[], nullsEqual: boolean): Sql {
  const operator = nullsEqual ? sql`IS NOT DISTINCT FROM` : sql`=`
  return join(
    pairs.map(({ left, right }) => sql`${id('l', left)} ${operator} ${id('r', right)}`),
    ' AND ',
  )
}
