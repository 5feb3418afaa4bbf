import type { ColumnKind } from '../../contract/profile/column-profile.ts'
import { sql } from '../../sql/sql.ts'
import type { DetailPart } from './detail-part.ts'
import { histogramPart } from './histogram.ts'

/** Quantiles, weekdays, hours, and spells without a day. Infinite dates are left out. */
export function timePart(kind: Extract<ColumnKind, 'date' | 'timestamp'>): DetailPart {
  const seconds = sql`(CASE WHEN isfinite(v) THEN epoch(v) END)`
  const histogram = histogramPart(seconds, (position) =>
    kind === 'date'
      ? sql`CAST(CAST(make_timestamp(CAST(${position} * 1000000 AS BIGINT)) AS DATE) AS VARCHAR)`
      : sql`CAST(make_timestamp(CAST(${position} * 1000000 AS BIGINT)) AS VARCHAR)`,
  )
  return {
    tables: [
      sql`moments AS MATERIALIZED (SELECT v, n FROM d WHERE isfinite(v))`,
      sql`days AS (SELECT day, lag(day) OVER (ORDER BY day) AS before FROM (SELECT DISTINCT CAST(v AS DATE) AS day FROM moments))`,
      sql`steps AS MATERIALIZED (SELECT day, before, CAST(day - before AS BIGINT) AS step FROM days WHERE before IS NOT NULL)`,
      sql`usual AS MATERIALIZED (SELECT step FROM steps GROUP BY step HAVING count(*) > 0.8 * (SELECT count(*) FROM steps) AND count(*) >= 5)`,
      sql`gaps AS MATERIALIZED (SELECT before, day, steps.step, usual.step AS usual FROM steps, usual WHERE steps.step > usual.step)`,
      ...histogram.tables,
    ],
    fields: [
      sql`'time': CASE WHEN (SELECT count(*) FROM moments) > 0 THEN {
        'quantiles': (SELECT list_transform(list_zip([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], q), lambda e: {'at': CAST(e[1] AS DOUBLE), 'value': CAST(e[2] AS VARCHAR)})
          FROM (SELECT quantile_disc(v, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) AS q FROM rows WHERE isfinite(v))),
        'weekdays': (SELECT list(CAST(coalesce(n, 0) AS DOUBLE) ORDER BY i) FROM generate_series(1, 7) AS s(i) LEFT JOIN (SELECT isodow(v) AS w, sum(n) AS n FROM moments GROUP BY ALL) ON w = i),
        'hours': ${kind === 'date' ? sql`NULL` : sql`(SELECT list(CAST(coalesce(n, 0) AS DOUBLE) ORDER BY i) FROM generate_series(0, 23) AS s(i) LEFT JOIN (SELECT hour(v) AS h, sum(n) AS n FROM moments GROUP BY ALL) ON h = i)`},
        'gaps': {'stepDays': CAST(coalesce((SELECT max(step) FROM usual), 0) AS DOUBLE), 'missing': CAST(coalesce((SELECT sum(step // usual - 1) FROM gaps), 0) AS DOUBLE),
          'longest': coalesce((SELECT list({'after': CAST(before AS VARCHAR), 'before': CAST(day AS VARCHAR), 'days': CAST(step AS DOUBLE)} ORDER BY step DESC, day) FROM (FROM gaps ORDER BY step DESC, day LIMIT 5)), [])}
        } END`,
      ...histogram.fields,
    ],
  }
}
