import { homedir } from 'node:os'
import { join } from 'node:path'
import type { HostContext } from '../context.ts'
import type { StudioHost } from './studio-host.ts'

/** The host a context names, else that of a person at a terminal: the folders that the system has for such things. */
export function studioHostOf({
  studio,
  allowedFolders,
  variables,
}: Pick<HostContext, 'studio' | 'allowedFolders' | 'variables'>): StudioHost {
  if (studio !== undefined) return studio
  const [first] = allowedFolders ?? []
  // What a browser's session writes lies in its folders; there is no home that is only its own.
  if (first !== undefined) {
    return { kind: 'server', dataDirectory: join(first, '.runnel-studio'), workspacesDirectory: first }
  }
  return {
    kind: 'terminal',
    dataDirectory: variables['RUNNEL_HOME'] ?? userDataDirectory(variables),
    workspacesDirectory: join(homedir(), 'Runnel'),
  }
}

function userDataDirectory(variables: HostContext['variables']): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Runnel')
  if (process.platform === 'win32') return join(variables['APPDATA'] ?? homedir(), 'Runnel')
  return join(variables['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'runnel')
}
