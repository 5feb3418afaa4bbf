import type { Column } from '../contract/column.ts'
import { duckDialect } from '../sql/dialects.ts'
import { id, join, printSql, type Sql, sql, trusted } from '../sql/sql.ts'
import { openDuck } from './open-duck.ts'
import { positioned } from './positioned.ts'

/** DuckDB as a type checker. Dispose to close its (empty, in-memory, locked) database. */
export interface DuckBinder extends AsyncDisposable {
  /**
   * Columns of a query over relations of which only the columns are known; nothing is run.
   *
   * The columns' types are written into SQL as they are: they must come from DuckDB or have been checked.
   * @throws Failure `sql.invalid` with DuckDB's reason, and `position` in the printed query where DuckDB gives it.
   */
  readonly bind: (query: Sql, relations: ReadonlyMap<string, readonly Column[]>) => Promise<Column[]>
}

export async function openBinder(): Promise<DuckBinder> {
  const duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await duck.run(sql`SET errors_as_json = true`)
  await duck.run(sql`SET allowed_directories = []`)
  await duck.run(sql`SET enable_external_access = false`)
  await duck.run(sql`SET lock_configuration = true`)
  return {
    bind: async (query, relations) => {
      const prefix = withEmptyRelations(relations)
      try {
        return await duck.columns(sql`${prefix}${query}`)
      } catch (error) {
        throw positioned(error, printSql(query, duckDialect), `DESCRIBE ${printSql(prefix, duckDialect)}`)
      }
    },
    [Symbol.asyncDispose]: () => duck[Symbol.asyncDispose](),
  }
}

/** `WITH a AS (one row of typed NULLs) `: needs no table, so that calls may overlap. The query must not begin with WITH. */
function withEmptyRelations(relations: ReadonlyMap<string, readonly Column[]>): Sql {
  if (relations.size === 0) return trusted('')
  const tables = [...relations].map(([name, columns]) => {
    const cells = columns.map((column) => sql`CAST(NULL AS ${trusted(column.type)}) AS ${id(column.name)}`)
    return sql`${id(name)} AS (SELECT ${join(cells)})`
  })
  return sql`WITH ${join(tables)} `
}
