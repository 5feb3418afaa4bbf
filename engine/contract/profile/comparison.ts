import { z } from 'zod'

export const CHANGE_CODES = [
  'compare.column_removed',
  'compare.type_changed',
  'compare.column_added',
  'compare.rows',
  'compare.null_share',
  'compare.new_categories',
  'compare.lost_categories',
  'compare.population_stability',
  'compare.kolmogorov_smirnov',
  'compare.jensen_shannon',
  'compare.quantile_shift',
  'compare.distinct',
  'compare.range',
] as const
export type ChangeCode = (typeof CHANGE_CODES)[number]

/** From which a measure counts as a change. */
export const thresholdsSchema = z.object({
  /** Rows, relative. */
  rows: z.number().min(0).default(0.2),
  /** Difference of shares. */
  nullShare: z.number().min(0).default(0.02),
  /** Distinct values, relative. */
  distinct: z.number().min(0).default(0.2),
  /** Of the median, in interquartile ranges. */
  quantileShift: z.number().min(0).default(0.25),
  /** The usual reading: below 0.1 stable, above 0.25 another population. */
  populationStability: z.number().min(0).default(0.1),
  /** Largest distance of the distribution functions, from 0 to 1. */
  kolmogorovSmirnov: z.number().min(0).default(0.1),
  /** With base 2 from 0 (equal) to 1 (nothing in common). */
  jensenShannon: z.number().min(0).default(0.05),
  /** Share of rows in new or lost categories. */
  categories: z.number().min(0).default(0),
})
export type Thresholds = z.infer<typeof thresholdsSchema>

const changeSchema = z.object({
  code: z.enum(CHANGE_CODES),
  column: z.string().optional(),
  /** What was measured, and from where on it counts; 0 for what is a change in any case. */
  value: z.number(),
  threshold: z.number(),
  isBeyond: z.boolean(),
  /** For the sentence of the code. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Change = z.infer<typeof changeSchema>

const sideSchema = z.object({
  dataset: z.string(),
  id: z.string(),
  takenAt: z.string(),
  rows: z.number(),
  isSample: z.boolean(),
})

/** How one profile differs from another. */
export const comparisonSchema = z.object({
  before: sideSchema,
  after: sideSchema,
  /** Every measure, those beyond their threshold first and then in the order of the columns. */
  changes: z.array(changeSchema),
})
export type Comparison = z.infer<typeof comparisonSchema>
