import { createHash } from 'node:crypto'
import { Failure } from '../../../contract/failure.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { Addition, TableStructure } from '../../api/structure.ts'
import { tableName } from '../catalogue/table-name.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

export function mysqlStructure(connection: MysqlConnection, database: string | undefined): TableStructure {
  return {
    indexes: async (dataset, signal) => {
      const { schema, table } = tableName(dataset, database)
      const { rows } = await connection.rows(
        sql`SELECT INDEX_NAME, COLUMN_NAME, INDEX_TYPE FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)} AND NON_UNIQUE = 1 ORDER BY INDEX_NAME, SEQ_IN_INDEX`,
        signal,
      )
      return [...Map.groupBy(rows, ([name]) => name ?? '')].map(([name, parts]) => {
        // Of long text MySQL and MariaDB index the beginning: as an index, that is the same.
        const isPlain = parts.every(([, column, type]) => column !== null && type === 'BTREE')
        return { name, isUnique: false, columns: isPlain ? parts.map(([, column]) => column ?? '') : [] }
      })
    },
    add: async (dataset, addition, signal) => {
      await connection.execute(statementOf(dataset, addition, database), signal)
    },
  }
}

function statementOf(dataset: string, addition: Addition, database: string | undefined): Sql {
  const { path, table } = tableName(dataset, database)
  switch (addition.kind) {
    case 'unique':
      return sql`ALTER TABLE ${path} ADD UNIQUE KEY ${id(indexName(table, addition.columns))} (${list(addition.columns)})`
    case 'index':
      return sql`ALTER TABLE ${path} ADD KEY ${id(indexName(table, addition.columns))} (${list(addition.columns)})`
    case 'foreign': {
      const to = tableName(addition.references.dataset, database)
      return sql`ALTER TABLE ${path} ADD FOREIGN KEY (${list(addition.columns)}) REFERENCES ${to.path} (${list(addition.references.columns)})`
    }
    case 'comment':
      if (addition.column === undefined) return sql`ALTER TABLE ${path} COMMENT = ${literal(addition.text)}`
      // It would have to repeat the whole definition of the column.
      throw new Failure('target.rejected', {
        target: dataset,
        reason: 'MySQL has no statement for the comment of a column alone',
      })
  }
}

function indexName(table: string, columns: readonly string[]): string {
  const full = `${table}_${columns.join('_')}`
  return full.length <= 60 ? full : `runnel_${createHash('sha256').update(full).digest('hex').slice(0, 24)}`
}

function list(columns: readonly string[]): Sql {
  return join(columns.map((column) => id(column)))
}
