import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { nearestName } from '../../base/suggest.ts'
import type { EngineClient } from '../../contract/api.ts'
import { Failure } from '../../contract/failure.ts'
import { writeFileDurably } from '../../os/durable-file.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import { connectRemote } from '../http/remote-engine.ts'
import type { HostContext } from './context.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

const fileSchema = z.array(
  z.object({
    name: z.string(),
    url: z.string(),
    /** PEM of the private authorities that vouch for it. */
    ca: z.string().optional(),
  }),
)
export type KnownServer = z.infer<typeof fileSchema>[number]

/** The servers a workspace knows; their tokens are secrets and not in this file. */
export async function readServers(workspaceDirectory: string): Promise<KnownServer[]> {
  const text = await readFile(pathIn(workspaceDirectory), 'utf8').catch(() => '[]')
  return fileSchema.parse(JSON.parse(text))
}

export async function saveServer(workspaceDirectory: string, server: KnownServer): Promise<void> {
  const others = (await readServers(workspaceDirectory)).filter(({ name }) => name !== server.name)
  const all = [...others, server].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  await writeFileDurably(pathIn(workspaceDirectory), `${JSON.stringify(all, null, 2)}\n`)
}

/** Whether it was known. */
export async function forgetServer(workspaceDirectory: string, name: string): Promise<boolean> {
  const all = await readServers(workspaceDirectory)
  const others = all.filter((server) => server.name !== name)
  if (others.length === all.length) return false
  await writeFileDurably(pathIn(workspaceDirectory), `${JSON.stringify(others, null, 2)}\n`)
  return true
}

/** Name of the secret that holds a server's token. */
export function tokenSecret(server: string): string {
  return `server.${server}.token`
}

/**
 * A server the workspace knows, ready to be called.
 * @throws Failure `server.unknown`, `secret.missing`
 */
export async function knownServer(context: HostContext, name: string): Promise<EngineClient> {
  const workspace = await openWorkspace(context)
  const servers = await readServers(workspace.directory)
  const server = servers.find((candidate) => candidate.name === name)
  if (server === undefined) {
    const suggestion = nearestName(
      name,
      servers.map((candidate) => candidate.name),
    )
    throw new Failure('server.unknown', { name, ...(suggestion === undefined ? {} : { suggestion }) })
  }
  const token = await secretsOf(workspace, context).get(tokenSecret(name))
  if (token === undefined) throw new Failure('secret.missing', { name: tokenSecret(name) })
  return connectRemote({ name, url: server.url, token, ...(server.ca === undefined ? {} : { ca: server.ca }) })
}

function pathIn(workspaceDirectory: string): string {
  return join(workspaceDirectory, STATE_FOLDER, 'servers.json')
}
