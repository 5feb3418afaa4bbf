import { openDuck } from '../../engine/duck/open-duck.ts'
import { trusted } from '../../engine/sql/sql.ts'

// `bare-select.ts QUERY…`: runs each in a DuckDB with nothing around it and reads its rows. Prints their milliseconds as JSON.

await using duck = await openDuck({ memoryLimitMb: 512 })
const times: number[] = []
for (const query of process.argv.slice(2)) {
  const startedAt = performance.now()
  await duck.rows(trusted(query))
  times.push(performance.now() - startedAt)
}
process.stdout.write(JSON.stringify(times))
