import { z } from 'zod'

const patternSchema = z.string().refine(isPattern, 'a regular expression')

const nameCaseSchema = z.enum(['snake', 'upper_snake', 'camel', 'pascal', 'kebab'])
export type NameCase = z.infer<typeof nameCaseSchema>

const namingSchema = z.strictObject({
  case: nameCaseSchema.optional(),
  /** The whole name must match. */
  pattern: patternSchema.optional(),
  maxLength: z.int().min(1).optional(),
  /** Long word → the short form that names use instead. */
  abbreviations: z.record(z.string().min(1), z.string().min(1)).default({}),
  /** Every word of a name is one of these, or a short form; any word when absent. */
  words: z.array(z.string().min(1)).min(1).optional(),
})

export type Naming = z.infer<typeof namingSchema>

const termSchema = z.strictObject({
  /** What a column of this meaning is called. */
  name: z.string().min(1),
  zh: z.string().min(1).optional(),
  en: z.string().min(1).optional(),
  /** Other names it goes by. */
  aliases: z.array(z.string().min(1)).default([]),
  definition: z.string().optional(),
  /** As DuckDB writes it: VARCHAR, DECIMAL(18,2), DATE, … */
  type: z.string().min(1).optional(),
  /** Characters, at most. */
  length: z.int().min(1).optional(),
  unit: z.string().min(1).optional(),
  /** Name of the code list of its values. */
  codes: z.string().min(1).optional(),
})

export type Term = z.infer<typeof termSchema>

/** `standards/<name>.yaml`: how columns are named, and what they mean. */
export const standardFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  owner: z.string().optional(),
  /** Of which datasets, `connection:name` with `*` for any characters; of all when absent. */
  datasets: z.array(z.string().min(1)).optional(),
  naming: namingSchema.optional(),
  terms: z.array(termSchema).default([]),
})
export type StandardFile = z.infer<typeof standardFileSchema>

function isPattern(text: string): boolean {
  try {
    return RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}
