import { z } from 'zod'
import { type Position, parseFile } from './parse-file.ts'
import { readWorkspaceText } from './read-file.ts'

/** Line and column of a path inside a file of the workspace; the file's beginning when it cannot be read. */
export async function locateInFile(root: string, file: string, path: readonly PropertyKey[]): Promise<Position> {
  const read = await readWorkspaceText(root, file, 'en')
  if ('problem' in read) return { line: 1, column: 1 }
  return parseFile({ file, text: read.text, schema: z.unknown(), language: 'en' }).locate(path)
}
