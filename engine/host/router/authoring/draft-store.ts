import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DraftEntry } from '../../../contract/api/drafts.ts'
import { Failure } from '../../../contract/failure.ts'
import { layoutFileSchema } from '../../../contract/layout-file.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { isFileName, NAMED_FILES, STATE_FOLDER, WORKSPACE_FILE } from '../../../workspace/layout.ts'
import { readWorkspaceText } from '../../../workspace/read-file.ts'
import { digestOf } from '../../../workspace/save.ts'
import { pathInWorkspace } from './workspace-path.ts'

const storedSchema = z.object({
  version: z.literal(1),
  file: z.string(),
  savedAt: z.string(),
  text: z.string(),
  baseDigest: z.string().optional(),
  layout: layoutFileSchema.optional(),
})

export type DraftToKeep = Pick<z.infer<typeof storedSchema>, 'file' | 'text' | 'baseDigest' | 'layout'>

const FOLDER = `${STATE_FOLDER}/drafts`

/**
 * Keeps unsaved work, flushed to the disk before this returns.
 * @throws Failure `workspace.name_invalid` for what cannot be a file of a workspace
 */
export async function saveDraft(directory: string, draft: DraftToKeep): Promise<string> {
  const savedAt = new Date().toISOString()
  const path = await draftPath(directory, draft.file)
  await writeFileDurably(path, JSON.stringify({ version: 1, ...draft, savedAt }))
  return savedAt
}

/** Newest first. A file that is no draft is passed over. */
export async function listDrafts(directory: string): Promise<DraftEntry[]> {
  const folder = join(directory, FOLDER)
  const entries = await readdir(folder).catch(() => [])
  const drafts: DraftEntry[] = []
  for (const entry of entries.filter((name) => name.endsWith('.json'))) {
    const stored = await readFile(join(folder, entry), 'utf8').then(parsed, () => undefined)
    if (stored === undefined) continue
    const { version: _version, ...draft } = stored
    const base = await readWorkspaceText(directory, draft.file, 'en')
    const digest = 'text' in base ? digestOf(base.text) : undefined
    drafts.push({ ...draft, isBaseChanged: digest !== draft.baseDigest })
  }
  return drafts.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
}

/** The draft of a file that was renamed goes with it. */
export async function moveDraft(directory: string, file: string, to: string): Promise<void> {
  const path = await draftPath(directory, file)
  const stored = await readFile(path, 'utf8').then(parsed, () => undefined)
  if (stored === undefined) return
  await writeFileDurably(await draftPath(directory, to), JSON.stringify({ ...stored, file: to }))
  await rm(path, { force: true })
}

/** Gives whether there was one. */
export async function discardDraft(directory: string, file: string): Promise<boolean> {
  const path = await draftPath(directory, file)
  const existed = await readFile(path).then(
    () => true,
    () => false,
  )
  await rm(path, { force: true })
  return existed
}

/** Names of workspace files may differ in case only or be too long for a file name with an ending: a digest is neither. */
async function draftPath(directory: string, file: string): Promise<string> {
  if (!isWorkspaceFile(file)) throw new Failure('workspace.name_invalid', { name: file })
  return pathInWorkspace(directory, `${FOLDER}/${createHash('sha256').update(file).digest('hex')}.json`)
}

function isWorkspaceFile(file: string): boolean {
  if (file === WORKSPACE_FILE) return true
  const [folder = '', name = '', ...more] = file.split('/')
  return more.length === 0 && Object.hasOwn(NAMED_FILES, folder) && isFileName(name)
}

function parsed(text: string): z.infer<typeof storedSchema> | undefined {
  try {
    return storedSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
