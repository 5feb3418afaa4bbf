import { z } from 'zod'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { unitsBefore } from '../../../duck/positioned.ts'
import { literal, sql } from '../../../sql/sql.ts'
import { type Wish, wishOf } from './wish.ts'

/** A table that a statement names: `connection."dataset"` or `connection.schema.table`. */
export interface TableName {
  readonly catalog: string
  readonly schema: string
  readonly table: string
  /** Where it stands, in UTF-16 units. */
  readonly start: number
}

export interface Statement {
  /** Without the semicolon that may follow it. */
  readonly text: string
  readonly tables: readonly TableName[]
  /** What it needs of its table, where it names one only once. */
  readonly wish: Wish | undefined
}

const treeSchema = z.object({
  error: z.boolean(),
  error_type: z.string().optional(),
  error_message: z.string().optional(),
  position: z.string().optional(),
  statements: z.array(z.unknown()).optional(),
})

/**
 * One statement that reads, with the tables it names but for its own common table expressions.
 * @throws Failure `query.not_read_only`, `sql.invalid` with its position
 */
export async function parseStatement(duck: Duck, text: string): Promise<Statement> {
  const printed = await duck.value(sql`SELECT json_serialize_sql(${literal(text)}, skip_default := true)`)
  const tree = treeSchema.parse(JSON.parse(printed ?? '{}'))
  if (tree.error) {
    const reason = tree.error_message ?? 'not understood'
    if (tree.error_type === 'not implemented') throw new Failure('query.not_read_only', { statements: 1 })
    const position = tree.position === undefined ? undefined : unitsBefore(Number(tree.position), text)
    throw new Failure('sql.invalid', { reason, sql: text, ...(position === undefined ? {} : { position }) })
  }
  const count = tree.statements?.length ?? 0
  if (count !== 1) throw new Failure('query.not_read_only', { statements: count })
  const found: Found = { tables: [], own: new Set() }
  walk(tree.statements, found)
  const tables = found.tables
    .filter(({ catalog, schema, table }) => catalog !== '' || schema !== '' || !found.own.has(table.toLowerCase()))
    .map(({ location, ...table }) => ({ ...table, start: unitsBefore(location, text) }))
  const wish = found.tables.length === 1 && found.own.size === 0 ? wishOf(tree.statements?.[0]) : undefined
  return { text: withoutEnd(text), tables, wish }
}

interface Found {
  readonly tables: { catalog: string; schema: string; table: string; location: number }[]
  readonly own: Set<string>
}

const tableSchema = z.object({
  type: z.literal('BASE_TABLE'),
  catalog_name: z.string().default(''),
  schema_name: z.string().default(''),
  table_name: z.string(),
  query_location: z.number().default(0),
})
const expressionsSchema = z.object({ map: z.array(z.object({ key: z.string() })) })

/** Both kinds of names stand at any depth: in subqueries, joins and inside common table expressions. */
function walk(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const table = tableSchema.safeParse(node)
  if (table.success) {
    const { catalog_name: catalog, schema_name: schema, table_name, query_location: location } = table.data
    found.tables.push({ catalog, schema, table: table_name, location })
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === 'cte_map') {
      for (const { key: name } of expressionsSchema.safeParse(value).data?.map ?? []) found.own.add(name.toLowerCase())
    }
    walk(value, found)
  }
}

/** DuckDB found one statement, so whatever follows its last semicolon is a comment or space. */
function withoutEnd(text: string): string {
  return text.replace(/;(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/, '')
}
