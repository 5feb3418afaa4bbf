import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type ConnectionSource, readyConnection } from '../open-connection.ts'
import type { NamedDataset } from './datasets.ts'

const placeSchema = z.object({ folder: z.string().optional(), file: z.string().optional() })

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
    const { connector, request } = await readyConnection(source, connection)
    const { data: place } = placeSchema.safeParse(request.config)
    const [file = ''] = name.split('!')
    const path = place?.file ?? (place?.folder === undefined ? undefined : join(place.folder, file))
    if (path === undefined || connector.kind === 'duckdb') return undefined
    const found = await stat(resolve(request.baseDirectory, path), { bigint: true }).catch(() => undefined)
    if (found?.isFile() !== true) return undefined
    const state = [found.size, found.mtimeNs, found.ctimeNs, found.ino].map(String)
    states.push([connection, schema, table, connector.kind, request.config, state])
  }
  return JSON.stringify([source.workspace.directory, source.environment, states])
}
