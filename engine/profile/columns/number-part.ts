import { sql } from '../../sql/sql.ts'
import type { DetailPart } from './detail-part.ts'
import { histogramPart } from './histogram.ts'
import { finite } from './kind.ts'

/** 1 / quantile of the normal distribution at 3/4: makes a MAD comparable with a standard deviation. */
const MAD_SCALE = sql`1.4826`

const OUTSIDE = {
  iqr: sql`(x < iqr_low OR x > iqr_high)`,
  mad: sql`(x < mad_low OR x > mad_high)`,
  z: sql`(x < z_low OR x > z_high)`,
}

/** Quantiles, spread, and the values outside of what is usual (Tukey's fences; Iglewicz and Hoaglin's 3.5 MADs; 3 deviations). */
export function numberPart(type: string): DetailPart {
  const x = finite('v', type)
  const histogram = histogramPart(x, (position) => sql`CAST(${position} AS VARCHAR)`)
  return {
    tables: [
      sql`spread AS MATERIALIZED (
        SELECT q, mad, q[4] AS median, q[3] - 1.5 * (q[5] - q[3]) AS iqr_low, q[5] + 1.5 * (q[5] - q[3]) AS iqr_high,
          CASE WHEN mad > 0 THEN q[4] - 3.5 * ${MAD_SCALE} * mad END AS mad_low, CASE WHEN mad > 0 THEN q[4] + 3.5 * ${MAD_SCALE} * mad END AS mad_high,
          CASE WHEN std > 0 THEN mean - 3 * std END AS z_low, CASE WHEN std > 0 THEN mean + 3 * std END AS z_high
        FROM (SELECT quantile_cont(x, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) AS q, mad(x) AS mad, avg(x) AS mean, stddev_samp(x) AS std
          FROM (SELECT ${x} AS x FROM rows) WHERE x IS NOT NULL))`,
      sql`measured AS MATERIALIZED (SELECT v, n, ${x} AS x, spread.* FROM d, spread WHERE ${x} IS NOT NULL)`,
      sql`far AS (SELECT v, n, abs(x - median) AS distance FROM measured WHERE ${OUTSIDE.iqr} ORDER BY distance DESC, v LIMIT 20)`,
      ...histogram.tables,
    ],
    fields: [
      sql`'number': (SELECT CASE WHEN q IS NOT NULL THEN {
        'quantiles': list_transform(list_zip([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], q), lambda e: {'at': CAST(e[1] AS DOUBLE), 'value': CAST(e[2] AS VARCHAR)}),
        'median': median, 'mad': mad,
        'outliers': {
          'iqr': {'low': iqr_low, 'high': iqr_high, 'count': (SELECT CAST(coalesce(sum(n) FILTER (${OUTSIDE.iqr}), 0) AS DOUBLE) FROM measured)},
          'mad': CASE WHEN mad > 0 THEN {'low': mad_low, 'high': mad_high, 'count': (SELECT CAST(coalesce(sum(n) FILTER (${OUTSIDE.mad}), 0) AS DOUBLE) FROM measured)} END,
          'zScore': CASE WHEN z_low IS NOT NULL THEN {'low': z_low, 'high': z_high, 'count': (SELECT CAST(coalesce(sum(n) FILTER (${OUTSIDE.z}), 0) AS DOUBLE) FROM measured)} END,
          'examples': coalesce((SELECT list({'value': CAST(v AS VARCHAR), 'count': CAST(n AS DOUBLE)} ORDER BY distance DESC, v) FROM far), [])}
        } END FROM spread)`,
      ...histogram.fields,
    ],
  }
}
