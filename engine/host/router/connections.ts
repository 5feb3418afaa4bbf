import { implement } from '@orpc/server'
import { connectionsProcedures } from '../../contract/api/connections.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { requireAllowedSettings } from './allowed-folders.ts'
import { connectionSource } from './connection-source.ts'
import { connectionChanges } from './connections/changes.ts'
import { withDraft } from './connections/draft.ts'
import { connectionKinds } from './connections/kinds.ts'
import { listedDatasets } from './connections/listed.ts'
import { removeConnection, saveConnection } from './connections/save.ts'
import { readConnection } from './connections/stored.ts'
import { treePage } from './connections/tree.ts'
import type { HostContext } from './context.ts'
import { failing, failingEvents } from './failing.ts'
import { findColumns, rememberColumns } from './known-columns.ts'
import { openSession, parseOptions, readyConnection } from './open-connection.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

const area = implement(connectionsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const connectionsRouter = {
  list: area.list.handler(async ({ context }) => {
    const { connections } = await openWorkspace(context)
    return [...connections].map(([name, { kind, description }]) => ({
      name,
      kind,
      ...(description === undefined ? {} : { description }),
    }))
  }),
  kinds: area.kinds.handler(() => connectionKinds()),
  get: area.get.handler(async ({ input, context }) =>
    readConnection(await connectionSource(context, undefined), input.connection),
  ),
  save: area.save.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    const written = [input.document, ...Object.values(input.environments ?? {})]
    for (const { settings } of written)
      await requireAllowedSettings(context.allowedFolders, settings, workspace.directory)
    const { connection: name, ...rest } = input
    return saveConnection({ ...rest, name, workspace, store: secretsOf(workspace, context) })
  }),
  changes: area.changes.handler(async ({ input, context }) => connectionChanges(await openWorkspace(context), input)),
  remove: area.remove.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    await removeConnection(workspace, secretsOf(workspace, context), input.connection)
    return { removed: true }
  }),
  diagnose: area.diagnose.handler(async ({ input, context, signal }) => {
    const stored = await connectionSource(context, input.environment)
    const source = input.draft === undefined ? stored : await withDraft(stored, input.connection, input.draft)
    const { connector, request } = await readyConnection(source, input.connection, signal)
    return failingEvents(connector.diagnose(request))
  }),
  tree: area.tree.handler(async ({ input, context, signal }) => {
    const { connection, environment, refresh, ...page } = input
    const datasets = await listedDatasets(context, connection, environment, refresh === true)
    signal?.throwIfAborted()
    return treePage(datasets, page)
  }),
  datasets: area.datasets.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    await using session = await openSession(source, input.connection, signal)
    return await session.list({
      ...(input.search === undefined ? {} : { search: input.search }),
      ...(signal === undefined ? {} : { signal }),
    })
  }),
  columns: area.columns.handler(async ({ input, context }) =>
    findColumns(await openWorkspace(context), input.search, input.limit),
  ),
  describe: area.describe.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const { connection, name } = parseDatasetRef(input.dataset)
    const { connector, request } = await readyConnection(source, connection, signal)
    const options = parseOptions(connector, connection, 'source', input.options)
    await using session = await connector.open(request)
    const described = await session.describe(name, options, signal)
    await rememberColumns(source.workspace, input.dataset, described.columns)
    return described
  }),
}
