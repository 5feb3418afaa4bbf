import { type DatasetSummary, printQualifiedName } from '../../../contract/dataset.ts'
import { literal, sql } from '../../../sql/sql.ts'
import type { ListRequest } from '../../api/session.ts'
import { isRunnelTable } from '../../shared/load/load-tables.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'

const VIEW_KINDS = new Set(['v', 'm'])

/** Everything with rows outside the system's schemas, in name order: one catalogue query however many there are. */
export async function listTables(
  connection: PostgresConnection,
  { search, signal }: ListRequest,
): Promise<DatasetSummary[]> {
  const rows = await connection.rows(
    sql`SELECT n.nspname, c.relname, c.relkind, c.reltuples::bigint, c.relpages::bigint * current_setting('block_size')::bigint, d.description
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_catalog.pg_class'::regclass
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
          AND strpos(lower(n.nspname || '.' || c.relname), lower(${literal(search ?? '')})) > 0
          AND has_schema_privilege(n.oid, 'USAGE')`,
    { signal },
  )
  const datasets = rows
    .filter(([, name]) => !isRunnelTable(name ?? ''))
    .map(([schema, name, kind, estimate, sizeBytes, comment]): DatasetSummary => {
      const isView = VIEW_KINDS.has(kind ?? '')
      return {
        name: printQualifiedName([schema ?? '', name ?? '']),
        kind: isView ? 'view' : 'table',
        schema: schema ?? '',
        ...(kind === 'v' || Number(estimate ?? -1) < 0 ? {} : { rowEstimate: estimate ?? '0' }),
        ...(kind === 'v' || kind === 'p' || kind === 'f' ? {} : { sizeBytes: Number(sizeBytes ?? 0) }),
        ...(comment === null || comment === undefined ? {} : { comment }),
      }
    })
  return datasets.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
