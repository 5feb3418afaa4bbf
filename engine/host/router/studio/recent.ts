import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { RecentWorkspace } from '../../../contract/api/studio.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { WORKSPACE_FILE } from '../../../workspace/layout.ts'
import { loadWorkspace } from '../../../workspace/load.ts'
import { isAllowed } from '../allowed-folders.ts'
import type { HostContext } from '../context.ts'
import { studioHostOf } from './host-of.ts'

const fileSchema = z.array(z.object({ directory: z.string(), name: z.string(), openedAt: z.string() }))
type Entry = z.infer<typeof fileSchema>[number]

const MOST_ENTRIES = 30

/** Workspaces that were opened, last opened first; those a session may not reach are left out. */
export async function recentWorkspaces(context: HostContext): Promise<RecentWorkspace[]> {
  const shown: RecentWorkspace[] = []
  for (const entry of await readEntries(context)) {
    if (!(await isAllowed(context.allowedFolders, entry.directory))) continue
    shown.push({ ...entry, isThere: await pathExists(join(entry.directory, WORKSPACE_FILE)) })
  }
  return shown
}

/** @throws Failure `workspace.missing` when the folder holds none */
export async function addRecent(context: HostContext, directory: string, now: Date): Promise<void> {
  const path = resolve(directory)
  const { file } = await loadWorkspace(path, context.language)
  const others = (await readEntries(context)).filter((entry) => entry.directory !== path)
  const name = file.name === '' ? basename(path) : file.name
  const entries = [{ directory: path, name, openedAt: now.toISOString() }, ...others].slice(0, MOST_ENTRIES)
  await writeEntries(context, entries)
}

/** Forgets a workspace; its folder stays. */
export async function removeRecent(context: HostContext, directory: string): Promise<void> {
  const path = resolve(directory)
  await writeEntries(
    context,
    (await readEntries(context)).filter((entry) => entry.directory !== path),
  )
}

async function readEntries(context: HostContext): Promise<Entry[]> {
  const text = await readFile(fileOf(context), 'utf8').catch(() => '[]')
  try {
    return fileSchema.parse(JSON.parse(text))
  } catch {
    return []
  }
}

async function writeEntries(context: HostContext, entries: readonly Entry[]): Promise<void> {
  await writeFileDurably(fileOf(context), `${JSON.stringify(entries, null, 2)}\n`)
}

function fileOf(context: HostContext): string {
  return join(studioHostOf(context).dataDirectory, 'recent.json')
}
