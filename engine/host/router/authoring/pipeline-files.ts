import { lstat, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../../../contract/failure.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import { syncPath } from '../../../os/durable-file.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { unknownName } from '../../../workspace/resolve-connection.ts'
import { saveFile } from '../../../workspace/save.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { discardDraft, moveDraft } from './draft-store.ts'
import { pathInWorkspace } from './workspace-path.ts'

/** @throws Failure `workspace.name_taken`, `workspace.name_invalid` */
export async function createPipeline(
  { directory }: Workspace,
  name: string,
  document: PipelineFile = { version: 1, nodes: {} },
): Promise<{ file: string; digest: string }> {
  await requireFree(directory, name)
  return saveFile({ directory, folder: 'pipelines', name, content: { document } })
}

/** Removes the file first: what is left of a crash in between belongs to no pipeline. */
export async function removePipeline(workspace: Workspace, name: string): Promise<string[]> {
  const files = await filesOf(workspace, name)
  for (const file of files) {
    await rm(await pathInWorkspace(workspace.directory, file), { force: true })
    await discardDraft(workspace.directory, file)
  }
  await syncPath(dirname(await pathInWorkspace(workspace.directory, fileOf('pipelines', name))))
  return files
}

/**
 * Moves layout and tests before the file itself, so that the old name stays whole until the end. The draft goes with them.
 * @throws Failure `workspace.name_taken` when any of the new names is another file's; nothing was moved then
 */
export async function renamePipeline(
  workspace: Workspace,
  name: string,
  to: string,
): Promise<{ renamed: string[]; usedBy: string[] }> {
  const { directory } = workspace
  const files = await filesOf(workspace, name)
  if (name === to) await requireFree(directory, to)
  const moves = files.map((file) => ({ file, wanted: movedName(file, name, to) }))
  for (const { file, wanted } of moves) await requireFreeFor(directory, file, wanted)
  for (const { file, wanted } of moves.toReversed()) {
    await rename(await pathInWorkspace(directory, file), await pathInWorkspace(directory, wanted))
  }
  await syncPath(dirname(await pathInWorkspace(directory, fileOf('pipelines', to))))
  await moveDraft(directory, fileOf('pipelines', name), fileOf('pipelines', to))
  const users = [...workspace.jobs].filter(([, { steps }]) =>
    steps.some((step) => 'pipeline' in step && step.pipeline === name),
  )
  return { renamed: moves.map(({ wanted }) => wanted), usedBy: users.map(([job]) => job) }
}

function movedName(file: string, name: string, to: string): string {
  return fileOf('pipelines', to).replace(/\.yaml$/, file.slice(`pipelines/${name}`.length))
}

/** The pipeline's file, then those that stand beside it. */
async function filesOf({ directory, pipelines }: Workspace, name: string): Promise<string[]> {
  const file = fileOf('pipelines', name)
  if (!(await pathExists(await pathInWorkspace(directory, file)))) unknownName('pipeline', name, pipelines)
  const beside = [file.replace(/yaml$/, 'tests.yaml'), file.replace(/yaml$/, 'layout.json')]
  const found = [file]
  for (const other of beside) if (await pathExists(await pathInWorkspace(directory, other))) found.push(other)
  return found
}

async function requireFree(directory: string, name: string): Promise<void> {
  const file = fileOf('pipelines', name)
  if (await pathExists(await pathInWorkspace(directory, file))) throw new Failure('workspace.name_taken', { file })
}

/**
 * Whether names that differ in case only are one file is the disk's to say, not the names': a file that stands under the new
 * name must be the very file that is moved.
 */
async function requireFreeFor(directory: string, file: string, wanted: string): Promise<void> {
  const there = await fileIdentity(await pathInWorkspace(directory, wanted))
  if (there === undefined) return
  if (there !== (await fileIdentity(await pathInWorkspace(directory, file)))) {
    throw new Failure('workspace.name_taken', { file: wanted })
  }
}

/** Tells files apart however they are called; undefined where there is none. */
async function fileIdentity(path: string): Promise<string | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined)
  return found === undefined ? undefined : `${found.dev}:${found.ino}`
}
