import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Failure } from '../contract/failure.ts'
import type { Language } from '../contract/localized.ts'
import { fillText } from './parse-file.ts'

const FILE_LIMIT_BYTES = 4 * 1024 * 1024

/** The text of a file, or why it must not or cannot be read. */
export type ReadText = { readonly text: string } | { readonly problem: string }

/**
 * Reads a file of the workspace as UTF-8. Refuses links that leave the folder, what is not a regular file (a pipe would
 * hang), what is too large, and bytes that are not UTF-8.
 * @param root the workspace's folder, free of symlinks
 */
export async function readWorkspaceText(root: string, file: string, language: Language): Promise<ReadText> {
  try {
    const path = await realpath(join(root, file))
    if (!path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
      return { problem: fillText('outside', language, {}) }
    // Non-blocking: opening a named pipe would otherwise wait for a writer.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const found = await handle.stat()
    if (!found.isFile()) return { problem: fillText('notAFile', language, {}) }
    if (found.size > FILE_LIMIT_BYTES) return { problem: fillText('tooLarge', language, { limit: FILE_LIMIT_BYTES }) }
    return decode(await handle.readFile(), language)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') return { problem: fillText('missing', language, {}) }
    return { problem: fillText('unreadable', language, { reason: code }) }
  }
}

/**
 * The text of a file that was there when the workspace was loaded.
 * @throws Failure `workspace.invalid` when it went or changed its nature since
 */
export async function readFileText(root: string, file: string): Promise<string> {
  const read = await readWorkspaceText(root, file, 'en')
  if ('text' in read) return read.text
  throw new Failure('workspace.invalid', { problems: `${file}: ${read.problem}` })
}

function decode(bytes: Uint8Array, language: Language): ReadText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: fillText('encoding', language, {}) }
  }
}
