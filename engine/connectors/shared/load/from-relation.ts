import { type Sql, sql } from '../../../sql/sql.ts'

/** A relation as it may stand after FROM: a name as it is, a SELECT in parentheses. */
export function fromRelation(relation: Sql): Sql {
  return relation.parts[0]?.kind === 'identifier' ? relation : sql`(${relation})`
}
