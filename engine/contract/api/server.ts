import { z } from 'zod'
import { failureDataSchema } from '../failure.ts'
import { procedure } from './procedure.ts'

/** What a server found out about a bundle before it switched to it. */
export const findingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  /** The connection, dataset, pipeline or test concerned. */
  subject: z.string(),
  message: z.object({ en: z.string(), zh: z.string() }),
  failure: failureDataSchema.optional(),
})
export type Finding = z.infer<typeof findingSchema>

export const pushOutcomeSchema = z.object({
  /** The job, or the sync. */
  job: z.string(),
  digest: z.string(),
  /** `unchanged`: this very content is active already. `refused`: a finding is an error, and nothing was changed. */
  outcome: z.enum(['deployed', 'unchanged', 'refused']),
  deploymentId: z.string().optional(),
  findings: z.array(findingSchema),
})
export type PushOutcome = z.infer<typeof pushOutcomeSchema>

export const deployedFilesSchema = z.object({
  deploymentId: z.string().optional(),
  /** Text by the path in the workspace. */
  files: z.record(z.string(), z.string()),
})
export type DeployedFiles = z.infer<typeof deployedFilesSchema>

export const serverProcedures = {
  info: procedure
    .route({ method: 'GET', path: '/server' })
    .output(z.object({ version: z.string(), time: z.string(), jobs: z.int() })),
  /** Takes a signed bundle (contract/bundle-file.ts), checks it against reality and switches to it. */
  push: procedure
    .route({ method: 'POST', path: '/server/push' })
    .input(
      z.object({
        bundle: z.unknown(),
        /** Values that a target would refuse are told, and do not refuse the push. */
        acceptsLoss: z.boolean().optional(),
      }),
    )
    .output(pushOutcomeSchema),
  /** The files of the version of a job that is active now; none when it was never pushed. They hold no secret. */
  deployed: procedure
    .route({ method: 'GET', path: '/server/jobs/{job}/files' })
    .input(z.object({ job: z.string(), kind: z.enum(['job', 'sync']).optional() }))
    .output(deployedFilesSchema),
  /** Accepts bundles signed with this key from now on. `ed25519:<base64>` */
  trustKey: procedure
    .route({ method: 'POST', path: '/server/keys' })
    .input(z.object({ publicKey: z.string(), name: z.string().min(1).max(200) }))
    .output(z.object({ keyId: z.string() })),
  /** Stores a secret for the connections of deployed jobs. */
  setSecret: procedure
    .route({ method: 'PUT', path: '/server/secrets/{name}' })
    .input(z.object({ name: z.string().regex(/^[A-Za-z0-9_][\w.-]*$/), value: z.string().min(1) }))
    .output(z.object({ keptIn: z.enum(['key-store', 'file']) })),
}
