import { newId } from '../base/ids.ts'
import type { Column } from '../contract/column.ts'
import type { Profile, ProfileBasis, ProfileEvent, ProfileScope } from '../contract/profile/profile.ts'
import type { TableProfile } from '../contract/profile/table-profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import type { Sql } from '../sql/sql.ts'
import { assemble } from './assemble.ts'
import { columnOrders } from './columns/order.ts'
import { type ProfiledColumn, profiledColumns } from './columns/profiled-column.ts'
import { dropRows, type KeptRows, keepRows, type WantedRows } from './kept-rows.ts'
import { type ColumnParts, detailPass, scanPass } from './passes.ts'
import { countDuplicates, NO_TABLE, profileTable } from './table/profile-table.ts'

export interface ProfileRequest {
  /** A connection of the profile's own: it is busy until the profile is done. */
  readonly duck: Duck
  /** What stands after FROM: a name, or a query in parentheses. Read two to three times. */
  readonly from: Sql
  readonly columns: readonly Column[]
  /** Of `from`. */
  readonly rows: bigint
  readonly dataset: string
  readonly scope: Omit<ProfileScope, 'rows'>
  /** Everything from all rows: exact distinct counts, values, patterns, duplicates. */
  readonly isFull: boolean
  readonly warnings: readonly string[]
  /** Today: what lies after it lies in the future. */
  readonly now: Date
  readonly signal?: AbortSignal
}

/** Rows that the first numbers come from. */
const FIRST_ROWS = 2_000
/** Rows that detail is found in unless all are asked for. */
const SAMPLE_ROWS = 100_000
/** Up to here everything is counted in any case. */
const ALWAYS_WHOLE = 150_000
const DUPLICATES_COUNTED = 1_000_000

/** First a profile of a few rows, then of a sample, then the whole; each a complete document. Ends with `done`, or throws. */
export async function* profileRelation(request: ProfileRequest): AsyncGenerator<ProfileEvent, undefined, void> {
  const { duck, from, signal } = request
  const call: DuckCall = signal === undefined ? {} : { signal }
  const columns = profiledColumns(request.columns)
  const count = Number(request.rows)
  const document = documentOf(request)
  await using stack = new AsyncDisposableStack()
  const keep = async (wanted: WantedRows): Promise<KeptRows> => {
    const kept = await keepRows(duck, from, wanted, call)
    stack.defer(() => dropRows(duck, kept))
    return kept
  }
  if (count > FIRST_ROWS * 2) {
    const first = await keep({ kind: 'first', rows: FIRST_ROWS })
    const parts = await partsOf(duck, columns, first, call)
    const scope = { ...request.scope, rows: first.rows, isWhole: false, part: 'first_rows' } as const
    yield { stage: 'first', profile: document(scope, basisOf(first.rows, count), { table: NO_TABLE, parts }) }
  }
  const wantsAll = request.isFull || count <= ALWAYS_WHOLE
  const sample = await keep(
    wantsAll ? { kind: 'all', isInPlace: count > ALWAYS_WHOLE } : { kind: 'random', rows: SAMPLE_ROWS, of: count },
  )
  const basis = basisOf(sample.rows, wantsAll ? sample.rows : count)
  const detailed = await detailPass(duck, columns, sample, call)
  if (basis.isSample) {
    const parts = await scanPass(duck, detailed, { from: sample.from, detailRows: sample.rows, isSameRows: true }, call)
    const scope = { ...request.scope, rows: sample.rows, isWhole: false, part: 'sample' } as const
    yield { stage: 'sample', profile: document(scope, basis, { table: NO_TABLE, parts }) }
  }
  const parts = await scanPass(duck, detailed, { from, detailRows: sample.rows, isSameRows: !basis.isSample }, call)
  const found = await together(request, { columns, sample, isSample: basis.isSample }, parts)
  yield { stage: 'done', profile: document({ ...request.scope, rows: count }, basis, found) }
}

/** Exact figures and detail of the same rows. */
async function partsOf(
  duck: Duck,
  columns: readonly ProfiledColumn[],
  kept: KeptRows,
  call: DuckCall,
): Promise<ColumnParts[]> {
  const detailed = await detailPass(duck, columns, kept, call)
  return scanPass(duck, detailed, { from: kept.from, detailRows: kept.rows, isSameRows: true }, call)
}

/** What needs more than one row or column at a time. */
async function together(
  { duck, from, rows, isFull, signal }: ProfileRequest,
  { columns, sample, isSample }: { columns: readonly ProfiledColumn[]; sample: KeptRows; isSample: boolean },
  parts: readonly ColumnParts[],
): Promise<Found> {
  const call: DuckCall = signal === undefined ? {} : { signal }
  const count = Number(rows)
  const orders = await columnOrders(duck, { from, columns, limitRows: isFull ? count : SAMPLE_ROWS }, call)
  const table = await profileTable(duck, { from: sample.from, columns, rows: sample.rows, isSample }, call)
  const counts = isFull || count <= DUPLICATES_COUNTED
  const duplicates = counts ? { duplicateRows: await countDuplicates(duck, from, columns, call) } : {}
  return {
    table: { ...duplicates, ...table },
    parts: parts.map((part) => ({ ...part, order: orders.get(part.column.name) })),
  }
}

interface Found {
  readonly table: TableProfile
  readonly parts: readonly ColumnParts[]
}

function documentOf({ dataset, warnings, now }: ProfileRequest) {
  const [id, startedAtMs] = [newId(), performance.now()]
  return (scope: ProfileScope, basis: ProfileBasis, found: Found): Profile => {
    const elapsedMs = Math.round(performance.now() - startedAtMs)
    return assemble({ id, dataset, takenAt: now, elapsedMs, scope, basis, ...found, warnings })
  }
}

/** 95 % intervals: of a share by the normal approximation, of a quantile's rank after Dvoretzky, Kiefer and Wolfowitz. */
function basisOf(rows: number, of: number): ProfileBasis {
  const isSample = rows < of
  if (!isSample) return { rows, isSample, shareError: 0, rankError: 0 }
  const n = Math.max(rows, 1)
  return { rows, isSample, shareError: 0.98 / Math.sqrt(n), rankError: Math.sqrt(Math.log(2 / 0.05) / (2 * n)) }
}
