import type { OwnSettings } from '../../../contract/api/connections.ts'
import type { EnvironmentFile } from '../../../contract/connection-file.ts'
import type { Workspace } from '../../../workspace/workspace.ts'

/** What an environment says about a connection; nothing when there is no such environment, or it cannot be read. */
export function ownSettings(
  { environments }: Pick<Workspace, 'environments'>,
  environment: string,
  connection: string,
): OwnSettings {
  const all = environments.get(environment)?.connections ?? {}
  return Object.hasOwn(all, connection) ? (all[connection] ?? {}) : {}
}

/** The file with other settings for one connection; one that differs in nothing is not named in it. */
export function withOwnSettings(
  file: EnvironmentFile | undefined,
  connection: string,
  settings: OwnSettings,
): EnvironmentFile {
  const { connections: all = {}, ...rest } = file ?? { version: 1 as const }
  const { [connection]: _replaced, ...others } = all
  if (Object.keys(settings).length === 0)
    return Object.keys(others).length === 0 ? rest : { ...rest, connections: others }
  return { ...rest, connections: { ...all, [connection]: settings } }
}
