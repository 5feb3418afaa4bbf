import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { duckDialect } from '../sql/dialects.ts'
import { printSql, type Sql, sql } from '../sql/sql.ts'

let opening: Promise<Duck> | undefined

/** Columns of the shared fixture: every name says its type. `t1` and `t2` have the same ones. */
export const FIXTURE_COLUMNS = [
  { name: 'int1', type: 'INTEGER' },
  { name: 'int2', type: 'INTEGER' },
  { name: 'big1', type: 'BIGINT' },
  { name: 'dec1', type: 'DECIMAL(18,2)' },
  { name: 'dbl1', type: 'DOUBLE' },
  { name: 'text1', type: 'VARCHAR' },
  { name: 'text2', type: 'VARCHAR' },
  { name: 'date1', type: 'DATE' },
  { name: 'ts1', type: 'TIMESTAMP' },
  { name: 'bool1', type: 'BOOLEAN' },
  { name: 'list1', type: 'INTEGER[]' },
  { name: 'struct1', type: 'STRUCT(a INTEGER, b VARCHAR)' },
  { name: 'a"b', type: 'INTEGER' },
] as const

/** Compares the printed SQL (white space folded) and has DuckDB bind it against the fixture tables. */
export async function toBeDuckSql(
  received: Sql,
  expected: string,
): Promise<{ pass: boolean; message: () => string; actual: string; expected: string }> {
  const actual = folded(printSql(received, duckDialect))
  const wanted = folded(expected)
  if (actual !== wanted) {
    return {
      pass: false,
      message: () => `SQL differs\n  received: ${actual}\n  expected: ${wanted}`,
      actual,
      expected: wanted,
    }
  }
  opening ??= openFixture()
  try {
    await (await opening).columns(received)
  } catch (error) {
    return { pass: false, message: () => `DuckDB refuses it: ${String(error)}\n  ${actual}`, actual, expected: wanted }
  }
  return { pass: true, message: () => 'SQL is the same', actual, expected: wanted }
}

export async function closeMatcherDatabase(): Promise<void> {
  await (await opening)?.[Symbol.asyncDispose]()
  opening = undefined
}

async function openFixture(): Promise<Duck> {
  const duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  const columns = FIXTURE_COLUMNS.map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`).join(', ')
  for (const table of ['t1', 't2'])
    await duck.run({ parts: [{ kind: 'text', text: `CREATE TABLE ${table} (${columns})` }] })
  await duck.run(sql`CREATE SCHEMA IF NOT EXISTS erp`)
  return duck
}

function folded(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

declare module 'vitest' {
  // The parameters must be spelled as Vitest's own declaration has them, or the two do not merge.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toBeDuckSql(expected: T extends never ? R : string): Promise<void>
  }
}
