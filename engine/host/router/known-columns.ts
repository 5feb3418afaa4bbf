import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { KnownColumn } from '../../contract/api/connections.ts'
import type { Column } from '../../contract/column.ts'
import { writeFileDurably } from '../../os/durable-file.ts'
import { listSnapshots } from '../../run/snapshot.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { snapshotFolder } from './snapshot-folder.ts'

/** Name and type of each column by dataset reference. */
const seenSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])))
type Seen = z.infer<typeof seenSchema>

const FILE = 'columns.json'
/** Those that were seen longest ago are forgotten first. */
const MOST_DATASETS = 20_000

/** One write of a workspace after the other, so that none is lost. */
const writing = new Map<string, Promise<void>>()

/** Remembers the columns that a dataset was seen with, so that they are found later without asking its system. */
export function rememberColumns(
  { directory }: Pick<Workspace, 'directory'>,
  dataset: string,
  columns: readonly Column[],
): Promise<void> {
  const shown = columns.filter(({ hidden }) => hidden !== true).map(({ name, type }): [string, string] => [name, type])
  const remember = async (): Promise<void> => {
    const { [dataset]: before, ...others } = await seenColumns(directory)
    if (JSON.stringify(before) === JSON.stringify(shown)) return
    const kept = Object.entries(others).slice(-MOST_DATASETS + 1)
    const seen: Seen = { ...Object.fromEntries(kept), [dataset]: shown }
    await writeFileDurably(pathOf(directory), JSON.stringify(seen))
  }
  const after = (writing.get(directory) ?? Promise.resolve()).then(remember).catch(() => undefined)
  writing.set(directory, after)
  return after
}

/**
 * Columns of which the name contains `search`, those that begin with it first. Known are the columns of snapshots and of datasets that
 * were opened or described before; no system is asked.
 */
export async function findColumns(workspace: Workspace, search: string, limit: number): Promise<KnownColumn[]> {
  const wanted = search.trim().toLowerCase()
  const snapshots = await listSnapshots(snapshotFolder(workspace))
  const known = new Map(Object.entries(await seenColumns(workspace.directory)))
  for (const { dataset, columns } of snapshots) {
    known.set(
      dataset,
      columns.filter(({ hidden }) => hidden !== true).map(({ name, type }) => [name, type]),
    )
  }
  const found: KnownColumn[] = []
  for (const [dataset, columns] of known) {
    // A connection may be gone since.
    if (!workspace.connections.has(dataset.slice(0, Math.max(0, dataset.indexOf(':'))))) continue
    for (const [column, type] of columns) {
      if (column.toLowerCase().includes(wanted)) found.push({ dataset, column, type })
    }
  }
  const rank = ({ column }: KnownColumn): number => (column.toLowerCase().startsWith(wanted) ? 0 : 1)
  return found
    .toSorted((a, b) => rank(a) - rank(b) || a.column.localeCompare(b.column) || a.dataset.localeCompare(b.dataset))
    .slice(0, limit)
}

async function seenColumns(directory: string): Promise<Seen> {
  const text = await readFile(pathOf(directory), 'utf8').catch(() => '{}')
  try {
    return seenSchema.catch({}).parse(JSON.parse(text))
  } catch {
    // It only helps to find things: what cannot be read is seen again.
    return {}
  }
}

function pathOf(directory: string): string {
  return join(directory, STATE_FOLDER, FILE)
}
