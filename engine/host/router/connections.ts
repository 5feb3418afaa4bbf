import { implement } from '@orpc/server'
import { connectionsProcedures } from '../../contract/api/connections.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing, failingEvents } from './failing.ts'
import { openSession, parseOptions, readyConnection } from './open-connection.ts'
import { openWorkspace } from './open-workspace.ts'

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
  diagnose: area.diagnose.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const { connector, request } = await readyConnection(source, input.connection, signal)
    return failingEvents(connector.diagnose(request))
  }),
  datasets: area.datasets.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    await using session = await openSession(source, input.connection, signal)
    return session.list({
      ...(input.search === undefined ? {} : { search: input.search }),
      ...(signal === undefined ? {} : { signal }),
    })
  }),
  describe: area.describe.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const { connection, name } = parseDatasetRef(input.dataset)
    const { connector, request } = await readyConnection(source, connection, signal)
    const options = parseOptions(connector, connection, 'source', input.options)
    await using session = await connector.open(request)
    return session.describe(name, options, signal)
  }),
}
