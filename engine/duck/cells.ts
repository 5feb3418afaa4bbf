import { type DuckDBDataChunk, JsonDuckDBValueConverter } from '@duckdb/node-api'
import type { Page } from '../contract/page.ts'

/** Rows of a chunk as wire cells (contract/page.ts). */
export function toCells(chunk: DuckDBDataChunk): Page['rows'] {
  return chunk.convertRows(JsonDuckDBValueConverter)
}
