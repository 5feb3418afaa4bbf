import { newId } from '../base/ids.ts'
import type { Column } from '../contract/column.ts'
import type { Profile, ProfileEvent, ProfileScope } from '../contract/profile/profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import type { Sql } from '../sql/sql.ts'
import { assemble, type Found, type MakeDocument } from './assemble.ts'
import { sampleBasis } from './basis.ts'
import { columnOrders } from './columns/order.ts'
import { type ProfiledColumn, profiledColumns } from './columns/profiled-column.ts'
import { dropRows, type KeptRows, keepRows, type WantedRows } from './kept-rows.ts'
import { type ColumnParts, detailPass, numbersPass, partsOf, scanAllRows, scanSameRows } from './passes.ts'
import { profileSampled, type SampledRows } from './profile-sampled.ts'
import { countDuplicates, NO_TABLE, profileTable } from './table/profile-table.ts'

/** Rows that may still be coming in. */
export interface ProfileSource {
  /** What stands after FROM now: a name, or a query in parentheses. Read two to three times. */
  from(): Sql
  /** How many there are; undefined while that is not known. */
  rowsNow(): bigint | undefined
  /** The same once no more come. */
  settled(): Promise<bigint>
  /** Where the settled rows are only the beginning of a dataset: others that stand for it better. Asked once. */
  sampled?(): Promise<SampledRows | undefined>
}

export interface ProfileRequest {
  /** A connection of the profile's own: it is busy until the profile is done. */
  readonly duck: Duck
  readonly source: ProfileSource
  readonly columns: readonly Column[]
  readonly dataset: string
  /** Asked for once the rows are settled. */
  readonly scope: () => Omit<ProfileScope, 'rows'>
  /** Everything from all rows: exact distinct counts, values, patterns, duplicates. */
  readonly isFull: boolean
  readonly warnings: () => readonly string[]
  /** Today: what lies after it lies in the future. */
  readonly now: Date
  readonly signal?: AbortSignal
}

/** Rows that the first numbers come from. */
const FIRST_ROWS = 2_000n
/** Rows that detail is found in unless all are asked for. */
const SAMPLE_ROWS = 100_000
/** Up to here everything is counted in any case. */
const ALWAYS_WHOLE = 150_000
const DUPLICATES_COUNTED = 1_000_000
/** Of so many rows that stand still a sample comes nearly as soon as the detail of the first ones would. */
const SOON_SAMPLED = 10_000_000n

/** First the numbers of a few rows, then a profile of them, then of a sample, then the whole; each a complete document. Ends with `done`, or throws. */
export async function* profileRelation(request: ProfileRequest): AsyncGenerator<ProfileEvent, undefined, void> {
  const { duck, source, signal } = request
  const call: DuckCall = signal === undefined ? {} : { signal }
  const columns = profiledColumns(request.columns)
  const document = documentOf(request)
  if (columns.length === 0) {
    const rows = Number(await source.settled())
    const basis = { rows, isSample: false, shareError: 0, rankError: 0 }
    yield { stage: 'done', profile: document({ ...request.scope(), rows }, basis, { table: NO_TABLE, parts: [] }) }
    return
  }
  await using stack = new AsyncDisposableStack()
  const keep = async (wanted: WantedRows): Promise<KeptRows> => {
    const kept = await keepRows(duck, source.from(), wanted, call)
    stack.defer(() => dropRows(duck, kept))
    return kept
  }
  if ((source.rowsNow() ?? FIRST_ROWS * 3n) > FIRST_ROWS * 2n) {
    const first = await keep({ kind: 'first', rows: Number(FIRST_ROWS) })
    const ofFirst = (parts: readonly ColumnParts[]): Profile =>
      document(partOf(first, 'first_rows'), sampleBasis(first.rows), { table: NO_TABLE, parts })
    yield { stage: 'numbers', profile: ofFirst(await numbersPass(duck, columns, first, call)) }
    if ((source.rowsNow() ?? SOON_SAMPLED) >= SOON_SAMPLED)
      yield { stage: 'first', profile: ofFirst(await partsOf(duck, columns, first, call)) }
  }
  const count = Number(await source.settled())
  const sampled = await source.sampled?.()
  if (sampled !== undefined) {
    yield* profileSampled(request, { columns, sampled }, document)
    return
  }
  const wantsAll = request.isFull || count <= ALWAYS_WHOLE
  const sample = await keep(
    wantsAll ? { kind: 'all', isInPlace: count > ALWAYS_WHOLE } : { kind: 'random', rows: SAMPLE_ROWS, of: count },
  )
  const detailed = await detailPass(duck, columns, sample, call)
  if (!wantsAll) {
    const parts = await scanSameRows(duck, detailed, sample.from, call)
    yield {
      stage: 'sample',
      profile: document(partOf(sample, 'sample'), sampleBasis(sample.rows), { table: NO_TABLE, parts }),
    }
  }
  const from = source.from()
  const parts = wantsAll
    ? await scanSameRows(duck, detailed, from, call)
    : await scanAllRows(duck, detailed, { from, rows: count, sampleRows: sample.rows }, call)
  const found = await together(request, { columns, sample, count, isSample: !wantsAll }, parts)
  const basis = wantsAll
    ? { rows: sample.rows, isSample: false, shareError: 0, rankError: 0 }
    : sampleBasis(sample.rows)
  yield { stage: 'done', profile: document({ ...request.scope(), rows: count }, basis, found) }
}

/** Of so many rows, for this reason. */
function partOf({ rows }: Pick<KeptRows, 'rows'>, part: NonNullable<ProfileScope['part']>): ProfileScope {
  return { rows, isWhole: false, part }
}

/** What needs more than one row or column at a time. */
async function together(
  { duck, source, isFull, signal }: ProfileRequest,
  { columns, sample, count, isSample }: Sampled,
  parts: readonly ColumnParts[],
): Promise<Found> {
  const call: DuckCall = signal === undefined ? {} : { signal }
  const from = source.from()
  const orders = await columnOrders(duck, { from, columns, limitRows: isFull ? count : SAMPLE_ROWS }, call)
  const table = await profileTable(duck, { from: sample.from, columns, rows: sample.rows, isSample }, call)
  const counts = isFull || count <= DUPLICATES_COUNTED
  const duplicates = counts ? { duplicateRows: await countDuplicates(duck, from, columns, call) } : {}
  return {
    table: { ...duplicates, ...table },
    parts: parts.map((part) => ({ ...part, order: orders.get(part.column.name) })),
  }
}

interface Sampled {
  readonly columns: readonly ProfiledColumn[]
  readonly sample: KeptRows
  /** Of all rows. */
  readonly count: number
  readonly isSample: boolean
}

function documentOf({ dataset, warnings, now }: ProfileRequest): MakeDocument {
  const [id, startedAtMs] = [newId(), performance.now()]
  return (scope, basis, found) => {
    const elapsedMs = Math.round(performance.now() - startedAtMs)
    return assemble({ id, dataset, takenAt: now, elapsedMs, scope, basis, ...found, warnings: warnings() })
  }
}
