import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProfileEntry } from '../../../contract/api/profiles.ts'
import { Failure } from '../../../contract/failure.ts'
import { type Profile, profileSchema } from '../../../contract/profile/profile.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { STATE_FOLDER } from '../../../workspace/layout.ts'
import type { Workspace } from '../../../workspace/workspace.ts'

/** Profiles of one dataset that are kept. */
const MOST = 50

type Place = Pick<Workspace, 'directory'>

/** Keeps a profile; the oldest ones of the same dataset go. */
export async function storeProfile(workspace: Place, profile: Profile): Promise<void> {
  const folder = folderOf(workspace, profile.dataset)
  await writeFileDurably(join(folder, `${profile.id}.json`), JSON.stringify(profile))
  const ids = await idsIn(folder)
  for (const id of ids.slice(MOST)) await rm(join(folder, `${id}.json`), { force: true })
}

/** Newest first. */
export async function listProfiles(workspace: Place, dataset: string | undefined): Promise<ProfileEntry[]> {
  const folders =
    dataset === undefined
      ? (await readdir(root(workspace)).catch(() => [])).map((name) => join(root(workspace), name))
      : [folderOf(workspace, dataset)]
  const entries: ProfileEntry[] = []
  for (const folder of folders) {
    for (const id of await idsIn(folder)) {
      const profile = await readProfile(folder, id)
      if (profile !== undefined) entries.push(entryOf(profile))
    }
  }
  return entries.toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

/** @param id the newest when absent @throws Failure `profile.missing` */
export async function findProfile(
  workspace: Place,
  { dataset, id }: { dataset: string; id?: string | undefined },
): Promise<Profile> {
  const folder = folderOf(workspace, dataset)
  const ids = await idsIn(folder)
  const wanted = id === undefined ? ids[0] : ids.find((known) => known === id)
  const profile = wanted === undefined ? undefined : await readProfile(folder, wanted)
  if (profile === undefined) throw new Failure('profile.missing', { dataset, id: id ?? 'last' })
  return profile
}

/** Whether there was one. */
export async function removeProfile(
  workspace: Place,
  { dataset, id }: { dataset: string; id: string },
): Promise<boolean> {
  const folder = folderOf(workspace, dataset)
  if (!(await idsIn(folder)).includes(id)) return false
  await rm(join(folder, `${id}.json`), { force: true })
  return true
}

function root({ directory }: Place): string {
  return join(directory, STATE_FOLDER, 'profiles')
}

/** A dataset's name may hold anything that a folder's may not. */
function folderOf(workspace: Place, dataset: string): string {
  return join(root(workspace), createHash('sha256').update(dataset).digest('hex').slice(0, 32))
}

/** Identifiers sort by their time; newest first. */
async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => /^[0-9a-z]+\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted((a, b) => (a < b ? 1 : -1))
}

/** Undefined for a file that cannot be read as a profile: state is never what stops work. */
async function readProfile(folder: string, id: string): Promise<Profile | undefined> {
  try {
    return profileSchema.parse(JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')))
  } catch {
    return undefined
  }
}

function entryOf({ id, dataset, takenAt, scope, basis, findings }: Profile): ProfileEntry {
  return { id, dataset, takenAt, scope, isSample: basis.isSample, findings: findings.length }
}
