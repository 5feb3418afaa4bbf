import { resolve } from 'node:path'
import { allowedPath } from '../allowed-folders.ts'
import type { HostContext } from '../context.ts'

/** Where an export goes; a relative path begins at the workspace. @throws Failure `file.outside_folder` */
export function exportPath({ workspaceDirectory, allowedFolders }: HostContext, file: string): Promise<string> {
  return allowedPath(allowedFolders, resolve(workspaceDirectory ?? allowedFolders?.[0] ?? process.cwd(), file))
}
