import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { implement } from '@orpc/server'
import { studioProcedures } from '../../contract/api/studio.ts'
import { writeSampleWorkspace } from '../sample/sample-workspace.ts'
import { ownVersion } from '../version.ts'
import { allowedPath } from './allowed-folders.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { openWorkspace } from './open-workspace.ts'
import { browse } from './studio/browse.ts'
import { freeFolder } from './studio/free-folder.ts'
import { studioHostOf } from './studio/host-of.ts'
import { licences } from './studio/licences.ts'
import { addRecent, recentWorkspaces, removeRecent } from './studio/recent.ts'
import { readSettings, writeSettings } from './studio/settings.ts'

const area = implement(studioProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const SAMPLE = { orders: 20_000, seed: 1 }

export const studioRouter = {
  info: area.info.handler(async ({ context }) => {
    const { kind, workspacesDirectory } = studioHostOf(context)
    const { allowedFolders } = context
    const workspace = context.workspaceDirectory === undefined ? undefined : await openWorkspace(context)
    return {
      version: await ownVersion(),
      host: kind,
      platform: process.platform,
      ...(workspace === undefined ? {} : { workspace: { directory: workspace.directory, name: workspace.file.name } }),
      folders: {
        home: allowedFolders?.[0] ?? homedir(),
        workspaces: workspacesDirectory,
        ...(allowedFolders === undefined ? {} : { allowed: [...allowedFolders] }),
      },
    }
  }),
  recent: {
    list: area.recent.list.handler(({ context }) => recentWorkspaces(context)),
    add: area.recent.add.handler(async ({ input, context }) => {
      await addRecent(context, await allowedPath(context.allowedFolders, input.directory), new Date())
      return recentWorkspaces(context)
    }),
    remove: area.recent.remove.handler(async ({ input, context }) => {
      await removeRecent(context, input.directory)
      return recentWorkspaces(context)
    }),
  },
  sample: area.sample.handler(async ({ input, context }) => {
    const { workspacesDirectory } = studioHostOf(context)
    const wanted = input.directory ?? (await freeFolder(join(workspacesDirectory, 'sample')))
    const directory = await allowedPath(context.allowedFolders, resolve(wanted))
    await writeSampleWorkspace(directory, SAMPLE)
    return { directory }
  }),
  browse: area.browse.handler(({ input, context }) => browse(input, context.allowedFolders)),
  settings: {
    get: area.settings.get.handler(({ context }) => readSettings(context)),
    set: area.settings.set.handler(({ input, context }) => writeSettings(context, input)),
  },
  licences: area.licences.handler(() => licences()),
}
