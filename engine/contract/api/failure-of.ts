import { z } from 'zod'
import { Failure, failureDataSchema, failureFromData, toFailure } from '../failure.ts'
import { FAILURE_ERROR } from './procedure.ts'

const failureErrorSchema = z.object({ code: z.literal(FAILURE_ERROR), data: failureDataSchema })

/** What oRPC says of an input that the contract does not allow. */
const badRequestSchema = z.object({
  code: z.literal('BAD_REQUEST'),
  data: z.object({ issues: z.array(z.object({ path: z.array(z.any()).optional(), message: z.string() })) }),
})

/** The failure behind whatever a call of the contract threw, in this process or from far away. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  const failed = failureErrorSchema.safeParse(error)
  if (failed.success) return failureFromData(failed.data.data)
  const refused = badRequestSchema.safeParse(error)
  if (!refused.success) return toFailure(error)
  const reason = refused.data.data.issues.map(
    ({ path, message }) => `${(path ?? []).map(pathStep).join('.')}: ${message}`,
  )
  return new Failure('usage.invalid', { reason: reason.join('; ') })
}

/** Standard Schema allows a step to be a key or an object that holds it. */
function pathStep(step: unknown): string {
  return typeof step === 'object' && step !== null && 'key' in step ? String(step.key) : String(step)
}
