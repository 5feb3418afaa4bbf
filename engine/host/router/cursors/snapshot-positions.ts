import type { Positions } from '../../../connectors/api/positions.ts'
import { scanPositions } from '../../../connectors/parquet/positions.ts'
import { FILE_COLUMN } from '../../../connectors/parquet/scan.ts'
import type { Duck } from '../../../duck/duck.ts'
import type { SnapshotRef } from '../../../run/ports.ts'
import { literal, sql } from '../../../sql/sql.ts'

/** The rows of a snapshot by their number; it is one Parquet file. */
export async function snapshotPositions(duck: Duck, { path, columns }: SnapshotRef): Promise<Positions> {
  const from = sql`read_parquet([${literal(path)}], filename = ${literal(FILE_COLUMN)})`
  const positions = await scanPositions(duck, { from, columns, files: [path] })
  if (positions === undefined) throw new TypeError('a snapshot is one file')
  return positions
}
