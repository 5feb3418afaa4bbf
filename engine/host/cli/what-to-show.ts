import { resolve } from 'node:path'
import { datasetRefSchema } from '../../contract/dataset.ts'
import { pathExists } from '../../os/path-exists.ts'
import type { CommandCall } from './command.ts'

/** A file that exists is a file; else `connection:name` inside a workspace is a dataset; anything else can only be a file. */
export async function whatToShow({
  values,
  terminal,
  workspaceDirectory,
}: CommandCall): Promise<{ dataset: string } | { file: string; kind?: string; dataset?: string }> {
  const text = values.at(0)
  const file = resolve(terminal.directory, text)
  const isThere = await pathExists(file)
  if (!isThere && workspaceDirectory !== undefined && datasetRefSchema.safeParse(text).success) return { dataset: text }
  const [kind, dataset] = [values.text('kind'), values.text('dataset')]
  return { file, ...(kind === undefined ? {} : { kind }), ...(dataset === undefined ? {} : { dataset }) }
}
