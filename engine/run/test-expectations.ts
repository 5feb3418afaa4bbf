import { cellCount, cellText } from '../contract/cell-text.ts'
import type { Column } from '../contract/column.ts'
import type { Cell } from '../contract/page.ts'
import type { ColumnExpectation, OutputExpectation } from '../contract/tests-file.ts'
import type { Duck } from '../duck/duck.ts'
import { typeText } from '../pipeline/expression/type-text.ts'
import { id, join, literal, type Sql, sql, trusted } from '../sql/sql.ts'

const SHOWN = 5

/** An output that was computed, ready to be looked at. */
export interface ComputedOutput {
  readonly name: string
  readonly relation: Sql
  readonly columns: readonly Column[]
}

/** Every way in which an output differs from what is expected, in plain words; empty when it is as expected. */
export async function differences(duck: Duck, output: ComputedOutput, expected: OutputExpectation): Promise<string[]> {
  const found: string[] = []
  if (expected.count !== undefined) found.push(...(await countDifference(duck, output, expected.count)))
  if (expected.rows !== undefined) found.push(...(await rowDifferences(duck, output, expected)))
  for (const [name, expectation] of Object.entries(expected.columns ?? {})) {
    const column = output.columns.find((candidate) => candidate.name === name)
    found.push(
      ...(column === undefined
        ? [`${output.name} has no column ${name}; it has ${output.columns.map((known) => known.name).join(', ')}`]
        : await columnDifferences(duck, output, column, expectation)),
    )
  }
  return found
}

async function countDifference(
  duck: Duck,
  { name, relation }: ComputedOutput,
  expected: NonNullable<OutputExpectation['count']>,
): Promise<string[]> {
  const rows = Number((await duck.value(sql`SELECT count(*) FROM ${relation}`)) ?? 0)
  const { min, max } = typeof expected === 'number' ? { min: expected, max: expected } : expected
  if ((min === undefined || rows >= min) && (max === undefined || rows <= max)) return []
  const wanted = min === max ? `${min ?? 0}` : `${min ?? 0} to ${max ?? 'any number'}`
  return [`${name} has ${rows} rows, expected ${wanted}`]
}

/** Expected values are cast to the column's type, so that 1.50 and 1.5 are the same decimal; then both sides are text. */
async function rowDifferences(duck: Duck, output: ComputedOutput, expected: OutputExpectation): Promise<string[]> {
  const rows = expected.rows ?? []
  const named = new Set(rows.flatMap((row) => Object.keys(row)))
  const unknown = [...named].filter((name) => !output.columns.some((column) => column.name === name))
  if (unknown.length > 0) return [`${output.name} has no column ${unknown.join(', ')}`]
  const columns = rows.length === 0 ? output.columns : output.columns.filter(({ name }) => named.has(name))
  const found = await shownRows(duck, output, columns)
  const wanted = await expectedRows(duck, columns, rows)
  return expected.ordered === true ? inOrder(output.name, wanted, found) : anyOrder(output.name, wanted, found)
}

async function shownRows(duck: Duck, { relation }: ComputedOutput, columns: readonly Column[]): Promise<string[]> {
  const list = columns.map(({ name }) => sql`${id(name)}::VARCHAR`)
  const page = await duck.rows(sql`SELECT ${join(list)} FROM ${relation}`)
  return page.rows.map((row) => printRow(columns, row))
}

async function expectedRows(
  duck: Duck,
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<string[]> {
  if (rows.length === 0) return []
  const values = rows.map((row) => sql`(${join(columns.map(({ name, type }) => valueOf(row[name] ?? null, type)))})`)
  const names = columns.map((_, i) => id(`c${i}`))
  const shown = names.map((name) => sql`${name}::VARCHAR`)
  const page = await duck.rows(sql`SELECT ${join(shown)} FROM (VALUES ${join(values)}) AS v(${join(names)})`)
  return page.rows.map((row) => printRow(columns, row))
}

function valueOf(cell: Cell, type: string): Sql {
  if (cell === null) return sql`CAST(NULL AS ${trusted(type)})`
  if (typeof cell === 'object') return sql`CAST(CAST(${literal(JSON.stringify(cell))} AS JSON) AS ${trusted(type)})`
  return sql`CAST(${literal(String(cell))} AS ${trusted(type)})`
}

function printRow(columns: readonly Column[], row: readonly Cell[]): string {
  return columns.map(({ name }, i) => `${name}=${row[i] === null ? 'NULL' : cellText(row[i])}`).join(', ')
}

function inOrder(name: string, wanted: readonly string[], found: readonly string[]): string[] {
  const at = wanted.findIndex((row, i) => found[i] !== row)
  if (at < 0 && wanted.length === found.length) return []
  const place = at < 0 ? wanted.length : at
  return [`${name}, row ${place + 1}: expected ${wanted[place] ?? 'no row'}; found ${found[place] ?? 'no row'}`]
}

/** Rows as a bag: each expected row is looked for as often as it is written. */
function anyOrder(name: string, wanted: readonly string[], found: readonly string[]): string[] {
  const left = [...found]
  const missing = wanted.filter((row) => {
    const at = left.indexOf(row)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [...listed(`${name} misses`, missing), ...listed(`${name} has too much`, left)]
}

function listed(what: string, rows: readonly string[]): string[] {
  const more = rows.length > SHOWN ? [`${what}: ${rows.length - SHOWN} more rows`] : []
  return [...rows.slice(0, SHOWN).map((row) => `${what}: ${row}`), ...more]
}

async function columnDifferences(
  duck: Duck,
  output: ComputedOutput,
  column: Column,
  expected: ColumnExpectation,
): Promise<string[]> {
  const place = `${output.name}.${column.name}`
  const name = id(column.name)
  const found = expected.type === undefined ? [] : await typeDifference(duck, place, column, expected.type)
  const checks: [string, Sql | undefined][] = [
    ['is NULL', expected.notNull === true ? sql`${name} IS NULL` : undefined],
    ['is out of range', rangeCondition(name, column.type, expected.range)],
    [
      `does not match ${expected.regex ?? ''}`,
      expected.regex === undefined ? undefined : sql`NOT regexp_matches(${name}::VARCHAR, ${literal(expected.regex)})`,
    ],
    ['is not one of those allowed', oneOfCondition(name, column.type, expected.oneOf)],
  ]
  for (const [what, condition] of checks) {
    if (condition !== undefined) found.push(...(await violations(duck, output, { place, what, name, condition })))
  }
  if (expected.unique === true) found.push(...(await repeated(duck, output, { place, name })))
  return found
}

async function typeDifference(duck: Duck, place: string, column: Column, type: string): Promise<string[]> {
  const [wanted] = await duck.columns(sql`SELECT CAST(NULL AS ${typeText(type)})`)
  return wanted?.type === column.type ? [] : [`${place} has the type ${column.type}, expected ${wanted?.type ?? type}`]
}

function rangeCondition(name: Sql, type: string, range: ColumnExpectation['range']): Sql | undefined {
  if (range === undefined) return undefined
  const { min, max } = range
  const below = min === undefined ? [] : [sql`${name} < ${valueOf(min, type)}`]
  const above = max === undefined ? [] : [sql`${name} > ${valueOf(max, type)}`]
  return below.length + above.length === 0 ? undefined : join([...below, ...above], ' OR ')
}

function oneOfCondition(name: Sql, type: string, allowed: ColumnExpectation['oneOf']): Sql | undefined {
  if (allowed === undefined) return undefined
  if (allowed.length === 0) return sql`${name} IS NOT NULL`
  return sql`${name} NOT IN (${join(allowed.map((value) => valueOf(value, type)))})`
}

async function violations(
  duck: Duck,
  { relation }: ComputedOutput,
  { place, what, name, condition }: { place: string; what: string; name: Sql; condition: Sql },
): Promise<string[]> {
  const page = await duck.rows(sql`SELECT count(*), min(${name})::VARCHAR FROM ${relation} WHERE ${condition}`)
  const rows = cellCount(page.rows[0]?.[0])
  if (rows === 0n) return []
  const example = page.rows[0]?.[1] ?? null
  return [`${place} ${what} in ${rows} rows${example === null ? '' : `, for example ${cellText(example)}`}`]
}

async function repeated(
  duck: Duck,
  { relation }: ComputedOutput,
  { place, name }: { place: string; name: Sql },
): Promise<string[]> {
  const page = await duck.rows(
    sql`SELECT ${name}::VARCHAR, count(*) FROM ${relation} WHERE ${name} IS NOT NULL GROUP BY ALL HAVING count(*) > 1 ORDER BY 1 LIMIT ${literal(SHOWN)}`,
  )
  return page.rows.map(([value, count]) => `${place} is not unique: ${cellText(value)} comes ${cellText(count)} times`)
}
