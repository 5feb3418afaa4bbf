import { type Sql, sql } from '../../../sql/sql.ts'

/**
 * FROM items that resolve a type to what its values are made of: `base` (pg_type of the type, or of an array's element), `el` (the
 * element's pg_type for a true array, else NULL) and `r.modifier`. Domains are followed, at most ten deep.
 */
export function baseTypeOf(typeId: Sql, modifier: Sql): Sql {
  return sql`CROSS JOIN LATERAL (
          WITH RECURSIVE chain(oid, modifier, depth) AS (
            SELECT ${typeId}, ${modifier}, 0
            UNION ALL
            SELECT t.typbasetype, CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE chain.modifier END, chain.depth + 1
            FROM chain JOIN pg_catalog.pg_type t ON t.oid = chain.oid WHERE t.typtype = 'd' AND chain.depth < 10
          )
          SELECT t.oid, t.typelem, chain.modifier FROM chain JOIN pg_catalog.pg_type t ON t.oid = chain.oid WHERE t.typtype <> 'd'
        ) r
        LEFT JOIN pg_catalog.pg_type el ON el.oid = r.typelem AND el.typarray = r.oid
        JOIN pg_catalog.pg_type base ON base.oid = coalesce(el.oid, r.oid)`
}
