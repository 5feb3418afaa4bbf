import { join } from 'node:path'
import { implement } from '@orpc/server'
import { deployProcedures } from '../../contract/api/deploy.ts'
import { openSigningKey } from '../../deploy/keys.ts'
import { EXPORT_TARGETS } from '../../deploy/targets/all.ts'
import { writeFileDurably } from '../../os/durable-file.ts'
import { requirePushable } from '../../workspace/load.ts'
import { allowedPath } from './allowed-folders.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { jobSchemas } from './job-schemas.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

const area = implement(deployProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const deployRouter = {
  export: area.export.handler(async ({ input, context }) => {
    const { job, to, environment } = input
    const directory = await allowedPath(context.allowedFolders, input.directory)
    const workspace = await openWorkspace(context)
    requirePushable(workspace)
    const target = await EXPORT_TARGETS[to]()
    const files = await target.files({
      workspace,
      job,
      schemas: { version: 1, sources: await jobSchemas(context, workspace, job) },
      nowMs: Date.now(),
      signingKey: () => openSigningKey(secretsOf(workspace, context)),
      ...(environment === undefined ? {} : { environment }),
    })
    for (const { name, text } of files) await writeFileDurably(join(directory, name), text)
    return { directory, files: files.map(({ name }) => name) }
  }),
}
