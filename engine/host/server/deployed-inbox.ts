import { Failure } from '../../contract/failure.ts'
import type { JobFile } from '../../contract/job-file.ts'
import type { FileWatchPorts } from '../../jobs/watch-files.ts'
import type { Deployment } from '../../store/deployments.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import { openSession } from '../router/open-connection.ts'

export interface DeployedInboxParts {
  readonly jobFile: (deployment: Deployment) => Promise<JobFile>
  readonly secrets: SecretStore
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** Opens connections of deployments for jobs that wait for files. @throws Failure `watch.not_files` */
export function deployedInbox({ jobFile, secrets, variables }: DeployedInboxParts): FileWatchPorts['openInbox'] {
  return async (deployment, connection) => {
    const workspace = await loadWorkspace(deployment.directory)
    const environment = environmentOf(workspace, (await jobFile(deployment)).environment)
    const session = await openSession({ workspace, environment, secrets, variables }, connection)
    const { inbox } = session
    if (inbox !== undefined) return { ...inbox, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() }
    await session[Symbol.asyncDispose]()
    throw new Failure('watch.not_files', { connection })
  }
}
