import { z } from 'zod'
import { deployedJobSchema, deploymentSchema, jobRunSchema } from './jobs.ts'
import { procedure } from './procedure.ts'
import { pushOutcomeSchema } from './server.ts'
import { listedSyncSchema, syncStandingSchema } from './syncs.ts'

const server = z.string().regex(/^[\w-]{1,64}$/, 'a server name is letters, digits, _ and -')
const job = z.string()
const environment = z.string().optional()
/** What `job` names: a job where absent. */
const kind = z.enum(['job', 'sync']).optional()
const sync = z.string()

/** One setting of a file that a push would change. */
export const settingChangeSchema = z.object({
  change: z.enum(['added', 'changed', 'removed']),
  /** From the top of the file: `nodes`, `large`, `where`; items of lists by their name, else by their place from 1. */
  path: z.array(z.string()),
  /** As text; nested values as JSON, long ones cut. */
  before: z.string().optional(),
  after: z.string().optional(),
})
export type SettingChange = z.infer<typeof settingChangeSchema>

/** One file of a job, as it is on the server and as it would be. */
export const fileChangeSchema = z.object({
  file: z.string(),
  change: z.enum(['added', 'changed', 'removed', 'same']),
  /** Absent where it is not there yet. */
  deployed: z.string().optional(),
  /** Absent where a push would take it away. */
  wanted: z.string().optional(),
  /** Of a changed YAML file; empty where it only reads differently. */
  settings: z.array(settingChangeSchema).optional(),
})
export type FileChange = z.infer<typeof fileChangeSchema>

/** The servers a workspace pushes to. What a server says of itself is asked there, with the token that the workspace keeps. */
export const serversProcedures = {
  list: procedure.output(z.array(z.object({ name: server, url: z.url() }))),
  /** Remembers a server, keeps its token as a secret, and has it trust this workspace's signing key. */
  add: procedure
    .input(
      z.object({
        name: server,
        url: z.url({ protocol: /^https?$/ }),
        token: z.string().min(1),
        /** PEM of the private authorities that the server's certificate may be of, instead of the public ones. */
        ca: z.string().max(1_000_000).optional(),
      }),
    )
    .output(z.object({ name: server, url: z.url(), keyId: z.string() })),
  /** Forgets a server and its token; nothing changes there. */
  remove: procedure.input(z.object({ server })).output(z.object({ removed: z.boolean() })),
  /** Whether it can be reached and takes the token. */
  check: procedure
    .input(z.object({ server }))
    .output(z.object({ version: z.string(), time: z.string(), jobs: z.int() })),
  /** Bundles a job or a sync without secrets, signs it and sends it; the server checks it before it switches. */
  push: procedure
    .input(z.object({ job, kind, server, environment, acceptsLoss: z.boolean().optional() }))
    .output(pushOutcomeSchema),
  /** What a push would change against the version that is active there, changed files first. */
  compare: procedure
    .input(z.object({ job, kind, server, environment }))
    .output(z.object({ deploymentId: z.string().optional(), files: z.array(fileChangeSchema) })),
  /** The syncs that were pushed there, and how they stand. */
  syncs: procedure.input(z.object({ server })).output(z.array(listedSyncSchema)),
  startSync: procedure.input(z.object({ server, sync })).output(syncStandingSchema),
  stopSync: procedure.input(z.object({ server, sync })).output(syncStandingSchema),
  jobs: procedure.input(z.object({ server })).output(z.array(deployedJobSchema)),
  /** Newest first. */
  runs: procedure
    .input(z.object({ server, job: job.optional(), limit: z.int().min(1).max(1_000).default(50) }))
    .output(z.array(jobRunSchema)),
  deployments: procedure.input(z.object({ server, job: job.optional() })).output(z.array(deploymentSchema)),
  trigger: procedure.input(z.object({ server, job })).output(jobRunSchema),
  cancel: procedure.input(z.object({ server, jobRunId: z.string() })).output(jobRunSchema),
  /** Makes the version before the active one active again. */
  rollback: procedure.input(z.object({ server, job })).output(deploymentSchema),
}
