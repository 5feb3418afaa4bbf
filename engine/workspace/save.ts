import { createHash } from 'node:crypto'
import { mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { z } from 'zod'
import { Failure } from '../contract/failure.ts'
import { writeFileDurably } from '../os/durable-file.ts'
import { fileOf, NAMED_FILES, type NamedFolder } from './layout.ts'
import { requireSound } from './load.ts'
import { parseFile } from './parse-file.ts'
import { editYaml, printYaml } from './write-yaml.ts'

export interface SaveRequest {
  readonly directory: string
  readonly folder: NamedFolder
  readonly name: string
  /** The whole document as a value (comments of the file are kept), or as text (taken as it is). */
  readonly content: { readonly document: unknown } | { readonly text: string }
  /** What `digestOf` gave when the file was read; another text in the file by now is a conflict. */
  readonly expectedDigest?: string
}

/**
 * Writes one file of the workspace durably and gives its new digest. Nothing is written when it would not load again.
 * @throws Failure `workspace.invalid` with line and path, `workspace.file_changed`, `workspace.name_invalid`.
 */
export async function saveFile(request: SaveRequest): Promise<{ file: string; digest: string }> {
  const file = fileOf(request.folder, request.name)
  const path = await writablePath(request.directory, file)
  const old = await readFile(path, 'utf8').catch(() => undefined)
  if (request.expectedDigest !== undefined && (old === undefined || digestOf(old) !== request.expectedDigest)) {
    throw new Failure('workspace.file_changed', { file })
  }
  const text = textOf(request.content, old)
  const schema: z.ZodType = NAMED_FILES[request.folder]
  requireSound(parseFile({ file, text, schema, language: 'en' }))
  if (text !== old) await writeFileDurably(path, text)
  return { file, digest: digestOf(text) }
}

/** SHA-256 of a file's text, in hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function textOf(content: SaveRequest['content'], old: string | undefined): string {
  if ('text' in content) return content.text
  return old === undefined ? printYaml(content.document) : editYaml(old, content.document)
}

/** The absolute path, its folder made; a folder that is a link out of the workspace is refused. */
async function writablePath(directory: string, file: string): Promise<string> {
  const root = await realpath(directory)
  const folder = join(root, dirname(file))
  await mkdir(folder, { recursive: true })
  const real = await realpath(folder)
  const target = await realpath(join(root, file)).catch(() => join(real, file.slice(file.lastIndexOf('/') + 1)))
  if (!target.startsWith(`${root}${sep}`)) throw new Failure('file.outside_folder', { file })
  return target
}
