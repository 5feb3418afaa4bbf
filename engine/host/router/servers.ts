import { implement } from '@orpc/server'
import { Secret } from '../../base/secret.ts'
import { failureOf } from '../../contract/api/failure-of.ts'
import { serversProcedures } from '../../contract/api/servers.ts'
import type { EngineClient } from '../../contract/api.ts'
import type { Bundle } from '../../contract/bundle-file.ts'
import { buildBundle, buildSyncBundle, newNonce, PUSH_VALID_MS } from '../../deploy/bundle.ts'
import { compareFiles } from '../../deploy/compare-files.ts'
import { openSigningKey } from '../../deploy/keys.ts'
import { signBundle } from '../../deploy/sign.ts'
import { requirePushable } from '../../workspace/load.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectRemote } from '../http/remote-engine.ts'
import { authorityOf } from './authority.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { jobSchemas } from './job-schemas.ts'
import { forgetServer, knownServer, readServers, saveServer, tokenSecret } from './known-servers.ts'
import { openWorkspace, secretsOf } from './open-workspace.ts'

const area = implement(serversProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

export const serversRouter = {
  list: area.list.handler(async ({ context }) => {
    const servers = await readServers((await openWorkspace(context)).directory)
    return servers.map(({ name, url }) => ({ name, url }))
  }),
  add: area.add.handler(async ({ input: { name, url, token, ca }, context }) => {
    const authority = ca === undefined ? {} : { ca: authorityOf(ca) }
    const workspace = await openWorkspace(context)
    const secrets = secretsOf(workspace, context)
    const secret = new Secret(token)
    const { publicKey } = await openSigningKey(secrets)
    const remote = connectRemote({ name, url, token: secret, ...authority })
    const trusted = remote.server.trustKey({ publicKey, name: workspace.file.name })
    // Only a server that answered is worth remembering.
    const { keyId } = await trusted.catch(rethrow)
    await secrets.set(tokenSecret(name), secret)
    await saveServer(workspace.directory, { name, url, ...authority })
    return { name, url, keyId }
  }),
  remove: area.remove.handler(async ({ input: { server }, context }) => {
    const workspace = await openWorkspace(context)
    await secretsOf(workspace, context).delete(tokenSecret(server))
    return { removed: await forgetServer(workspace.directory, server) }
  }),
  push: area.push.handler(async ({ input, context }) => {
    const workspace = await openWorkspace(context)
    const remote = await knownServer(context, input.server)
    const bundle = await bundleOf(context, workspace, input)
    const key = await openSigningKey(secretsOf(workspace, context))
    return remote.server
      .push({
        bundle: signBundle(bundle, key),
        ...(input.acceptsLoss === undefined ? {} : { acceptsLoss: input.acceptsLoss }),
      })
      .catch(rethrow)
  }),
  compare: area.compare.handler(async ({ input, context }) => {
    const remote = await knownServer(context, input.server)
    const [deployed, bundle] = await Promise.all([
      remote.server
        .deployed({ job: input.job, ...(input.kind === undefined ? {} : { kind: input.kind }) })
        .catch(rethrow),
      bundleOf(context, await openWorkspace(context), input),
    ])
    const { deploymentId, files } = deployed
    return { files: compareFiles(files, bundle.files), ...(deploymentId === undefined ? {} : { deploymentId }) }
  }),
  check: area.check.handler(({ input, context }) => asked(context, input, (remote) => remote.server.info())),
  syncs: area.syncs.handler(({ input, context }) => asked(context, input, (remote) => remote.syncs.list())),
  startSync: area.startSync.handler(({ input: { sync, ...at }, context }) =>
    asked(context, at, (remote) => remote.syncs.start({ sync })),
  ),
  stopSync: area.stopSync.handler(({ input: { sync, ...at }, context }) =>
    asked(context, at, (remote) => remote.syncs.stop({ sync })),
  ),
  jobs: area.jobs.handler(({ input, context }) => asked(context, input, (remote) => remote.jobs.list())),
  runs: area.runs.handler(({ input, context }) =>
    asked(context, input, (remote) =>
      remote.jobs.runs({ limit: input.limit, ...(input.job === undefined ? {} : { job: input.job }) }),
    ),
  ),
  deployments: area.deployments.handler(({ input, context }) =>
    asked(context, input, (remote) => remote.jobs.deployments(input.job === undefined ? {} : { job: input.job })),
  ),
  trigger: area.trigger.handler(({ input, context }) =>
    asked(context, input, (remote) => remote.jobs.trigger({ job: input.job })),
  ),
  cancel: area.cancel.handler(({ input, context }) =>
    asked(context, input, (remote) => remote.jobs.cancel({ jobRunId: input.jobRunId })),
  ),
  rollback: area.rollback.handler(({ input, context }) =>
    asked(context, input, (remote) => remote.jobs.rollback({ job: input.job })),
  ),
}

interface PushRequest {
  readonly job: string
  readonly kind?: 'job' | 'sync' | undefined
  readonly environment?: string | undefined
}

async function bundleOf(
  context: HostContext,
  workspace: Workspace,
  { job, kind, environment }: PushRequest,
): Promise<Bundle> {
  requirePushable(workspace)
  const request = {
    workspace,
    createdAtMs: Date.now(),
    validForMs: PUSH_VALID_MS,
    nonce: newNonce(),
    ...(environment === undefined ? {} : { environment }),
  }
  if (kind === 'sync') return buildSyncBundle({ ...request, sync: job })
  return buildBundle({ ...request, job, schemas: await jobSchemas(context, workspace, job) })
}

/** What a known server answers. */
async function asked<Answer>(
  context: HostContext,
  { server }: { readonly server: string },
  ask: (remote: EngineClient) => Promise<Answer>,
): Promise<Answer> {
  return ask(await knownServer(context, server)).catch(rethrow)
}

/** What a server said is passed on as it is. */
function rethrow(error: unknown): never {
  throw failureOf(error)
}
