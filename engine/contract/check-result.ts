import { z } from 'zod'
import { failureDataSchema } from './failure.ts'
import { cellSchema } from './page.ts'
import { countedValueSchema } from './profile/column-profile.ts'
import { dimensionSchema } from './rule.ts'

const countSchema = z.string().regex(/^\d+$/)

/** A row that breaks a rule: by its key, and the value that breaks it. */
const failingRowSchema = z.object({ key: z.record(z.string(), cellSchema), value: z.string().nullable() })
export type FailingRow = z.infer<typeof failingRowSchema>

/** What one rule said about the data. */
export const ruleResultSchema = z.object({
  name: z.string(),
  check: z.string(),
  columns: z.array(z.string()),
  dimension: dimensionSchema,
  severity: z.enum(['error', 'warning']),
  owner: z.string().optional(),
  description: z.string().optional(),
  /** `failed`: it could not be checked, `failure` says why. Violations within the tolerance pass. */
  status: z.enum(['passed', 'violated', 'failed']),
  /** Rows the rule was asked about; of a rule about the whole dataset 1. */
  checked: countSchema,
  violations: countSchema,
  /** From 0 to 1. */
  share: z.number(),
  /** Of a rule about the whole dataset: what was found, and what was wanted. */
  found: z.string().optional(),
  wanted: z.string().optional(),
  /** Of a rule about a distribution: its quantiles, evenly apart from the least value to the greatest. */
  shape: z.array(z.number()).optional(),
  /** Of a rule about categories: how many rows each had. */
  mix: z.array(countedValueSchema).optional(),
  failure: failureDataSchema.optional(),
  /** Some of the violations; not all. */
  rows: z.array(failingRowSchema),
})
export type RuleResult = z.infer<typeof ruleResultSchema>

/** What a file of rules said about its dataset. */
export const checkResultSchema = z.object({
  /** Name of the file. */
  rules: z.string(),
  dataset: z.string(),
  /** UTC, ISO 8601. */
  at: z.string(),
  /** What was read. */
  basis: z.enum(['source', 'snapshot', 'sample']),
  rowCount: countSchema,
  /** From 0 to 100: the mean of its dimensions. */
  score: z.number(),
  /** The mean of the shares of rows that keep its rules; only dimensions that have rules. */
  dimensions: z.partialRecord(dimensionSchema, z.number()),
  results: z.array(ruleResultSchema),
  elapsedMs: z.number(),
})
export type CheckResult = z.infer<typeof checkResultSchema>

/** A check as its history keeps it. */
export const checkMarkSchema = checkResultSchema
  .pick({ at: true, basis: true, rowCount: true, score: true, dimensions: true })
  .extend({
    results: z.array(
      ruleResultSchema.pick({
        name: true,
        status: true,
        violations: true,
        share: true,
        found: true,
        shape: true,
        mix: true,
      }),
    ),
  })
export type CheckMark = z.infer<typeof checkMarkSchema>

/** Whether it is an error: a rule of that severity is violated, or one of either could not be checked. */
export function isBroken({ severity, status }: Pick<RuleResult, 'severity' | 'status'>): boolean {
  return status === 'failed' || (status === 'violated' && severity === 'error')
}

/** How bad it is: of errors that are violated or could not be checked, of warnings, or nothing. */
export function worstOf({ results }: Pick<CheckResult, 'results'>): 'error' | 'warning' | 'none' {
  if (results.some(isBroken)) return 'error'
  return results.some(({ status }) => status !== 'passed') ? 'warning' : 'none'
}
