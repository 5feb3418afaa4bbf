import type { BATCH_MODES, SyncFile } from '../../contract/sync-file.ts'
import { fits } from '../choose-tables.ts'

export interface TableSettings extends Pick<SyncFile, 'lookBack' | 'keys' | 'deletes' | 'history'> {
  readonly mode: (typeof BATCH_MODES)[number]
  readonly load: 'swap' | 'truncate'
  /** Names of which a table has one. */
  readonly cursor: readonly string[]
}

/** What the file says about a table: its own settings, then those of the first override that fits. */
export function settingsOf(file: SyncFile, dataset: string): TableSettings {
  const override = file.overrides.find(({ tables }) => tables.some((pattern) => fits(dataset, pattern)))
  const own = { mode: file.mode, load: file.load, cursor: file.cursor }
  const { tables: _, ...more } = override ?? { tables: [] }
  const { lookBack, keys, deletes, history } = { ...file, ...more }
  const { mode, load = 'swap', cursor = [] } = { ...own, ...more }
  return {
    mode: mode === undefined || mode === 'changes' ? 'full' : mode,
    load,
    cursor: typeof cursor === 'string' ? [cursor] : cursor,
    lookBack,
    keys,
    deletes,
    history,
  }
}
