import { Failure } from '../../contract/failure.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { openSecrets } from '../../workspace/secrets/open-secrets.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { HostContext } from './context.ts'

/** The workspace of the engine as its files are now. */
export async function openWorkspace(context: HostContext): Promise<Workspace> {
  if (context.workspaceDirectory === undefined) throw new Failure('workspace.missing', { directory: process.cwd() })
  return loadWorkspace(context.workspaceDirectory, context.language)
}

/** The secrets that belong to a workspace. */
export function secretsOf(workspace: Workspace, context: HostContext): SecretStore {
  return openSecrets(secretsRequest(workspace, context))
}

export function secretsRequest(workspace: Workspace, context: HostContext): Parameters<typeof openSecrets>[0] {
  return {
    ...(context.secrets ?? { directory: workspace.directory, scope: workspace.file.name }),
    variables: context.variables,
    ...(context.askKey === undefined ? {} : { askKey: context.askKey }),
  }
}
