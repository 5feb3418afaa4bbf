import type { Column } from '../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { visible } from './names.ts'

/** A number that depends on the row's visible values only: breaks ties and draws samples the same way each time. */
export function rowHash(columns: readonly Column[], seed?: number): Sql {
  return hashOf(
    visible(columns).map(({ name }) => id(name)),
    seed,
  )
}

export function hashOf(values: readonly Sql[], seed?: number): Sql {
  return sql`hash(${join(seed === undefined ? values : [...values, literal(seed)])})`
}
