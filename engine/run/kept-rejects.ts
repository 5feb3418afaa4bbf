import { join as joinPath } from 'node:path'
import {
  type KeptReject,
  keptRejectSchema,
  type RejectFilter,
  type RejectGroup,
  rejectGroupSchema,
} from '../contract/reject.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { pathExists } from '../os/path-exists.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { REJECTS_FILE } from './quarantine.ts'

const MOST_GROUPS = 1_000
const SEARCHED = ['value', 'reason', 'locator', 'raw'] as const

/** The rejects that a run kept. Close it with `await using`. */
export interface KeptRejects extends AsyncDisposable {
  readonly duck: Duck
  /** A relation with `node` and REJECT_COLUMNS, in the order found. */
  chosen(filter: RejectFilter | undefined): Sql
}

/** Undefined for a run that has none, or did not come so far. */
export async function openRejects(runDirectory: string): Promise<KeptRejects | undefined> {
  const path = joinPath(runDirectory, REJECTS_FILE)
  if (!(await pathExists(path))) return undefined
  const duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [runDirectory] })
  return {
    duck,
    chosen: (filter) => sql`(SELECT * FROM read_parquet(${literal(path)}) WHERE ${conditionOf(filter)})`,
    [Symbol.asyncDispose]: () => duck[Symbol.asyncDispose](),
  }
}

/** A page of the rejects that pass the filter, and how many those are. */
export async function readRejects(
  runDirectory: string,
  page: { readonly filter?: RejectFilter; readonly offset: number; readonly limit: number },
): Promise<{ total: string; rejects: KeptReject[] }> {
  await using kept = await openRejects(runDirectory)
  if (kept === undefined) return { total: '0', rejects: [] }
  const { duck } = kept
  const from = kept.chosen(page.filter)
  const total = (await duck.value(sql`SELECT count(*) FROM ${from}`)) ?? '0'
  const { columns, rows } = await duck.rows(
    sql`SELECT * FROM ${from} LIMIT ${literal(page.limit)} OFFSET ${literal(page.offset)}`,
  )
  return {
    total,
    rejects: rows.map((row) =>
      keptRejectSchema.parse(Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
    ),
  }
}

/** How many rows each rule of each node refused, the most first. */
export async function groupRejects(runDirectory: string): Promise<RejectGroup[]> {
  await using kept = await openRejects(runDirectory)
  if (kept === undefined) return []
  const names = ['node', 'rule', 'column', 'reason', 'count'] as const
  const keys = join([id('node'), id('rule'), id('column')])
  const { rows } = await kept.duck.rows(
    sql`SELECT ${keys}, any_value(${id('reason')}), count(*)::VARCHAR AS n FROM ${kept.chosen(undefined)} GROUP BY ${keys} ORDER BY count(*) DESC, ${keys} LIMIT ${literal(MOST_GROUPS)}`,
  )
  return rows.map((row) => rejectGroupSchema.parse(Object.fromEntries(names.map((name, i) => [name, row[i]]))))
}

function conditionOf(filter: RejectFilter | undefined): Sql {
  const { node, rule, column, search } = filter ?? {}
  const parts = [
    sql`true`,
    ...(node === undefined ? [] : [sql`${id('node')} = ${literal(node)}`]),
    ...(rule === undefined ? [] : [sql`${id('rule')} = ${literal(rule)}`]),
    ...(column === undefined ? [] : [sql`${id('column')} IS NOT DISTINCT FROM ${literal(column)}`]),
    ...(search === undefined || search.trim() === '' ? [] : [contains(search.trim())]),
  ]
  return join(parts, ' AND ')
}

function contains(search: string): Sql {
  const cells = SEARCHED.map((name) => sql`coalesce(contains(lower(${id(name)}), lower(${literal(search)})), false)`)
  return sql`(${join(cells, ' OR ')})`
}
