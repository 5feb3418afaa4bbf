import { z } from 'zod'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { foldName } from './names.ts'
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
    const left = compile.column(`${field}.${i}`, typeof key === 'string' ? key : key.left, 0)
    const right = compile.column(`${field}.${i}`, typeof key === 'string' ? key : key.right, 1)
    const families = [familyOf(left.type), familyOf(right.type)]
    // DuckDB compares what has nothing in common as texts, so that no row ever meets.
    if (families[0] !== families[1] && !families.includes('text')) {
      const reason = `${left.name} is ${left.type} and ${right.name} is ${right.type}: cast one in a map node`
      compile.report({ code: 'node.config_invalid', detail: { field: `${field}.${i}`, reason } })
    }
    return { left: left.name, right: right.name, isShared: foldName(left.name) === foldName(right.name) }
  })
}

function familyOf(type: string): string {
  if (/[\])]$/.test(type) && !type.startsWith('DECIMAL')) return type.startsWith('ENUM') ? 'text' : 'nested'
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT|BIGNUM|BOOLEAN)/.test(type)) return 'number'
  if (/^(DATE|TIMESTAMP)/.test(type)) return 'moment'
  return /^(VARCHAR|JSON|UUID|BLOB|NULL|"NULL")/.test(type) ? 'text' : type
}

/** `l."a" = r."b" AND …`. With `nullsEqual`, NULL meets NULL. */
export function keysMeet(pairs: readonly KeyPair[], nullsEqual: boolean): Sql {
  const operator = nullsEqual ? sql`IS NOT DISTINCT FROM` : sql`=`
  return join(
    pairs.map(({ left, right }) => sql`${id('l', left)} ${operator} ${id('r', right)}`),
    ' AND ',
  )
}
