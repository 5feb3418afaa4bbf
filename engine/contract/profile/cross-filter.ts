import { z } from 'zod'
import { filterSchema } from '../cursor.ts'
import type { Finding } from './finding.ts'
import type { Profile } from './profile.ts'

const column = z.string()

/** Something that rows are told apart by. Rows that belong to none of its bins (NULL mostly) are in the last one. */
export const dimensionSchema = z.discriminatedUnion('kind', [
  /** Between one edge and the next, the last one included; one bin fewer than edges. */
  z.object({ kind: z.literal('range'), column, edges: z.array(z.string()).min(2).max(101) }),
  /** As text, one bin for each; then one for other values. */
  z.object({ kind: z.literal('values'), column, values: z.array(z.string()).max(100) }),
  /** Forms of text as in `patterns` of the profile, one bin for each; then one for other forms. */
  z.object({ kind: z.literal('patterns'), column, patterns: z.array(z.string()).max(100) }),
  /** Bin 0: rows for which the condition is true. */
  z.object({ kind: z.literal('condition'), sql: z.string().min(1) }),
  /** Bin 0: rows that keep `by` from deciding the column: those without the commonest value of their group. */
  z.object({ kind: z.literal('dependency'), by: column, column }),
])
export type Dimension = z.infer<typeof dimensionSchema>

export const selectionSchema = z.object({
  /** Place of the dimension in the list that was opened. */
  dimension: z.int().min(0),
  bins: z.array(z.int().min(0)).min(1),
})
export type Selection = z.infer<typeof selectionSchema>

export const crossCountsSchema = z.object({
  /** Rows that all selections hold for. */
  rows: z.number(),
  /** For each dimension the rows of each of its bins that the selections on the other dimensions hold for; the bin for none last. */
  counts: z.array(z.array(z.number())),
  /** The selections as conditions of a cursor. */
  filter: z.array(filterSchema),
  /** Dimensions that hold only a part of their rows: those of the 2,000 groups that break a dependency most. */
  cut: z.array(z.int()),
})
export type CrossCounts = z.infer<typeof crossCountsSchema>

/** A dimension that a person looks at as a chart. */
export type ChartDimension = Exclude<Dimension, { kind: 'condition' } | { kind: 'dependency' }>

export function isChart(dimension: Dimension): dimension is ChartDimension {
  return dimension.kind !== 'condition' && dimension.kind !== 'dependency'
}

const FEW_PATTERNS = 200

/** One chart each: the values of every column, its forms where there are few, and the rows of each finding that can be pointed at. */
export function dimensionsOf({ columns, findings }: Profile): Dimension[] {
  const charts = columns.flatMap(({ name, detail }): Dimension[] => {
    const { histogram, text, top } = detail
    const edges = histogram === undefined ? [] : [histogram[0]?.from ?? '', ...histogram.map(({ to }) => to)]
    const values: Dimension[] =
      new Set(edges).size > 2
        ? [{ kind: 'range', column: name, edges: [...new Set(edges)] }]
        : top.length > 0
          ? [{ kind: 'values', column: name, values: top.map(({ value }) => value) }]
          : []
    const hasForms = text !== undefined && text.patterns.length > 1 && text.patternCount <= FEW_PATTERNS
    return hasForms
      ? [...values, { kind: 'patterns', column: name, patterns: text.patterns.map(({ pattern }) => pattern) }]
      : values
  })
  return [
    ...charts,
    ...findings.flatMap((finding) => {
      const rows = rowsOfFinding(finding)
      return rows === undefined ? [] : [rows]
    }),
  ]
}

type Pointing = Pick<Finding, 'code' | 'columns' | 'condition'>

function rowsOfFinding({ code, columns: [decided, by], condition }: Pointing): Dimension | undefined {
  if (condition !== undefined) return { kind: 'condition', sql: condition }
  const isDependency = code === 'profile.dependency_violated' && decided !== undefined && by !== undefined
  return isDependency ? { kind: 'dependency', by, column: decided } : undefined
}

/** Where a finding's rows are among the dimensions; -1 when they cannot be pointed at. */
export function dimensionOfFinding(dimensions: readonly Dimension[], finding: Pointing): number {
  const rows = JSON.stringify(rowsOfFinding(finding))
  return dimensions.findIndex((dimension) => !isChart(dimension) && JSON.stringify(dimension) === rows)
}
