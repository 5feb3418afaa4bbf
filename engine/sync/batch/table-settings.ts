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
  const query = queryOf(file, dataset)
  if (query !== undefined) return settled(query)
  const override = file.overrides.find(({ tables }) => tables.some((pattern) => fits(dataset, pattern)))
  const { tables: _, ...more } = override ?? { tables: [] }
  const { mode, load, cursor, lookBack, keys, deletes, history } = file
  return settled({ mode, load, cursor, lookBack, keys, deletes, history, ...more })
}

const QUERY = 'query '

/** What the result of a query is called among datasets; no dataset of a system is called so. */
export function queryDataset(name: string): string {
  return `${QUERY}${name}`
}

export function queryOf(file: SyncFile, dataset: string): SyncFile['queries'][number] | undefined {
  return file.queries.find(({ name }) => dataset === queryDataset(name))
}

type Settings = { readonly [Name in keyof TableSettings | 'load' | 'cursor']?: SyncFile[Name] | undefined }

function settled({ mode, load = 'swap', cursor = [], lookBack, keys, deletes, history }: Settings): TableSettings {
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
