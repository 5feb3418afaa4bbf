import { createRequire } from 'node:module'

interface DataAccessors {
  textDecoder: InstanceType<typeof TextDecoder>
}

/**
 * Has the DuckDB client give text as it is stored. Its own decoder drops a byte order mark at the start of every text, so a
 * value of U+FEFF alone would come back empty. The client offers no option; it looks its decoder up at every call.
 */
export function decodeTextExactly(): void {
  const accessors = createRequire(import.meta.url)('@duckdb/node-api/lib/vectors/dataAccessors.js') as DataAccessors
  if (!accessors.textDecoder.ignoreBOM) accessors.textDecoder = new TextDecoder('utf-8', { ignoreBOM: true })
}
