import type { Session } from '../../connectors/api/session.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { sourcesOf } from '../../run/compiler.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { type ConnectionSource, parseOptions, readyConnection } from './open-connection.ts'

/** A dataset of the workspace, ready to be read as its pipelines read it. Dispose to close the session. */
export interface SourceDataset extends AsyncDisposable {
  readonly workspace: Workspace
  readonly source: ConnectionSource
  readonly session: Session
  /** The connector's own name of it. */
  readonly name: string
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
}

export interface DatasetRequest {
  /** `connection:name` */
  readonly dataset: string
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly environment?: string | undefined
}

/** @throws Failure those of finding and opening the connection */
export async function openSourceDataset(
  context: HostContext,
  request: DatasetRequest,
  signal: AbortSignal | undefined,
): Promise<SourceDataset> {
  const source = await connectionSource(context, request.environment)
  const { connection, name } = parseDatasetRef(request.dataset)
  const ready = await readyConnection(source, connection, signal)
  const said = request.options ?? optionsInPipelines(source.workspace, request.dataset)
  const options = parseOptions(ready.connector, connection, 'source', said)
  const session = await ready.connector.open(ready.request)
  return {
    workspace: source.workspace,
    source,
    session,
    name,
    options,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** What a source node says about the dataset, so that it has the types its pipelines see; the first one that says anything. */
function optionsInPipelines(workspace: Workspace, dataset: string): unknown {
  return [...workspace.pipelines.values()]
    .flatMap(sourcesOf)
    .find((source) => source.dataset === dataset && source.options !== undefined)?.options
}
