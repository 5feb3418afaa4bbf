import type { ChangeBatch, ChangeFeed, RowChange } from '../../connectors/api/changes.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { TypeCase } from './fixture.ts'

/** An empty place of the system, whose changes are captured. */
export interface ChangeSite extends AsyncDisposable {
  readonly session: Session
  /** Runs statements one after another on one connection; gives the rows of the last as text. */
  run(...statements: string[]): Promise<(string | null)[][]>
  /** The dataset name of a table. */
  dataset(table: string): string
  /** A text as the system's SQL writes it. */
  text(value: string): string
  /** What follows FROM for rows with a column `i` from 1 to a count. */
  series(count: number): string
}

export interface ChangeSourceFixture {
  readonly openSite: () => Promise<ChangeSite>
  /** What makes a table without a key tell whole rows; empty where every table does. */
  readonly tellWholeRows: (table: string) => string[]
  /** Gives the column `amount` of `t` the type of double precision. */
  readonly retype: string
  readonly types: readonly TypeCase[]
  /** What the types need in the place. */
  readonly typeSetup?: readonly string[]
  /** A position that the source cannot go on from. */
  readonly gone: string
}

export const LIMITS = { flushMs: 5, idleMs: 300, mostChanges: 100_000, mostBytes: 8_000_000 }
/** Batches until this many changes were seen. */
export async function take(
  feed: ChangeFeed,
  count: number,
): Promise<{ readonly batches: ChangeBatch[]; readonly seen: readonly RowChange[] }> {
  const batches: ChangeBatch[] = []
  while (batches.flatMap(({ changes }) => changes).length < count)
    batches.push((await feed.next()) ?? missing('a batch'))
  return { batches, seen: batches.flatMap(({ changes }) => changes) }
}

export function missing(what: string): never {
  throw new Error(`there is no ${what}`)
}
