import { implement } from '@orpc/server'
import { serverProcedures } from '../../contract/api/server.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { actorOf, jobsOf } from './jobs.ts'

const area = implement(serverProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const serverRouter = {
  info: area.info.handler(({ context }) => jobsOf(context).info()),
  deployed: area.deployed.handler(({ input: { job, kind }, context }) => jobsOf(context).deployed(job, kind)),
  push: area.push.handler(({ input, context }) =>
    jobsOf(context).push(input.bundle, actorOf(context), { acceptsLoss: input.acceptsLoss === true }),
  ),
  trustKey: area.trustKey.handler(({ input, context }) => jobsOf(context).trustKey(input, actorOf(context))),
  setSecret: area.setSecret.handler(({ input: { name, value }, context }) =>
    jobsOf(context).setSecret(name, value, actorOf(context)),
  ),
}
