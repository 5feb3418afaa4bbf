import { z } from 'zod'

export const DIAGNOSIS_STAGES = ['dns', 'tcp', 'tls', 'authentication', 'privileges', 'read', 'change_log'] as const

/** One step of a connection's self-test. Stages come in order; after a failed one the dependent ones are `skipped`. */
export const diagnosisStageSchema = z.object({
  stage: z.enum(DIAGNOSIS_STAGES),
  outcome: z.enum(['ok', 'failed', 'skipped']),
  elapsedMs: z.number(),
  /** What was found, or why it failed or was skipped; never holds a secret. In English; `code` finds the localised text. */
  cause: z.string().optional(),
  next: z.string().optional(),
})
export type DiagnosisStage = z.infer<typeof diagnosisStageSchema>
