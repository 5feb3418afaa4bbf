import { z } from 'zod'
import { procedure } from './procedure.ts'

export const testResultSchema = z.object({
  pipeline: z.string(),
  test: z.string(),
  passed: z.boolean(),
  /** Why it failed, one per expectation. */
  reasons: z.array(z.string()),
  elapsedMs: z.number(),
})
export type TestResult = z.infer<typeof testResultSchema>

export const testsProcedures = {
  /** Runs the tests of one pipeline, or of all, over their frozen inputs. Connects to nothing. */
  run: procedure.input(z.object({ pipeline: z.string().optional() })).output(z.array(testResultSchema)),
}
