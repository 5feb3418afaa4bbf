import type { ProfileEvent, ProfileScope } from '../contract/profile/profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import type { Sql } from '../sql/sql.ts'
import type { MakeDocument } from './assemble.ts'
import { sampleBasis } from './basis.ts'
import type { ProfiledColumn } from './columns/profiled-column.ts'
import { partsOf } from './passes.ts'
import { NO_TABLE, profileTable } from './table/profile-table.ts'
import { partsOfWhole, type WholeFigures } from './whole-figures.ts'

/** A random sample of a dataset that stands somewhere else. */
export interface SampledRows {
  /** What stands after FROM; read many times. */
  readonly from: Sql
  readonly rows: number
  /** What was counted in all rows; undefined where that could not be. */
  readonly whole: Promise<WholeFigures | undefined>
}

interface SampledRequest {
  readonly duck: Duck
  /** Of all rows. */
  readonly scope: () => Omit<ProfileScope, 'rows'>
  readonly signal?: AbortSignal
}

/** What the sample shows; then the same beside the figures of all rows, which take longer. */
export async function* profileSampled(
  { duck, scope, signal }: SampledRequest,
  { columns, sampled }: { readonly columns: readonly ProfiledColumn[]; readonly sampled: SampledRows },
  document: MakeDocument,
): AsyncGenerator<ProfileEvent, undefined, void> {
  const call: DuckCall = signal === undefined ? {} : { signal }
  const { from, rows, whole } = sampled
  const parts = await partsOf(duck, columns, sampled, call)
  const [basis, ofSample] = [sampleBasis(rows), { rows, isWhole: false, part: 'sample' as const }]
  yield { stage: 'sample', profile: document(ofSample, basis, { table: NO_TABLE, parts }) }
  const table = await profileTable(duck, { from, columns, rows, isSample: true }, call)
  const figures = await whole
  if (figures === undefined) {
    yield { stage: 'done', profile: document(ofSample, basis, { table, parts }) }
    return
  }
  // Whatever was read before, the figures are of all rows.
  const { part: _part, ...ofAll } = scope()
  const known = await partsOfWhole(duck, parts, { figures, sample: sampled }, call)
  yield {
    stage: 'done',
    profile: document({ ...ofAll, isWhole: true, rows: figures.rows }, basis, { table, parts: known }),
  }
}
