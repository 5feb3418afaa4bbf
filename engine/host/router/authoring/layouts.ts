import { readFile } from 'node:fs/promises'
import { type LayoutFile, layoutFileSchema } from '../../../contract/layout-file.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { fileOf } from '../../../workspace/layout.ts'
import { pathInWorkspace } from './workspace-path.ts'

/** `pipelines/<name>.layout.json`. */
function layoutFileOf(pipeline: string): string {
  return fileOf('pipelines', pipeline).replace(/yaml$/, 'layout.json')
}

/** The saved layout; an empty one when there is none or it is no layout: a canvas can always be laid out anew. */
export async function readLayout(directory: string, pipeline: string): Promise<LayoutFile> {
  const empty: LayoutFile = { version: 1, nodes: {}, notes: [], groups: [] }
  try {
    const text = await readFile(await pathInWorkspace(directory, layoutFileOf(pipeline)), 'utf8')
    return layoutFileSchema.catch(empty).parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      return empty
    }
    throw error
  }
}

/** Nodes in name order, so that a commit shows only what moved. */
export async function writeLayout(directory: string, pipeline: string, layout: LayoutFile): Promise<string> {
  const file = layoutFileOf(pipeline)
  const nodes = Object.fromEntries(Object.entries(layout.nodes).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const path = await pathInWorkspace(directory, file)
  await writeFileDurably(path, `${JSON.stringify({ ...layout, nodes }, null, 2)}\n`)
  return file
}
