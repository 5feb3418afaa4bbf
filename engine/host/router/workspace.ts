import { implement } from '@orpc/server'
import { Secret } from '../../base/secret.ts'
import { workspaceProcedures } from '../../contract/api/workspace.ts'
import { createWorkspace } from '../../workspace/create.ts'
import { listWorkspaceFiles } from '../../workspace/list-files.ts'
import { chooseStore } from '../../workspace/secrets/open-secrets.ts'
import { allowedPath } from './allowed-folders.ts'
import { checkWorkspace } from './check-workspace.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { fileSchemas } from './file-schemas.ts'
import { openWorkspace, secretsRequest } from './open-workspace.ts'

const area = implement(workspaceProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const workspaceRouter = {
  create: area.create.handler(async ({ input, context }) => {
    const directory = await allowedPath(context.allowedFolders, input.directory)
    return { directory: await createWorkspace(directory, input.name) }
  }),
  open: area.open.handler(async ({ context }) => {
    const { directory, file, problems, ...maps } = await openWorkspace(context)
    return {
      directory,
      name: file.name,
      ...(file.environment === undefined ? {} : { environment: file.environment }),
      environments: [...maps.environments.keys()],
      connections: [...maps.connections.keys()],
      pipelines: [...maps.pipelines.keys()],
      jobs: [...maps.jobs.keys()],
      syncs: [...maps.syncs.keys()],
      problems: [...problems],
    }
  }),
  check: area.check.handler(async ({ context }) => {
    const workspace = await openWorkspace(context)
    const files = await listWorkspaceFiles(workspace.directory)
    return { files: files.length, problems: await checkWorkspace(workspace, context.language) }
  }),
  files: area.files.handler(async ({ context }) => listWorkspaceFiles((await openWorkspace(context)).directory)),
  schemas: area.schemas.handler(async () => fileSchemas()),
  setSecret: area.setSecret.handler(async ({ input, context }) => {
    const store = await chooseStore(secretsRequest(await openWorkspace(context), context))
    await store.set(input.name, new Secret(input.value))
    return { keptIn: store.kind }
  }),
}
