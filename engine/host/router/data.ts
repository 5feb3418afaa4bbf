import { implement } from '@orpc/server'
import { kindOfFile } from '../../connectors/all.ts'
import type { Connector } from '../../connectors/api/connector.ts'
import type { Session } from '../../connectors/api/session.ts'
import { dataProcedures } from '../../contract/api/data.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { parseOptions, readyConnection } from './open-connection.ts'
import { looseFile } from './open-file.ts'
import { showDataset } from './show-dataset.ts'

const area = implement(dataProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const SMALL_BYTES = 32 * 1024 * 1024
/** Formats that know their row count and find any row without reading the rest. */
const COUNTED_KINDS = new Set(['parquet'])

export const dataRouter = {
  show: area.show.handler(async ({ input, context, signal }) => {
    const found =
      'file' in input.from
        ? await fromFile(input.from.file, input.from.kind, input.from.dataset, signal)
        : await fromConnection(context, input.from.dataset, input.environment, signal)
    await using session = found.session
    const { connector, name } = found
    return showDataset({
      session,
      dataset: found.dataset,
      options: parseOptions(connector, name, 'source', input.options),
      limitRows: input.limitRows,
      isSmall: COUNTED_KINDS.has(connector.kind) || (found.sizeBytes ?? Number.POSITIVE_INFINITY) <= SMALL_BYTES,
      ...(signal === undefined ? {} : { signal }),
    })
  }),
}

interface Found {
  readonly connector: Connector
  readonly session: Session
  readonly name: string
  readonly dataset: string
  readonly sizeBytes: number | undefined
}

async function fromFile(
  path: string,
  kind: string | undefined,
  named: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const file = await looseFile(path, kind, signal)
  const session = await file.connector.open(file.request)
  try {
    const dataset = named ?? file.dataset ?? (await onlyDataset(session, path))
    // A compressed file may unfold to any size.
    const sizeBytes = /\.(gz|zst)$/i.test(path) ? undefined : file.sizeBytes
    return { connector: file.connector, session, name: file.request.name, dataset, sizeBytes }
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error
  }
}

/** Of a file that holds several datasets (a database) the only one; which one is for a person to say. */
async function onlyDataset(session: Session, path: string): Promise<string> {
  const datasets = await session.list({})
  const [only, another] = datasets
  if (only !== undefined && another === undefined) return only.name
  throw new Failure('data.dataset_not_named', { file: path, datasets: datasets.slice(0, 20).map(({ name }) => name) })
}

async function fromConnection(
  context: HostContext,
  ref: string,
  environment: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const { connection, name: dataset } = parseDatasetRef(ref)
  const source = await connectionSource(context, environment)
  const { connector, request } = await readyConnection(source, connection, signal)
  const session = await connector.open(request)
  // Only a file's listing is cheap and tells its size.
  const isFile = kindOfFile(dataset) === connector.kind
  const listed = isFile ? await session.list({ search: dataset }).catch(() => []) : []
  const sizeBytes = /\.(gz|zst)$/i.test(dataset) ? undefined : listed.find(({ name }) => name === dataset)?.sizeBytes
  return { connector, session, name: connection, dataset, sizeBytes }
}
