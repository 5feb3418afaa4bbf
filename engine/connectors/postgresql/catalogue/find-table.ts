import { nearestName } from '../../../base/suggest.ts'
import { parseQualifiedName, printQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import { literal, sql } from '../../../sql/sql.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

/** A table, view or the like, as the catalogue knows it. */
export interface FoundTable {
  readonly oid: string
  readonly schema: string
  readonly name: string
  /** pg_class.relkind: r table, p partitioned, v view, m materialised view, f foreign table. */
  readonly kind: string
  /** What the statistics say; negative when nothing was ever counted. */
  readonly rowEstimate: number
  /** Blocks at the time of the last statistics. */
  readonly pages: number
  readonly comment: string | null
}

/** Schema and name that a dataset name means; a bare name is in the connection's schema. */
export function tablePath(dataset: string, defaultSchema: string): { schema: string; name: string } {
  const parts = parseQualifiedName(dataset)
  const [first = '', second] = parts
  if (parts.length > 2) throw new Failure('source.dataset_missing', { dataset })
  return second === undefined ? { schema: defaultSchema, name: first } : { schema: first, name: second }
}

/** The table of that name, or undefined. */
export async function lookUpTable(
  connection: PostgresConnection,
  path: { readonly schema: string; readonly name: string },
  call: PostgresCall = {},
): Promise<FoundTable | undefined> {
  const [row] = await connection.rows(
    sql`SELECT c.oid, c.relkind, c.reltuples::float8, c.relpages, obj_description(c.oid, 'pg_class')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ${literal(path.schema)} AND c.relname = ${literal(path.name)} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    call,
  )
  if (row === undefined) return undefined
  const [oid, kind, rowEstimate, pages, comment] = row
  return {
    oid: oid ?? '',
    ...path,
    kind: kind ?? 'r',
    rowEstimate: Number(rowEstimate ?? -1),
    pages: Number(pages ?? 0),
    comment: comment ?? null,
  }
}

/** @throws Failure `source.dataset_missing` with the nearest name. */
export async function findTable(
  connection: PostgresConnection,
  request: { readonly dataset: string; readonly defaultSchema: string },
  call: PostgresCall = {},
): Promise<FoundTable> {
  const path = tablePath(request.dataset, request.defaultSchema)
  const found = await lookUpTable(connection, path, call)
  if (found !== undefined) return found
  const names = await connection.rows(
    sql`SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        ORDER BY n.nspname = ${literal(path.schema)} DESC LIMIT 20000`,
    call,
  )
  const candidates = names.map((parts) => printQualifiedName(parts.map((part) => part ?? '')))
  const suggestion = nearestName(printQualifiedName([path.schema, path.name]), candidates)
  throw new Failure('source.dataset_missing', {
    dataset: request.dataset,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}
