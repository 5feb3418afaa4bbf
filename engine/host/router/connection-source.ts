import type { HostContext } from './context.ts'
import type { ConnectionSource } from './open-connection.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

/** The connections of the engine's workspace in one environment. */
export async function connectionSource(
  context: HostContext,
  environment: string | undefined,
): Promise<ConnectionSource> {
  const workspace = await openWorkspace(context)
  return {
    workspace,
    environment,
    secrets: secretsOf(workspace, context),
    variables: context.variables,
    ...(context.allowedFolders === undefined ? {} : { allowedFolders: context.allowedFolders }),
  }
}
