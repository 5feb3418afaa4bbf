import { createHash } from 'node:crypto'
import { z } from 'zod'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { Addition, TableStructure } from '../../api/structure.ts'
import { findTable, tablePath } from '../catalogue/find-table.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'

const columnsSchema = z.array(z.string())
/** NAMEDATALEN - 1, in bytes. */
const LONGEST_NAME = 63

export function postgresStructure(connection: PostgresConnection, defaultSchema: string): TableStructure {
  return {
    indexes: async (dataset, signal) => {
      const { oid } = await findTable(connection, { dataset, defaultSchema }, { signal })
      const rows = await connection.rows(
        sql`SELECT c.relname, i.indisunique,
              i.indpred IS NULL AND i.indexprs IS NULL AND am.amname = 'btree' AND i.indnkeyatts = i.indnatts,
              (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(attnum, position)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum)
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am am ON am.oid = c.relam
            WHERE i.indrelid = ${literal(oid)}::oid AND i.indisvalid
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) ORDER BY 1`,
        { signal },
      )
      return rows.map(([name, isUnique, isPlain, columns]) => ({
        name: name ?? '',
        isUnique: isUnique === 't',
        columns: isPlain === 't' ? columnsSchema.parse(JSON.parse(columns ?? '[]')) : [],
      }))
    },
    add: async (dataset, addition, signal) => {
      await connection.run(statementOf(tablePath(dataset, defaultSchema), addition, defaultSchema), {
        signal,
        side: 'target',
      })
    },
  }
}

function statementOf(
  { schema, name }: { readonly schema: string; readonly name: string },
  addition: Addition,
  defaultSchema: string,
): Sql {
  const table = id(schema, name)
  switch (addition.kind) {
    case 'unique':
      return sql`ALTER TABLE ${table} ADD UNIQUE (${list(addition.columns)})`
    case 'index':
      return sql`CREATE INDEX ${id(indexName(name, addition.columns))} ON ${table} (${list(addition.columns)})`
    case 'foreign': {
      const { dataset, columns } = addition.references
      const to = tablePath(dataset, defaultSchema)
      return sql`ALTER TABLE ${table} ADD FOREIGN KEY (${list(addition.columns)}) REFERENCES ${id(to.schema, to.name)} (${list(columns)})`
    }
    case 'comment':
      return addition.column === undefined
        ? sql`COMMENT ON TABLE ${table} IS ${literal(addition.text)}`
        : sql`COMMENT ON COLUMN ${table}.${id(addition.column)} IS ${literal(addition.text)}`
  }
}

/** Its own for every table and list of columns: index names are shared by a whole schema. */
function indexName(table: string, columns: readonly string[]): string {
  const full = `${table}_${columns.join('_')}_idx`
  if (Buffer.byteLength(full) <= LONGEST_NAME) return full
  return `runnel_${createHash('sha256').update(full).digest('hex').slice(0, 24)}_idx`
}

function list(columns: readonly string[]): Sql {
  return join(columns.map((column) => id(column)))
}
