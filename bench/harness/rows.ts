import { join } from 'node:path'
import { openDuck } from '../../engine/duck/open-duck.ts'
import { literal, type Sql, sql } from '../../engine/sql/sql.ts'

/** Columns of the bench table, 17 as in PERFORMANCE: order lines with keys, decimals, dates, flags, texts and a time stamp. */
export const COLUMNS_SQL = `
  order_id BIGINT, part_id BIGINT, supplier_id BIGINT, line_number INTEGER, quantity DECIMAL(15,2), price DECIMAL(15,2),
  discount DECIMAL(15,2), tax DECIMAL(15,2), return_flag VARCHAR(1), line_status VARCHAR(1), shipped_on DATE,
  committed_on DATE, received_on DATE, instruction VARCHAR(25), ship_mode VARCHAR(10), remark VARCHAR(44), changed_at TIMESTAMP(6)`

export interface BenchRows {
  readonly csv: string
  readonly parquet: string
}

/** Writes the rows as CSV (empty text for NULL, header) and Parquet; the same count gives the same rows. */
export async function writeRows(directory: string, rows: number): Promise<BenchRows> {
  const files = { csv: join(directory, 'lines.csv'), parquet: join(directory, 'lines.parquet') }
  await using duck = await openDuck({ memoryLimitMb: 2_048 })
  await duck.run(sql`COPY (${lines(rows)}) TO ${literal(files.parquet)} (FORMAT parquet)`)
  await duck.run(sql`COPY (${lines(rows)}) TO ${literal(files.csv)} (FORMAT csv, HEADER)`)
  return files
}

/** The Parquet file alone, at a path. */
export async function writeParquet(path: string, rows: number): Promise<void> {
  await using duck = await openDuck({ memoryLimitMb: 2_048 })
  await duck.run(sql`COPY (${lines(rows)}) TO ${literal(path)} (FORMAT parquet)`)
}

function lines(rows: number): Sql {
  return sql`
    SELECT i // 4 + 1 AS order_id, (hash(i) % 200000 + 1)::BIGINT AS part_id, (hash(i + 1) % 10000 + 1)::BIGINT AS supplier_id,
      (i % 4 + 1)::INTEGER AS line_number, (hash(i + 2) % 50 + 1)::DECIMAL(15,2) AS quantity,
      ((hash(i + 3) % 10000000) / 100)::DECIMAL(15,2) AS price, ((hash(i + 4) % 11) / 100)::DECIMAL(15,2) AS discount,
      ((hash(i + 5) % 9) / 100)::DECIMAL(15,2) AS tax, ['A', 'N', 'R'][(hash(i + 6) % 3 + 1)::BIGINT] AS return_flag,
      ['O', 'F'][(i % 2 + 1)::BIGINT] AS line_status, DATE '1992-01-02' + (hash(i + 7) % 2500)::INTEGER AS shipped_on,
      DATE '1992-01-31' + (hash(i + 8) % 2500)::INTEGER AS committed_on,
      DATE '1992-01-03' + (hash(i + 9) % 2500)::INTEGER AS received_on,
      ['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'][(hash(i + 10) % 4 + 1)::BIGINT] AS instruction,
      ['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'][(hash(i + 11) % 7 + 1)::BIGINT] AS ship_mode,
      CASE WHEN hash(i + 12) % 20 = 0 THEN NULL ELSE left(md5(i::VARCHAR), (hash(i + 13) % 28 + 5)::BIGINT) END AS remark,
      TIMESTAMP '2020-01-01' + to_microseconds((hash(i + 14) % 100000000000000)::BIGINT) AS changed_at
    FROM range(${literal(rows)}) t(i)`
}
