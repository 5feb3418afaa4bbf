import { implement } from '@orpc/server'
import type { ListedSync, SyncStanding } from '../../contract/api/syncs.ts'
import { syncsProcedures } from '../../contract/api/syncs.ts'
import { type SyncFile, syncFileSchema } from '../../contract/sync-file.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { capabilityOf, plannedNames } from '../../sync/plan-sync.ts'
import type { SyncPorts } from '../../sync/ports.ts'
import { parseFile } from '../../workspace/parse-file.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing, failingEvents } from './failing.ts'
import { listNamed, readNamed, saveNamed } from './named-files.ts'
import { openSession } from './open-connection.ts'
import { openWorkspace } from './open-workspace.ts'
import type { SyncService } from './sync-service.ts'
import { leanSync } from './syncs/lean.ts'
import { deployedContext, placeOf, syncsOf } from './syncs/place.ts'
import { planOf } from './syncs/plan-of.ts'
import { readerOfSync, removalOf, removeSync } from './syncs/remove.ts'
import { runHere } from './syncs/run-here.ts'
import { watchSync } from './syncs/watch.ts'

const area = implement(syncsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const MEMORY_MB = 1_024
/** What the document of a draft is called in failures. */
const DRAFT = 'new sync'

export const syncsRouter = {
  list: area.list.handler(async ({ context }) => {
    const service = await syncsOf(context)
    return service.deployed === undefined
      ? listOf(service, await openWorkspace(context))
      : listDeployed(context, service, service.deployed)
  }),
  watch: area.watch.handler(async ({ input, context, signal }) => {
    await placeOf(context, input.sync)
    return failingEvents(watchSync(await syncsOf(context), input, signal))
  }),
  log: area.log.handler(async ({ input: { sync, ...page }, context }) =>
    (await syncsOf(context)).store.log(sync, page),
  ),
  start: area.start.handler(({ input: { sync, environment }, context }) =>
    act(context, sync, 'start', async ({ runner }, work) => {
      await runner.start(sync, { ...work, ...(environment === undefined ? {} : { environment }) })
    }),
  ),
  stop: area.stop.handler(({ input: { sync }, context }) =>
    act(context, sync, 'stop', ({ runner }) => runner.stop(sync)),
  ),
  resync: area.resync.handler(({ input: { sync, tables }, context }) =>
    act(context, sync, 'resync', ({ runner, store }, work) =>
      runner.start(sync, store.get(sync)?.work ?? work, tables),
    ),
  ),
  reader: area.reader.handler(async ({ input: { sync }, context, signal }) => {
    const reader = await readerOfSync(await placeOf(context, sync), sync, signal)
    return reader === undefined ? {} : { reader }
  }),
  removal: area.removal.handler(({ input: { sync }, context, signal }) => removalOf(context, sync, signal)),
  remove: area.remove.handler(({ input, context, signal }) => {
    note(context, 'remove_sync', input.sync)
    return removeSync(context, input, signal)
  }),
  capability: area.capability.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, await environmentIn(context, input.environment))
    await using session = await openSession(source, input.connection, signal)
    return capabilityOf(kindOf(source.workspace, input.connection), session)
  }),
  choose: area.choose.handler(async ({ input: { document: file, sync: name = DRAFT }, context, signal }) => {
    const source = await connectionSource(context, await environmentIn(context, file.environment))
    await using session = await openSession(source, file.source, signal)
    // Not sooner than its end the session goes.
    return await plannedNames({ name, file, source: session, ...(signal === undefined ? {} : { signal }) })
  }),
  plan: area.plan.handler(async ({ input: { document, sync = DRAFT }, context, signal }) => {
    const source = await connectionSource(context, await environmentIn(context, document.environment))
    return failingEvents(planOf(source, { name: sync, file: document }, signal))
  }),
  get: area.get.handler(async ({ input: { sync }, context }) => {
    const workspace = await openWorkspace(context)
    return readNamed(workspace.syncs, workspace, { folder: 'syncs', kind: 'sync', name: sync })
  }),
  save: area.save.handler(async ({ input: { sync, content, expectedDigest }, context }) =>
    saveNamed(await openWorkspace(context), 'syncs', sync, {
      content: 'text' in content ? content : { document: leanSync(content.document) },
      expectedDigest,
    }),
  ),
  parse: area.parse.handler(({ input: { text }, context: { language } }) => {
    const { value, problems } = parseFile({ file: 'sync', text, schema: syncFileSchema, language })
    return { ...(value === undefined ? {} : { document: value }), problems: [...problems] }
  }),
  run: area.run.handler(
    async ({ input: { sync: name, environment, resync, untilCaughtUp, backfill }, context, signal }) => {
      const { workspace, file } = await placeOf(context, name)
      const source = await connectionSource(context, environmentOf(workspace, environment ?? file.environment))
      const ports: Omit<SyncPorts, 'tables' | 'tell'> = {
        openSession: (connection, ended) => openSession(source, connection, ended),
        kindOf: (connection) => kindOf(workspace, connection),
        openDuck: (folders) => openDuck({ memoryLimitMb: MEMORY_MB, allowedDirectories: folders }),
      }
      const request = {
        name,
        file,
        untilCaughtUp,
        ...(resync === undefined ? {} : { resync }),
        ...(backfill === undefined ? {} : { backfill }),
      }
      return failingEvents(runHere(workspace, ports, { ...request, ...(signal === undefined ? {} : { signal }) }))
    },
  ),
}

/** Something that is done to a sync: written down first where an audit is kept, then done; gives how the sync stands. */
async function act(
  context: HostContext,
  sync: string,
  action: 'start' | 'stop' | 'resync',
  work: (service: SyncService, place: { readonly directory: string }) => Promise<void>,
): Promise<SyncStanding> {
  const service = await syncsOf(context)
  const { workspace } = await placeOf(context, sync)
  note(context, `${action}_sync`, sync)
  await work(service, { directory: workspace.directory })
  return service.runner.standing(sync)
}

function note({ audit, actor = '' }: HostContext, action: string, subject: string): void {
  audit?.add({ actor, action, subject })
}

function listOf(service: SyncService, workspace: Workspace): ListedSync[] {
  return listNamed(workspace.syncs, workspace, 'syncs').map(({ name, document }) => ({
    name,
    ...(document === undefined ? {} : { document }),
    ...standingWithTables(service, name),
  }))
}

function standingWithTables({ runner, tables }: SyncService, name: string): SyncStanding & Pick<ListedSync, 'tables'> {
  const known = tables.list(name).map(({ dataset, target, state, copiedRows }) => {
    return { dataset, target, state, copiedRows: String(copiedRows) }
  })
  return { ...runner.standing(name), tables: known }
}

async function listDeployed(
  context: HostContext,
  service: SyncService,
  deployed: NonNullable<SyncService['deployed']>,
): Promise<ListedSync[]> {
  return Promise.all(
    deployed.list().map(async ({ sync: name, directory }) => {
      // A version whose files are gone is listed all the same.
      const document = await documentIn(deployedContext(context, deployed, directory), name).catch(() => undefined)
      return {
        name,
        ...(document === undefined ? {} : { document }),
        ...standingWithTables(service, name),
      }
    }),
  )
}

async function documentIn(context: HostContext, name: string): Promise<SyncFile | undefined> {
  return (await openWorkspace(context)).syncs.get(name)
}

async function environmentIn(context: HostContext, environment: string | undefined): Promise<string | undefined> {
  return environmentOf(await openWorkspace(context), environment)
}

function kindOf({ connections }: Workspace, connection: string): string {
  return connections.get(connection)?.kind ?? ''
}
