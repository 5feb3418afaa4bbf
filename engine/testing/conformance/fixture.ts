import type { Connector, OpenRequest } from '../../connectors/api/connector.ts'
import type { Column } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import type { WriteMode } from '../../contract/write-mode.ts'

/** Rows the kit wants to exist. Cells are text or NULL; the type says how to read the text. */
export interface SeedTable {
  /** Types are DuckDB's. The kit's own tables use BIGINT and VARCHAR only. */
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Columns of a primary key, where the system has such a thing; none when absent or empty. */
  readonly key?: readonly string[]
}

/** One type of the system with one value of it. */
export interface TypeCase {
  /** As the system's own DDL writes it; in files, a word of the fixture's choice. */
  readonly sourceType: string
  /** The value as the system's own SQL (or file format) writes it. Handed to `seedTyped` as it is. */
  readonly literal: string
  /** DuckDB's type of the column that is read. */
  readonly type: string
  /** The value that is read, as the wire has it; `rejected` when the row must be refused instead. */
  readonly cell: Cell | { readonly rejected: true }
  readonly fidelity: 'exact' | 'widening' | 'lossy'
  /** Left out of the trip source → Parquet → source, with the reason as documentation. */
  readonly noRoundTrip?: string
}

/** An empty place of the system for one test: a folder, a database file, a schema. Disposed after the test. */
export interface ConnectorSite extends AsyncDisposable {
  /** Opens the connector on this place. */
  readonly request: OpenRequest<unknown>
  /** The dataset name for a word (`people` → `people.csv`, `public.people`); undefined when it cannot be a name here. */
  datasetName(word: string): string | undefined
  /** Makes the dataset without the connector's writer and gives its name. */
  seed(word: string, table: SeedTable): Promise<string>
  /** Makes a dataset with the one column `v` that holds the one value. Needed when the fixture has `types`. */
  seedTyped?(word: string, sourceType: string, literal: string): Promise<string>
  /** Everything in the place, Runnel's stages and temporary files included, its state table not: to see that nothing was left. */
  everything(): Promise<readonly string[]>
}

/** What a new connector supplies to run the kit. */
export interface ConnectorFixture {
  readonly connector: Connector
  readonly openSite: () => Promise<ConnectorSite>
  /** Modes the writer takes; empty for a connector that only reads. */
  readonly modes: readonly WriteMode[]
  /** Modes that must be refused with `write.mode_unsupported`. */
  readonly refusedModes?: readonly WriteMode[]
  /** Options of source and target nodes, before parsing. */
  readonly sourceOptions?: unknown
  readonly targetOptions?: unknown
  readonly types?: readonly TypeCase[]
  /** A request to a system that is not there: `source.unavailable`, or the code given. */
  readonly unavailable: { readonly request: OpenRequest<unknown>; readonly code?: string }
  /** A request whose login is refused: `source.unauthorized`. */
  readonly unauthorized?: OpenRequest<unknown>
  /** The text of the secret that the requests hand out; it must be found nowhere. */
  readonly canary?: string
  /** False when the system cannot tell NULL from the empty text. */
  readonly distinguishesNull?: boolean
  /** Names the system cannot have for a column, beyond the empty one, NUL and lone surrogates. */
  readonly refusesColumnName?: (name: string) => boolean
  /** Texts the system cannot hold, beyond NUL and lone surrogates. */
  readonly refusesText?: (text: string) => boolean
  /** Whether two column names are one; most systems fold case. Default: ASCII case is folded. */
  readonly sameColumnName?: (a: string, b: string) => boolean
}

/** Opens a session of the fixture's connector, typed as the kit needs it. */
export function openSession(fixture: ConnectorFixture, request: OpenRequest<unknown>): ReturnType<Connector['open']> {
  return fixture.connector.open(request)
}
