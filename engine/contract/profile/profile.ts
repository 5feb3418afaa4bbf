import { z } from 'zod'
import { columnProfileSchema } from './column-profile.ts'
import { findingSchema } from './finding.ts'
import { tableProfileSchema } from './table-profile.ts'

/** Of what the figures speak. */
export const profileScopeSchema = z.object({
  /** Rows that were read for the exact figures. */
  rows: z.number().min(0),
  /** Whether those are all the dataset has. */
  isWhole: z.boolean(),
  /** Why they are not. */
  part: z.enum(['first_rows', 'sample', 'snapshot_part']).optional(),
  where: z.string().optional(),
  /** When the snapshot was taken that was read instead of the system. */
  snapshotTakenAt: z.string().optional(),
})
export type ProfileScope = z.infer<typeof profileScopeSchema>

/** Rows that the detail of columns was found in. */
export const profileBasisSchema = z.object({
  rows: z.number().min(0),
  isSample: z.boolean(),
  /** Half the width of the 95 % interval of a share of one half; 0 when nothing was sampled. */
  shareError: z.number().min(0),
  /** By which a quantile's rank may be off with 95 % certainty (Dvoretzky, Kiefer, Wolfowitz); 0 when nothing was sampled. */
  rankError: z.number().min(0),
})
export type ProfileBasis = z.infer<typeof profileBasisSchema>

/** What a dataset looks like: the document `runnel profile --json` prints and the workspace keeps. */
export const profileSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  /** `connection:name`, or the path of a file. */
  dataset: z.string(),
  /** ISO 8601, UTC. */
  takenAt: z.string(),
  elapsedMs: z.number(),
  scope: profileScopeSchema,
  basis: profileBasisSchema,
  table: tableProfileSchema,
  columns: z.array(columnProfileSchema),
  /** Most harmful first. */
  findings: z.array(findingSchema),
  warnings: z.array(z.string()),
})
export type Profile = z.infer<typeof profileSchema>

/**
 * `numbers`: counts, ends, means and commonest values of a few rows; `first`: everything of those rows; `sample`: detail of the sample that stays, exact figures still of the few;
 * `done`: everything. Each is a whole profile that takes the place of the one before.
 */
export const profileEventSchema = z.object({
  stage: z.enum(['numbers', 'first', 'sample', 'done']),
  profile: profileSchema,
})
export type ProfileEvent = z.infer<typeof profileEventSchema>
