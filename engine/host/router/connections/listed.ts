import type { DatasetSummary } from '../../../contract/dataset.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { openSession } from '../open-connection.ts'
import { resourcesOf } from '../resources.ts'

/** All datasets of a connection in name order, asked for at most once a minute unless `isRefreshed`. */
export async function listedDatasets(
  context: HostContext,
  connection: string,
  environment: string | undefined,
  isRefreshed = false,
): Promise<readonly DatasetSummary[]> {
  const source = await connectionSource(context, environment)
  const settings = source.workspace.connections.get(connection)
  const key = JSON.stringify([source.workspace.directory, connection, environment, settings])
  return resourcesOf(context).listings.of(key, isRefreshed, async () => {
    // Others may wait for the same listing: it does not end with the one who asked first.
    await using session = await openSession(source, connection)
    return await session.list({})
  })
}
