import { z } from 'zod'

const common = {
  column: z.string(),
  /** How it was masked; absent when it was not. */
  method: z.string().optional(),
  /** `leak`: should not be; `expected`: lies in the method; `chance`: so few that they may have come about by chance. */
  verdict: z.enum(['leak', 'expected', 'chance']),
  /** Number of rows or of distinct values, a count as text. */
  values: z.string(),
  /** Of those that are not blank. */
  share: z.number(),
  /** Veiled. */
  examples: z.array(z.string()),
}

/** What a second look at masked rows found. */
export const maskFindingSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    /** Rows whose value has the form of personal data. */
    kind: z.literal('looks_personal'),
    semantic: z.string(),
    class: z.enum(['none', 'personal', 'sensitive']),
  }),
  z.object({
    ...common,
    /** Distinct values that also stand in the same column of the source. */
    kind: z.literal('equals_original'),
  }),
  z.object({
    ...common,
    /** Rows of a column that a person called personal, and that no mask touched. */
    kind: z.literal('left_unmasked'),
    class: z.enum(['personal', 'sensitive']),
  }),
])
export type MaskFinding = z.infer<typeof maskFindingSchema>

/** What `mask check` tells of one snapshot. */
export const maskCheckSchema = z.object({
  dataset: z.string(),
  takenAt: z.string(),
  policy: z.string(),
  rows: z.string(),
  /** Rows of the source that were compared. */
  compared: z.string(),
  /** Leaks first. */
  findings: z.array(maskFindingSchema),
})
export type MaskCheck = z.infer<typeof maskCheckSchema>
