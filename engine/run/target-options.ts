import { z } from 'zod'

const policySchema = z.looseObject({ allowLossy: z.boolean().default(false) })

/** What a target node says about loads in general, apart from what its connector understands. */
export interface TargetOptions {
  /** Whether values may be lost where the target has no type for them. */
  readonly allowLossy: boolean
  /** The rest, for the connector's own schema. */
  readonly options: unknown
}

/** @throws ZodError when `allowLossy` is not a boolean; the pipeline's check reports it with its place. */
export function splitTargetOptions(options: unknown): TargetOptions {
  const { allowLossy, ...rest } = policySchema.parse(options ?? {})
  return { allowLossy, options: rest }
}
