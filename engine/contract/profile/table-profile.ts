import { z } from 'zod'

const count = z.number().min(0)
const columns = z.array(z.string())

/** A part of the profile that may have been found in fewer rows than there are. */
const basis = { rows: count, isSample: z.boolean() }

export const tableProfileSchema = z.object({
  /** Rows that equal an earlier one in every column; absent where that was not counted. */
  duplicateRows: count.optional(),
  /** Sets of up to three columns that no two of the rows share, none of them containing another; best first. */
  keys: z.object({ ...basis, found: z.array(z.object({ columns })) }),
  /** `by` decides `column`, but for the rows that had to go to make it so. */
  dependencies: z.object({
    ...basis,
    found: z.array(z.object({ by: z.string(), column: z.string(), violations: count, groups: count })),
  }),
  /** Strongest first. Pearson and Spearman from -1 to 1, Cramér's V (bias corrected) from 0 to 1. */
  correlations: z.object({
    ...basis,
    found: z.array(
      z.object({
        columns: z.tuple([z.string(), z.string()]),
        method: z.enum(['pearson', 'spearman', 'cramers_v']),
        value: z.number(),
      }),
    ),
  }),
  /** Columns that miss values in the same rows: `both` of the rows where either is missing. */
  missingTogether: z.object({
    ...basis,
    found: z.array(z.object({ columns: z.tuple([z.string(), z.string()]), both: count, either: count })),
  }),
})
export type TableProfile = z.infer<typeof tableProfileSchema>
