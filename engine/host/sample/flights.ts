import { openDuck } from '../../duck/open-duck.ts'
import { literal, sql } from '../../sql/sql.ts'

const AIRPORTS =
  'ATL,ORD,DFW,LAX,PHX,DEN,IAH,LAS,DTW,MSP,EWR,SFO,SLC,MCO,BOS,CLT,SEA,PHL,LGA,STL,BWI,SAN,MIA,TPA,MDW,OAK,PDX,HOU,AUS,RDU'

/**
 * Invented flights, the same for the same seed: `date`, `delay` and `distance` in minutes and miles, `origin`, `destination`. Made
 * in DuckDB from hashes, so that three million take about a second and no download.
 */
export async function writeFlights(path: string, rows: number, seed: number): Promise<void> {
  await using duck = await openDuck({ memoryLimitMb: 512 })
  // A share of its own for each thing that is drawn; hash() is stable within one version of DuckDB, which the lock file fixes.
  await duck.run(sql`CREATE MACRO draw(n, what) AS (hash(n, what, ${literal(seed)}) >> 11) / 9007199254740992.0`)
  await duck.run(sql`CREATE TABLE airports AS SELECT unnest(string_split(${literal(AIRPORTS)}, ',')) AS code`)
  // Busy airports come first in the list, and oftener.
  await duck.run(
    sql`COPY (
      SELECT TIMESTAMP '2025-01-01' + to_minutes(CAST(flight * 525600 // ${literal(rows)} AS BIGINT)) AS "date",
        CAST(round(CASE WHEN draw(flight, 'late') < 0.22 THEN 15 - 35 * ln(1 - draw(flight, 'delay')) ELSE 24 * draw(flight, 'delay') - 16 END) AS SMALLINT) AS delay,
        CAST(120 + 2400 * draw(flight, 'distance') * draw(flight, 'far') AS SMALLINT) AS distance,
        o.code AS origin, d.code AS destination
      FROM (
        SELECT range AS flight, 1 + CAST(floor(30 * draw(range, 'origin') * draw(range, 'busy')) AS BIGINT) AS o,
          1 + CAST(floor(29 * draw(range, 'destination')) AS BIGINT) AS step
        FROM range(${literal(rows)})
      ) AS drawn
      JOIN (SELECT code, row_number() OVER () AS number FROM airports) AS o ON o.number = drawn.o
      JOIN (SELECT code, row_number() OVER () AS number FROM airports) AS d ON d.number = 1 + (drawn.o - 1 + drawn.step) % 30
      ORDER BY flight
    ) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`,
  )
}
