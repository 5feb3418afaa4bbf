import type { ColumnOrigin, OutputLineage, RowInfluence } from './compiled.ts'
import type { InputRelation } from './node-kind.ts'

/** All columns pass unchanged; `influences` decide about rows. */
export function passedThrough(...influences: readonly (readonly RowInfluence[])[]): OutputLineage {
  return { columns: new Map(), influences: influences.flat() }
}

export function influencedBy(
  input: InputRelation,
  columns: readonly string[],
  kind: RowInfluence['kind'],
): RowInfluence[] {
  return columns.map((column) => ({ input: input.ref, column, kind }))
}

/** The value itself, under whatever name. */
export function direct(input: InputRelation, column: string): ColumnOrigin[] {
  return [{ input: input.ref, column, kind: 'direct' }]
}

/** A value computed from these. */
export function computedFrom(input: InputRelation, columns: readonly string[]): ColumnOrigin[] {
  return columns.map((column) => ({ input: input.ref, column, kind: 'expression' }))
}
