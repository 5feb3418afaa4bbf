import { openDuck } from '../../engine/duck/open-duck.ts'
import { literal, sql, trusted } from '../../engine/sql/sql.ts'

// `bare-duckdb.ts QUERY FILE`: one statement, nothing around it. Prints its milliseconds.

const [query = '', file = ''] = process.argv.slice(2)
await using duck = await openDuck({ memoryLimitMb: 1_024 })
const startedAt = performance.now()
await duck.run(
  sql`COPY (${trusted(query.replaceAll('"', "'"))}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`,
)
process.stdout.write(String(performance.now() - startedAt))
