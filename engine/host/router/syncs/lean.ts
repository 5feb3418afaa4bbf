import { isDeepStrictEqual } from 'node:util'
import { type SyncFile, syncFileSchema } from '../../../contract/sync-file.ts'

/** A document without what would be the same unsaid: a file says what a person chose. */
export function leanSync(document: SyncFile): Record<string, unknown> {
  const { version, source, target } = document
  const usual: Record<string, unknown> = syncFileSchema.parse({ version, source, target })
  const chosen = Object.entries(document).flatMap(([key, value]): [string, unknown][] => {
    if (ALWAYS.has(key)) return [[key, value]]
    const lean = isRecord(value) && isRecord(usual[key]) ? unlike(value, usual[key]) : value
    return isDeepStrictEqual(value, usual[key]) ? [] : [[key, lean]]
  })
  return Object.fromEntries(chosen)
}

const ALWAYS: ReadonlySet<string> = new Set(['version', 'source', 'target'])

function unlike(value: Record<string, unknown>, usual: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key, one]) => !isDeepStrictEqual(one, usual[key])))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
