import type { Column } from '../../contract/column.ts'
import type { DatasetSummary } from '../../contract/dataset.ts'
import { AuthoringDesk } from './authoring/desk.ts'
import { CursorShelf } from './cursors/shelf.ts'
import { FreshCache } from './fresh-cache.ts'
import type { ReadySources } from './sql/ready-sources.ts'
import { SourcePool } from './sql/source-pool.ts'
import { Watches } from './sql/watches.ts'

/** What one connection to the engine keeps between its calls. The host disposes it when the connection ends. */
export interface EngineResources extends AsyncDisposable {
  readonly cursors: CursorShelf
  /** Datasets of connections. */
  readonly listings: FreshCache<readonly DatasetSummary[]>
  /** Datasets that statements of the SQL editor read. */
  readonly sqlSources: SourcePool<ReadySources>
  /** What statements that are being prepared have read. */
  readonly watches: Watches
  /** Columns of datasets, for the SQL editor. */
  readonly columns: FreshCache<readonly Column[]>
  /** Of pipelines being edited. */
  readonly desk: AuthoringDesk
}

const LISTINGS_MS = 60_000
const COLUMNS_MS = 15_000

export function openResources(): EngineResources {
  const cursors = new CursorShelf()
  const desk = new AuthoringDesk()
  const sqlSources = new SourcePool<ReadySources>()
  return {
    cursors,
    desk,
    sqlSources,
    watches: new Watches(),
    listings: new FreshCache(LISTINGS_MS),
    columns: new FreshCache(COLUMNS_MS),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([cursors[Symbol.asyncDispose](), desk[Symbol.asyncDispose]()])
      await sqlSources[Symbol.asyncDispose]()
    },
  }
}

/** What of a host's context is needed to find them. */
interface Host {
  readonly resources?: EngineResources
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** Of hosts that name none. Every call gets a context of its own, but all of one host share its variables. */
const unnamed = new WeakMap<Host['variables'], EngineResources>()

export function resourcesOf({ resources, variables }: Host): EngineResources {
  if (resources !== undefined) return resources
  const known = unnamed.get(variables) ?? openResources()
  unnamed.set(variables, known)
  return known
}
