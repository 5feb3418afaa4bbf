import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Failure } from '../../contract/failure.ts'
import type { SyncTable } from '../../contract/sync.ts'
import type { StoredSyncTable } from '../../store/sync-tables.ts'
import type { ChosenTable } from '../choose-tables.ts'
import type { SyncPorts } from '../ports.ts'
import type { SyncProgress } from '../progress.ts'
import type { TableNotes } from './table-run.ts'

export interface TableNote extends TableNotes {
  begin(): void
  notCarried(what: readonly string[]): void
  end(): void
  fail(failure: Failure): void
}

export interface NotedTable extends ChosenTable {
  readonly schema: DatasetSchema
  readonly stored: StoredSyncTable | undefined
  readonly estimatedRows: string | undefined
}

/** Keeps how far a table has come in the state, and tells it. */
export function noteTable(
  { tables }: SyncPorts,
  sync: string,
  progress: SyncProgress,
  { dataset, target, schema: { columns }, stored, estimatedRows }: NotedTable,
): TableNote {
  let current: StoredSyncTable = { dataset, target, state: 'waiting', copiedRows: 0n, ...stored, columns }
  const notCarried: string[] = []
  const tell = (more: Partial<SyncTable> = {}): void => {
    const { chunks } = tables.load(sync, dataset)
    const done = chunks?.filter(({ rows }) => rows !== undefined).length ?? 0
    progress.table(dataset, {
      target,
      state: current.state,
      copiedRows: String(current.copiedRows),
      ...(estimatedRows === undefined ? {} : { estimatedRows }),
      ...(chunks === undefined ? {} : { chunks: { done, all: chunks.length } }),
      ...more,
    })
  }
  const put = (more: Partial<StoredSyncTable>): void => {
    const { failure: _, ...kept } = current
    current = { ...kept, ...more }
    tables.put(sync, current)
  }
  return {
    get load() {
      return tables.load(sync, dataset)
    },
    keep: (more) => {
      const next = Object.entries({ ...tables.load(sync, dataset), ...more }).filter(([, value]) => value !== undefined)
      tables.putLoad(sync, dataset, Object.fromEntries(next))
      tell()
    },
    startCopy: (rows) => {
      put({ state: 'copying', copiedRows: rows })
      tell()
    },
    copied: (rows) => {
      put({ state: 'copying', copiedRows: current.copiedRows + rows })
      tell()
    },
    applied: (rows) => progress.applied(dataset, { ...rows, missing: 0n }),
    nullCursors: (rows) => tell({ nullCursors: String(rows) }),
    begin: () => tell(),
    notCarried: (what) => {
      notCarried.push(...what)
      if (notCarried.length > 0) tell({ notCarried })
    },
    end: () => {
      put({ state: 'copied' })
      tell()
    },
    fail: (failure) => {
      put({ state: 'failed', failure: failure.toJSON() })
      tell({ failure: failure.toJSON() })
    },
  }
}
