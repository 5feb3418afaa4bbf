import { readFile, rm } from 'node:fs/promises'
import { Failure } from '../../contract/failure.ts'
import { pathExists } from '../../os/path-exists.ts'
import { fileOf, type NamedFolder } from '../../workspace/layout.ts'
import { unknownName } from '../../workspace/resolve-connection.ts'
import { digestOf, type SaveRequest, saveFile } from '../../workspace/save.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { pathInWorkspace } from './authoring/workspace-path.ts'

export interface NamedFileSave {
  readonly content: SaveRequest['content']
  /** Without it the file must be new. */
  readonly expectedDigest?: string | undefined
}

/** Documents in name order. A file that cannot be read has none. */
export function listNamed<Document>(
  documents: ReadonlyMap<string, Document>,
  { problems }: Workspace,
  folder: NamedFolder,
): { name: string; document?: Document }[] {
  const broken = problems
    .map(({ file }) => file.match(/^(.+)\/([^/]+)\.yaml$/))
    .flatMap((match) => (match?.[1] === folder && match[2] !== undefined ? [match[2]] : []))
  const names = [...new Set([...documents.keys(), ...broken])].toSorted((a, b) => (a < b ? -1 : 1))
  return names.map((name) => {
    const document = documents.get(name)
    return { name, ...(document === undefined ? {} : { document }) }
  })
}

/** @throws Failure `workspace.name_unknown` */
export async function readNamed<Document>(
  documents: ReadonlyMap<string, Document>,
  { directory }: Workspace,
  {
    folder,
    kind,
    name,
  }: { readonly folder: NamedFolder; readonly kind: Parameters<typeof unknownName>[0]; readonly name: string },
): Promise<{ document?: Document; text: string; digest: string }> {
  const path = await pathInWorkspace(directory, fileOf(folder, name))
  const text = await readFile(path, 'utf8').catch(() => unknownName(kind, name, documents))
  const document = documents.get(name)
  return { text, digest: digestOf(text), ...(document === undefined ? {} : { document }) }
}

/** @throws Failure `workspace.file_changed` for a new file that is already there, and those of `saveFile` */
export async function saveNamed(
  { directory }: Workspace,
  folder: NamedFolder,
  name: string,
  { content, expectedDigest }: NamedFileSave,
): Promise<{ file: string; digest: string }> {
  const file = fileOf(folder, name)
  if (expectedDigest === undefined && (await pathExists(await pathInWorkspace(directory, file)))) {
    throw new Failure('workspace.file_changed', { file })
  }
  const request = { directory, folder, name, content }
  return saveFile(expectedDigest === undefined ? request : { ...request, expectedDigest })
}

export async function removeNamed(
  { directory }: Workspace,
  folder: NamedFolder,
  name: string,
): Promise<{ removed: boolean }> {
  const path = await pathInWorkspace(directory, fileOf(folder, name))
  const removed = await pathExists(path)
  await rm(path, { force: true })
  return { removed }
}
