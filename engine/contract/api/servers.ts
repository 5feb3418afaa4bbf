import { z } from 'zod'
import { procedure } from './procedure.ts'
import { pushOutcomeSchema } from './server.ts'

const server = z.string().regex(/^[\w-]{1,64}$/, 'a server name is letters, digits, _ and -')

/** The servers a workspace pushes to. */
export const serversProcedures = {
  list: procedure.output(z.array(z.object({ name: server, url: z.url() }))),
  /** Remembers a server, keeps its token as a secret, and has it trust this workspace's signing key. */
  add: procedure
    .input(z.object({ name: server, url: z.url({ protocol: /^https?$/ }), token: z.string().min(1) }))
    .output(z.object({ name: server, url: z.url(), keyId: z.string() })),
  /** Bundles a job without secrets, signs it and sends it; the server checks it before it switches. */
  push: procedure
    .input(z.object({ job: z.string(), server, environment: z.string().optional() }))
    .output(pushOutcomeSchema),
}
