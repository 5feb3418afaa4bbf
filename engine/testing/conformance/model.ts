import { KEYED_MODES, type WriteMode } from '../../contract/write-mode.ts'

type ModelRow = readonly (string | null)[]

export interface ModelLoad {
  readonly mode: WriteMode
  readonly before: readonly ModelRow[]
  readonly staged: readonly ModelRow[]
  /** Position of the one key column. */
  readonly key: number
}

export interface ModelOutcome {
  readonly rows: readonly ModelRow[]
  readonly inserted: bigint
  readonly updated: bigint
  readonly deleted: bigint
}

/** What each write mode means, in the plainest way: the tables the connectors make are compared with this. */
export function modelLoad({ mode, before, staged, key }: ModelLoad): ModelOutcome {
  if (mode === 'append') return outcome([...before, ...staged], { inserted: staged.length })
  if (!KEYED_MODES.has(mode)) return outcome(staged, { inserted: staged.length })
  const old = new Map(before.map((row) => [row[key], row]))
  const given = new Map(staged.map((row) => [row[key], row]))
  const fresh = staged.filter((row) => !old.has(row[key]))
  const changed = staged.filter((row) => old.has(row[key]) && JSON.stringify(old.get(row[key])) !== JSON.stringify(row))
  const updated = before.map((row) => given.get(row[key]) ?? row)
  const kept = before.filter((row) => !given.has(row[key]))
  const known = before.length - kept.length
  const made: Partial<Record<WriteMode, ModelOutcome>> = {
    upsert: outcome([...updated, ...fresh], { inserted: fresh.length, updated: changed.length }),
    insert_new: outcome([...before, ...fresh], { inserted: fresh.length }),
    update: outcome(updated, { updated: changed.length }),
    delete: outcome(kept, { deleted: known }),
  }
  return made[mode] ?? outcome(staged, { inserted: fresh.length, updated: changed.length, deleted: kept.length })
}

function outcome(
  rows: readonly ModelRow[],
  { inserted = 0, updated = 0, deleted = 0 }: { inserted?: number; updated?: number; deleted?: number },
): ModelOutcome {
  return { rows, inserted: BigInt(inserted), updated: BigInt(updated), deleted: BigInt(deleted) }
}
