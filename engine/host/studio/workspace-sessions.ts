import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import type { RunLimits } from '../../contract/job-file.ts'
import type { Language } from '../../contract/localized.ts'
import { pathExists } from '../../os/path-exists.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import { findWorkspace } from '../../workspace/load.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import type { HostContext } from '../router/context.ts'
import { applyExtensions, runLimits } from '../router/studio/settings.ts'
import type { StudioHost } from '../router/studio/studio-host.ts'
import { type LocalWork, localWork } from '../worker/local-work.ts'
import type { OpenWorkerProcess } from '../worker/worker-process.ts'

export interface SessionOptions {
  readonly language: Language
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Gives the key of the secrets file where the system's key store cannot be used. */
  readonly askKey?: AskKey
  /** Only workspaces and files inside these are reached. Absent for a person at their own machine. */
  readonly allowedFolders?: readonly string[]
  /** How a run gets its process; a fork of this one's Node when absent. */
  readonly openWorker?: OpenWorkerProcess
  /** Where the host keeps its settings; found out from its folders when absent. */
  readonly studio?: StudioHost
}

export interface WorkspaceSessions {
  /**
   * What one connection of a studio works with: the workspace in `directory`, or none.
   *
   * Sessions of one workspace share what it runs.
   * @throws Failure `workspace.missing`, `file.outside_folder`
   */
  open(directory: string | undefined, actor: string): Promise<HostContext>
}

/** The studio's side of a host: every window or browser tab has a session, in a workspace or in none. */
export function workspaceSessions(options: SessionOptions): WorkspaceSessions {
  const { language, variables, askKey, allowedFolders, openWorker, studio } = options
  const workOf = new Map<string, LocalWork>()
  const everywhere = {
    language,
    variables,
    ...(askKey === undefined ? {} : { askKey }),
    ...(allowedFolders === undefined ? {} : { allowedFolders }),
    ...(studio === undefined ? {} : { studio }),
  }
  const limits = (): Promise<RunLimits> => runLimits(everywhere)
  const process = openWorker === undefined ? {} : { openWorker }
  return {
    open: async (directory, actor) => {
      // With its database: a host that waits for its first caller starts without.
      const { openResources } = await import('../router/resources.ts')
      await applyExtensions(everywhere)
      if (directory === undefined)
        return { ...everywhere, workspaceDirectory: undefined, resources: openResources(), actor }
      const workspaceDirectory = await requireWorkspace(directory, allowedFolders)
      const work =
        workOf.get(workspaceDirectory) ?? localWork({ ...everywhere, ...process, limits, workspaceDirectory })
      if (!workOf.has(workspaceDirectory)) takeUpSyncs(work, workspaceDirectory)
      workOf.set(workspaceDirectory, work)
      return { ...everywhere, workspaceDirectory, ...work, resources: openResources(), actor }
    },
  }
}

/** A page that opens is not held up by syncs. */
const TAKE_UP_MS = 1_500

/** Goes on with the syncs that were running when the last host of this workspace ended. */
function takeUpSyncs(work: LocalWork, directory: string): void {
  const look = async (): Promise<void> => {
    if (await pathExists(join(directory, STATE_FOLDER, 'state.sqlite'))) (await work.syncs()).runner.takeUp()
  }
  // A state file that cannot be read is told by whoever asks for runs or syncs.
  setTimeout(() => void look().catch(() => undefined), TAKE_UP_MS).unref()
}

/** One spelling for one folder: its runs must have one owner in this process. */
async function requireWorkspace(directory: string, allowed: readonly string[] | undefined): Promise<string> {
  const real = await realpath(resolve(directory)).catch(() => undefined)
  if (real === undefined || (await findWorkspace(real)) !== real) throw new Failure('workspace.missing', { directory })
  if (allowed === undefined) return real
  for (const folder of allowed) {
    const inside = relative(await realpath(folder).catch(() => folder), real)
    if (!inside.startsWith('..') && !isAbsolute(inside)) return real
  }
  throw new Failure('file.outside_folder', { file: directory })
}
