import { implement } from '@orpc/server'
import { Secret } from '../../base/secret.ts'
import { failureOf } from '../../contract/api/failure-of.ts'
import { serversProcedures } from '../../contract/api/servers.ts'
import { buildBundle, newNonce, PUSH_VALID_MS } from '../../deploy/bundle.ts'
import { openSigningKey } from '../../deploy/keys.ts'
import { signBundle } from '../../deploy/sign.ts'
import { requireSound } from '../../workspace/load.ts'
import { connectRemote } from '../http/remote-engine.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { jobSchemas } from './job-schemas.ts'
import { knownServer, readServers, saveServer, tokenSecret } from './known-servers.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

const area = implement(serversProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const serversRouter = {
  list: area.list.handler(async ({ context }) => readServers((await openWorkspace(context)).directory)),
  add: area.add.handler(async ({ input: { name, url, token }, context }) => {
    const workspace = await openWorkspace(context)
    const secrets = secretsOf(workspace, context)
    const secret = new Secret(token)
    const { publicKey } = await openSigningKey(secrets)
    const remote = connectRemote({ name, url, token: secret })
    const trusted = remote.server.trustKey({ publicKey, name: workspace.file.name })
    // Only a server that answered is worth remembering.
    const { keyId } = await trusted.catch(rethrow)
    await secrets.set(tokenSecret(name), secret)
    await saveServer(workspace.directory, { name, url })
    return { name, url, keyId }
  }),
  push: area.push.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    requireSound(workspace)
    const remote = await knownServer(context, input.server)
    const bundle = await buildBundle({
      workspace,
      job: input.job,
      schemas: await jobSchemas(context, workspace, input.job),
      createdAtMs: Date.now(),
      validForMs: PUSH_VALID_MS,
      nonce: newNonce(),
      ...(input.environment === undefined ? {} : { environment: input.environment }),
    })
    const key = await openSigningKey(secretsOf(workspace, context))
    return remote.server.push({ bundle: signBundle(bundle, key) }).catch(rethrow)
  }),
}

/** What a server said is passed on as it is. */
function rethrow(error: unknown): never {
  throw failureOf(error)
}
