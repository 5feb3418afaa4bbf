import { type DuckDBDataChunk, DuckDBTimestampTZValue, JsonDuckDBValueConverter } from '@duckdb/node-api'
import type { Page } from '../contract/page.ts'

// The client prints TIMESTAMPTZ in the zone of the process; every other text of DuckDB here is in UTC.
DuckDBTimestampTZValue.timezoneOffsetInMinutes = 0

/** Rows of a chunk as wire cells (contract/page.ts). */
export function toCells(chunk: DuckDBDataChunk): Page['rows'] {
  return chunk.convertRows(JsonDuckDBValueConverter)
}
