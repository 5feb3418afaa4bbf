import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { kindOfFile } from '../../../connectors/all.ts'
import type { BrowseEntry } from '../../../contract/api/studio.ts'
import { Failure } from '../../../contract/failure.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { WORKSPACE_FILE } from '../../../workspace/layout.ts'
import { allowedPath, isAllowed } from '../allowed-folders.ts'

export interface BrowseRequest {
  readonly directory?: string | undefined
  readonly extensions?: readonly string[] | undefined
  readonly showHidden?: boolean | undefined
}

export interface BrowsedFolder {
  readonly directory: string
  readonly parent?: string
  readonly entries: BrowseEntry[]
  readonly isCut: boolean
}

const MOST_ENTRIES = 10_000

/**
 * What lies in a folder. Where only some folders are allowed, it starts at the first of them and links out of them are not shown.
 * @throws Failure `file.outside_folder`, `folder.unreadable`
 */
export async function browse(request: BrowseRequest, allowed: readonly string[] | undefined): Promise<BrowsedFolder> {
  const directory = await allowedPath(allowed, resolve(request.directory ?? allowed?.[0] ?? homedir()))
  const names = await namesIn(directory)
  const wanted = names.filter((name) => request.showHidden === true || !name.startsWith('.'))
  const entries: BrowseEntry[] = []
  for (const name of wanted.slice(0, MOST_ENTRIES)) {
    const entry = await describe(join(directory, name), name)
    if (entry === undefined || !isWanted(entry, request.extensions)) continue
    if (await isAllowed(allowed, entry.path)) entries.push(entry)
  }
  const parent = dirname(directory)
  const hasParent = parent !== directory && (await isAllowed(allowed, parent))
  return {
    directory,
    ...(hasParent ? { parent } : {}),
    entries: entries.toSorted(foldersFirst),
    isCut: wanted.length > MOST_ENTRIES,
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Failure('folder.unreadable', { directory, reason }, { cause })
  }
}

/** Undefined for what is neither a file nor a folder, and for a link to nothing. */
async function describe(path: string, name: string): Promise<BrowseEntry | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) {
    const isWorkspace = await pathExists(join(path, WORKSPACE_FILE))
    return { name, path, kind: 'folder', ...(isWorkspace ? { isWorkspace } : {}) }
  }
  if (found?.isFile() !== true) return undefined
  const opensWith = kindOfFile(name)
  return {
    name,
    path,
    kind: 'file',
    sizeBytes: found.size,
    modifiedAt: found.mtime.toISOString(),
    ...(opensWith === undefined ? {} : { opensWith }),
  }
}

function isWanted({ kind, name }: BrowseEntry, extensions: readonly string[] | undefined): boolean {
  if (kind === 'folder' || extensions === undefined) return true
  const lower = name.toLowerCase()
  return extensions.some((extension) => lower.endsWith(extension.toLowerCase()) && extname(lower) !== '')
}

function foldersFirst(a: BrowseEntry, b: BrowseEntry): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1
  return a.name.localeCompare(b.name, undefined, { numeric: true })
}
