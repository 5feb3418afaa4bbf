import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../base/clock.ts'
import { newId } from '../../base/ids.ts'
import type { PushOutcome } from '../../contract/api/server.ts'
import { type Bundle, type BundleSchemas, bundleSchemasSchema, SCHEMAS_FILE } from '../../contract/bundle-file.ts'
import { Failure } from '../../contract/failure.ts'
import { keyIdOf } from '../../deploy/keys.ts'
import { bytesOf, parseBundle } from '../../deploy/parse-bundle.ts'
import { bundleDigest, verifyBundle } from '../../deploy/sign.ts'
import { unpackBundle } from '../../deploy/unpack.ts'
import { verifyAgainstReality } from '../../deploy/verify-against-reality.ts'
import { requireSchedule } from '../../jobs/schedule.ts'
import type { Deployment, DeploymentStore } from '../../store/deployments.ts'
import type { Store } from '../../store/open-store.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { JobService } from '../router/job-service.ts'
import { readyConnection } from '../router/open-connection.ts'
import { runPorts } from '../router/run-ports.ts'
import { syncFindings } from './sync-findings.ts'

export interface PushParts {
  readonly store: Store
  readonly clock: Clock
  readonly deploymentsDirectory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly secrets: SecretStore
  /** A new version of a sync is active. */
  readonly onSyncDeployed: (deployment: Deployment) => Promise<void>
}

/** Takes bundles: believes the signature, then reality, and only then switches. Pushes of one server go one after another. */
export function pushReceiver(parts: PushParts): Pick<JobService, 'push' | 'trustKey'> {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    push: (bundle, actor, { acceptsLoss } = { acceptsLoss: false }) => {
      const mine = tail.catch(() => undefined).then(() => receive(parts, bundle, { actor, acceptsLoss }))
      tail = mine
      return mine
    },
    trustKey: async ({ publicKey, name }, actor) => {
      const keyId = keyIdOf(publicKey)
      // Before the key counts: an audit that cannot be written stops it.
      parts.store.audit.add({ actor, action: 'trust_key', subject: keyId, detail: { name } })
      parts.store.trust.addKey({ keyId, publicKey, name })
      return { keyId }
    },
  }
}

interface Pushing {
  readonly actor: string
  readonly acceptsLoss: boolean
}

async function receive(parts: PushParts, document: unknown, pushing: Pushing): Promise<PushOutcome> {
  const { store, clock } = parts
  const bundle = parseBundle(document)
  const { job } = bundle.manifest
  const digest = bundleDigest(bundle.manifest)
  const active = deploymentsOf(store, bundle).active(job)
  const isActive = active?.digest === digest
  verifyBundle(bundle, {
    trustedKeys: store.trust.keys(),
    nowMs: clock.now(),
    // A push whose reply was lost is sent again as it was; what is active already may be asked for twice. Its nonce is recorded
    // all the same: once another version took over, this very document must not bring the old one back.
    useNonce: (nonce) => store.trust.useNonce(nonce) || isActive,
  })
  if (isActive) return { job, digest, outcome: 'unchanged', deploymentId: active.id, findings: [] }
  return await deploy(parts, { bundle, digest, ...pushing })
}

async function deploy(
  parts: PushParts,
  { bundle, digest, actor, acceptsLoss }: Pushing & { readonly bundle: Bundle; readonly digest: string },
): Promise<PushOutcome> {
  const { store, deploymentsDirectory } = parts
  const { job } = bundle.manifest
  const id = newId()
  const directory = join(deploymentsDirectory, id)
  const workspace = await unpackBundle(bundle, directory)
  try {
    const findings = await findingsOf(parts, workspace, { bundle, acceptsLoss })
    if (findings.some(({ severity }) => severity === 'error')) {
      await rm(directory, { recursive: true, force: true })
      return { job, digest, outcome: 'refused', findings }
    }
    const { keyId = '' } = bundle
    const action = isOfSync(bundle) ? 'deploy_sync' : 'deploy'
    store.audit.add({ actor, action, subject: job, detail: { id, digest, keyId } })
    const deployment = deploymentsOf(store, bundle).activate({ id, job, digest, directory, keyId })
    if (isOfSync(bundle)) await parts.onSyncDeployed(deployment)
    return { job, digest, outcome: 'deployed', deploymentId: id, findings }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

function isOfSync({ manifest }: Bundle): boolean {
  return manifest.kind === 'sync'
}

function deploymentsOf(store: Store, bundle: Bundle): DeploymentStore {
  return isOfSync(bundle) ? store.syncDeployments : store.deployments
}

async function findingsOf(
  { variables, secrets, clock }: PushParts,
  workspace: Workspace,
  { bundle, acceptsLoss }: { readonly bundle: Bundle; readonly acceptsLoss: boolean },
): Promise<PushOutcome['findings']> {
  const { job } = bundle.manifest
  if (isOfSync(bundle))
    return syncFindings({ workspace, environment: environmentOf(workspace, undefined), variables, secrets }, job)
  const file = workspace.jobs.get(job)
  if (file === undefined) throw new Failure('job.unknown', { job })
  if (file.schedule !== undefined) requireSchedule(file.schedule, clock.now())
  const source = { workspace, environment: environmentOf(workspace, file.environment), variables, secrets }
  const ports = await runPorts(source, { snapshot: async () => undefined, emit: () => undefined })
  const found = await verifyAgainstReality({
    workspace,
    job,
    schemas: schemasOf(bundle),
    acceptsLoss,
    ports: {
      ...ports,
      diagnose: async function* (connection) {
        const { connector, request } = await readyConnection(source, connection)
        yield* connector.diagnose(request)
      },
    },
  })
  return [...found]
}

function schemasOf({ files }: Bundle): BundleSchemas {
  const content = files[SCHEMAS_FILE]
  if (content === undefined) return { version: 1, sources: {} }
  return bundleSchemasSchema.parse(JSON.parse(bytesOf(content).toString('utf8')))
}
