import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { SqlHistoryEntry } from '../../../contract/api/sql.ts'
import { writeFileDurably } from '../../../os/durable-file.ts'
import { STATE_FOLDER } from '../../../workspace/layout.ts'

const entrySchema = z.object({
  sql: z.string(),
  at: z.string(),
  elapsedMs: z.number(),
  outcome: z.enum(['ok', 'failed']),
  message: z.string().optional(),
})

const MOST_ENTRIES = 2_000
const MOST_CHARACTERS = 20_000

/** One JSON text a line, oldest first; a line cut by a crash is passed over. */
export async function addToHistory(workspaceDirectory: string, entry: SqlHistoryEntry): Promise<void> {
  const path = pathIn(workspaceDirectory)
  await mkdir(dirname(path), { recursive: true })
  const kept = { ...entry, sql: entry.sql.slice(0, MOST_CHARACTERS) }
  await appendFile(path, `${JSON.stringify(kept)}\n`)
}

/** Newest first; the same statement only once, as last run. */
export async function readHistory(
  workspaceDirectory: string,
  { search, limit }: { readonly search?: string | undefined; readonly limit: number },
): Promise<SqlHistoryEntry[]> {
  const path = pathIn(workspaceDirectory)
  const text = await readFile(path, 'utf8').catch(() => '')
  const entries = text.split('\n').flatMap(parsedLine)
  if (entries.length > 2 * MOST_ENTRIES) {
    const lines = entries.slice(-MOST_ENTRIES).map((entry) => JSON.stringify(entry))
    await writeFileDurably(path, `${lines.join('\n')}\n`)
  }
  const wanted = search?.toLowerCase() ?? ''
  const seen = new Set<string>()
  return entries
    .toReversed()
    .filter((entry) => {
      const isNew = !seen.has(entry.sql) && entry.sql.toLowerCase().includes(wanted)
      seen.add(entry.sql)
      return isNew
    })
    .slice(0, limit)
}

function parsedLine(line: string): SqlHistoryEntry[] {
  if (line === '') return []
  try {
    const { message, ...entry } = entrySchema.parse(JSON.parse(line))
    return [{ ...entry, ...(message === undefined ? {} : { message }) }]
  } catch {
    return []
  }
}

function pathIn(workspaceDirectory: string): string {
  return join(workspaceDirectory, STATE_FOLDER, 'sql-history.ndjson')
}
