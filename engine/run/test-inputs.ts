import { realpath } from 'node:fs/promises'
import { dirname, join as joinPath, resolve, sep } from 'node:path'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { TestInput } from '../contract/tests-file.ts'
import type { Duck } from '../duck/duck.ts'
import { typeText } from '../pipeline/expression/type-text.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'

/** Name under which the frozen rows of a source lie, apart from the relation the pipeline reads. */
export function frozenName(node: string): string {
  return `_runnel_frozen_${node}`
}

/** Puts the frozen rows of a source node into a table and gives its columns. */
export async function freezeInput(
  duck: Duck,
  node: string,
  input: TestInput,
  testsDirectory: string,
): Promise<readonly Column[]> {
  const rows = 'rows' in input ? await inlineRows(duck, input) : await fileRows(testsDirectory, input.file)
  await duck.run(sql`CREATE OR REPLACE TABLE ${id(frozenName(node))} AS ${rows}`)
  return duck.columns(sql`SELECT * FROM ${id(frozenName(node))}`)
}

/** Through JSON text, so that DuckDB finds types and nesting; declared types are read from the text of the value itself. */
async function inlineRows(duck: Duck, { rows, types = {} }: Extract<TestInput, { rows: unknown }>): Promise<Sql> {
  const names = [...new Set([...rows.flatMap((row) => Object.keys(row)), ...Object.keys(types)])]
  if (names.length === 0) throw new Failure('test.input_invalid', { reason: 'rows without columns need "types"' })
  const document = literal(JSON.stringify(rows))
  const values = await Promise.all(
    names.map(async (name) => {
      const path = literal(`$."${name.replaceAll('"', '\\"')}"`)
      const text = sql`json_extract_string(row, ${path})`
      const declared = types[name]
      const type =
        declared === undefined
          ? await suggestedType(
              duck,
              rows.map((row) => row[name]),
            )
          : typeText(declared)
      return sql`CAST(${text} AS ${type}) AS ${id(name)}`
    }),
  )
  return sql`SELECT ${join(values)} FROM (SELECT unnest(from_json(${document}, '["JSON"]')) AS row)`
}

async function suggestedType(duck: Duck, values: readonly unknown[]): Promise<Sql> {
  const given = values.filter((value) => value !== undefined && value !== null)
  if (given.length === 0 || given.some((value) => typeof value === 'string')) return typeText('VARCHAR')
  if (given.every((value) => typeof value === 'boolean')) return typeText('BOOLEAN')
  if (given.every((value) => typeof value === 'number' && Number.isSafeInteger(value))) return typeText('BIGINT')
  if (given.every((value) => typeof value === 'number')) return typeText('DOUBLE')
  const shape = await duck.value(sql`SELECT json_structure(${literal(JSON.stringify(given))})`)
  throw new Failure('test.input_invalid', { reason: `nested values need a type under "types", such as ${shape ?? ''}` })
}

async function fileRows(testsDirectory: string, file: string): Promise<Sql> {
  const path = await insideFolder(testsDirectory, file)
  if (/\.parquet$/i.test(path)) return sql`SELECT * FROM read_parquet(${literal(path)})`
  if (/\.csv$/i.test(path)) return sql`SELECT * FROM read_csv(${literal(path)}, header = true)`
  if (/\.(json|ndjson)$/i.test(path)) return sql`SELECT * FROM read_json(${literal(path)})`
  throw new Failure('test.input_invalid', { reason: `${file} is not Parquet, CSV or JSON` })
}

async function insideFolder(folder: string, file: string): Promise<string> {
  const root = await realpath(folder)
  const path = resolve(root, file)
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined) throw new Failure('test.input_invalid', { reason: `there is no file ${file}` })
  if (!real.startsWith(root + sep)) throw new Failure('file.outside_folder', { file })
  return joinPath(dirname(real), real.slice(dirname(real).length + 1))
}
