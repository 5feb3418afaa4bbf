import { id, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

/** What CREATE TABLE … (LIKE … INCLUDING ALL EXCLUDING INDEXES) leaves out of a table. */
export interface SwapDefinitions {
  /** CREATE INDEX statements, which name the table as it is called before and after the swap. */
  readonly indexes: readonly Sql[]
  /** Constraints that an index backs. */
  readonly constraints: readonly Sql[]
}

/**
 * How another table takes the place of this one, or undefined when something would be lost or stands in the way: dependent views,
 * foreign keys, triggers, rules, policies, grants, owned sequences, inheritance, publications, storage settings, another owner.
 */
export async function swapDefinitions(
  connection: PostgresConnection,
  table: { readonly oid: string; readonly schema: string; readonly name: string },
  call: PostgresCall,
): Promise<SwapDefinitions | undefined> {
  const oid = sql`${literal(table.oid)}::oid`
  const isPlain = await connection.value(
    sql`SELECT c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relispartition AND NOT c.relhastriggers AND NOT c.relhasrules
          AND NOT c.relrowsecurity AND c.relreplident = 'd' AND c.relacl IS NULL AND c.reloptions IS NULL AND c.reltablespace = 0
          AND c.reloftype = 0 AND pg_get_userbyid(c.relowner) = current_user AND obj_description(c.oid, 'pg_class') IS NULL
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND c.oid IN (k.conrelid, k.confrelid))
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits h WHERE c.oid IN (h.inhrelid, h.inhparent))
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_publication_rel p WHERE p.prrelid = c.oid)
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_seclabel l WHERE l.objoid = c.oid)
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND (a.attacl IS NOT NULL OR a.attidentity <> ''))
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid
                          AND (i.indisclustered OR i.indisreplident OR obj_description(i.indexrelid, 'pg_class') IS NOT NULL))
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.refobjid IN (c.oid, c.reltype)
                          AND (d.classid IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_proc'::regclass)
                               OR d.classid = 'pg_catalog.pg_class'::regclass
                                  AND d.objid NOT IN (SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid)
                                  AND d.objid <> c.reltoastrelid))
        FROM pg_catalog.pg_class c WHERE c.oid = ${oid}`,
    call,
  )
  if (isPlain !== 't') return undefined
  const constraints = await connection.rows(
    sql`SELECT conname, pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = ${oid} AND contype IN ('p', 'u', 'x')`,
    call,
  )
  const indexes = await connection.rows(
    sql`SELECT pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i WHERE i.indrelid = ${oid}
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)`,
    call,
  )
  const target = id(table.schema, table.name)
  return {
    // Both texts are the server's own printing of what is there.
    constraints: constraints.map(
      ([name, text]) => sql`ALTER TABLE ${target} ADD CONSTRAINT ${id(name ?? '')} ${trusted(text ?? '')}`,
    ),
    indexes: indexes.map(([text]) => trusted(text ?? '')),
  }
}

/** Puts the stage in the table's place, inside the caller's transaction. Gives false when it cannot be done any more. */
export async function swapIn(
  connection: PostgresConnection,
  { table, stage }: { table: { readonly oid: string; readonly schema: string; readonly name: string }; stage: Sql },
  call: PostgresCall,
): Promise<boolean> {
  const target = id(table.schema, table.name)
  await connection.run(sql`LOCK TABLE ${target} IN ACCESS EXCLUSIVE MODE`, call)
  // Something may have been attached to the table while the rows were staged.
  const definitions = await swapDefinitions(connection, table, call)
  if (definitions === undefined) return false
  await connection.run(sql`DROP TABLE ${target}`, call)
  await connection.run(sql`ALTER TABLE ${stage} RENAME TO ${id(table.name)}`, call)
  await connection.run(sql`ALTER TABLE ${target} RESET (autovacuum_enabled)`, call)
  for (const statement of [...definitions.constraints, ...definitions.indexes]) await connection.run(statement, call)
  return true
}
