import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { checkMarkSchema, checkResultSchema } from '../check-result.ts'
import { datasetRefSchema } from '../dataset.ts'
import { ruleSchema, rulesFileSchema } from '../rule.ts'
import { procedure } from './procedure.ts'

const rules = z.string()
const environment = z.string().optional()
/** From the newest snapshots instead of the systems. */
const offline = z.boolean().default(false)

/** A value, or text as an editor has it. */
const draft = z.union([z.object({ document: rulesFileSchema }), z.object({ text: z.string().max(1_000_000) })])

const ruleSuggestionSchema = z.object({
  rule: ruleSchema,
  /** What the rows that were read say: rows that break it now, of those asked about. */
  evidence: z.object({ violations: z.string(), checked: z.string() }),
})
export type RuleSuggestion = z.infer<typeof ruleSuggestionSchema>

/** Rules about data: their files, checks by them, and what checks found over time. */
export const qualityProcedures = {
  /** In name order; a file that cannot be read has no document. */
  list: procedure.output(z.array(z.object({ name: rules, document: rulesFileSchema.optional() }))),
  /** `digest` goes back with `save` so that nobody's change is overwritten. */
  get: procedure
    .input(z.object({ rules }))
    .output(z.object({ document: rulesFileSchema.optional(), text: z.string(), digest: z.string() })),
  /** Keeps the comments of the file. Without `expectedDigest` the file must be new. */
  save: procedure
    .input(
      z.object({
        rules,
        content: draft,
        expectedDigest: z.string().optional(),
      }),
    )
    .output(z.object({ file: z.string(), digest: z.string() })),
  /**
   * Writes rules to the file about the dataset, or to a new one when there is none; comments stay, and what stands there already
   * is not written again. Tells which file it was.
   */
  add: procedure
    .input(z.object({ dataset: datasetRefSchema, rules: z.array(ruleSchema).min(1) }))
    .output(z.object({ rules, added: z.int() })),
  remove: procedure.input(z.object({ rules })).output(z.object({ removed: z.boolean() })),
  /**
   * Checks all rows and remembers the result; one result for each file of rules, as it comes. `of` names a file of rules or a
   * dataset; all files when absent.
   */
  check: procedure
    .input(z.object({ of: z.string().optional(), environment, offline }))
    .output(eventIterator(checkResultSchema)),
  /** Checks rules that need not be saved on the first rows, or on a snapshot. Remembers nothing. */
  try: procedure
    .input(z.object({ draft, environment, offline, limitRows: z.int().min(1).default(100_000) }))
    .output(checkResultSchema),
  /** The last checks by a file of rules, newest first. */
  history: procedure
    .input(z.object({ rules, limit: z.int().min(1).max(1_000).default(100) }))
    .output(z.array(checkMarkSchema)),
  /** Rules that the rows of a dataset keep, or nearly keep. */
  suggest: procedure
    .input(z.object({ dataset: datasetRefSchema, environment, offline, limitRows: z.int().min(1).default(100_000) }))
    .output(z.array(ruleSuggestionSchema)),
}
