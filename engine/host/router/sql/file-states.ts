import { fileState } from '../file-state.ts'
import type { ConnectionSource } from '../open-connection.ts'
import type { NamedDataset } from './datasets.ts'

/**
 * A text that is another one as soon as a file of the datasets changed. Undefined when that cannot be seen (servers, globs), and for
 * DuckDB files, which must be let go for whoever wants to write them.
 */
export async function fileStates(
  source: ConnectionSource,
  datasets: readonly NamedDataset[],
): Promise<string | undefined> {
  const states: unknown[] = []
  for (const { connection, name, schema, table } of datasets) {
    const found = await fileState(source, connection, name)
    if (found.kind !== 'file' || found.connector === 'duckdb') return undefined
    states.push([connection, schema, table, found.connector, found.config, found.state])
  }
  return JSON.stringify([source.workspace.directory, source.environment, states])
}
