import { posix, win32 } from 'node:path'
import type { Finding } from '../contract/api/server.ts'
import { environmentOf } from '../workspace/resolve-connection.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { finding } from './findings.ts'

/** The settings in which connectors of files say where those are. */
const PATH_SETTINGS = ['folder', 'file']

/**
 * An error for each path of a connection that is relative: on a server it would lie inside the deployed version, where a target's
 * rows are left behind by the next push. A path that begins with `${env:NAME}` is the server's own.
 */
export function relativePathFindings(
  workspace: Workspace,
  connection: string,
  environment: string | undefined,
): Finding[] {
  const name = environmentOf(workspace, environment)
  const overrides = name === undefined ? undefined : workspace.environments.get(name)?.connections
  const own = overrides !== undefined && Object.hasOwn(overrides, connection) ? overrides[connection] : {}
  const settings = { ...workspace.connections.get(connection)?.settings, ...own }
  return PATH_SETTINGS.flatMap((field) => {
    const path = settings[field]
    if (typeof path !== 'string' || path.startsWith('${') || posix.isAbsolute(path) || win32.isAbsolute(path)) return []
    return [
      finding('error', connection, {
        en: `Connection ${connection} has the relative ${field} ${path}, which a server does not have. Give an absolute path, or \${env:NAME}, in an environment and push with --env.`,
        zh: `连接 ${connection} 的 ${field} 是相对路径 ${path}，服务器上没有该路径。请在环境文件中写绝对路径或 \${env:NAME}，并使用 --env 推送。`,
      }),
    ]
  })
}
