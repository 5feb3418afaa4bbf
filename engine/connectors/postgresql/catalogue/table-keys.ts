import { z } from 'zod'
import { type DatasetSchema, printQualifiedName } from '../../../contract/dataset.ts'
import { literal, sql } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

const KINDS: Readonly<Record<string, 'primary' | 'unique' | 'foreign'>> = { p: 'primary', u: 'unique', f: 'foreign' }
const namesSchema = z.array(z.string())

/** Primary, unique and foreign keys, the primary one first. */
export async function tableKeys(
  connection: PostgresConnection,
  oid: string,
  call: PostgresCall = {},
): Promise<DatasetSchema['keys']> {
  const rows = await connection.rows(
    sql`SELECT k.conname, k.contype,
               (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.conkey) WITH ORDINALITY u(attnum, position)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
               n.nspname, f.relname,
               (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.confkey) WITH ORDINALITY u(attnum, position)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)
        FROM pg_catalog.pg_constraint k
        LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.relnamespace
        WHERE k.conrelid = ${literal(oid)}::oid AND k.contype IN ('p', 'u', 'f') ORDER BY k.contype = 'p' DESC, k.conname`,
    call,
  )
  return rows.flatMap(([name, type, columns, schema, table, referenced]) => {
    const kind = KINDS[type ?? '']
    if (kind === undefined) return []
    const references =
      referenced === null || referenced === undefined
        ? {}
        : { references: { dataset: printQualifiedName([schema ?? '', table ?? '']), columns: namesOf(referenced) } }
    return [{ name: name ?? '', kind, columns: namesOf(columns ?? '[]'), ...references }]
  })
}

function namesOf(json: string): string[] {
  return namesSchema.parse(JSON.parse(json))
}
