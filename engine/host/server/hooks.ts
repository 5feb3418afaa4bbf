import type { Clock } from '../../base/clock.ts'
import type { Secret } from '../../base/secret.ts'
import { configSchema, type WebhookConfig } from '../../connectors/webhook/config.ts'
import type { DeliveryStore } from '../../connectors/webhook/deliveries.ts'
import { deliveriesOf } from '../../connectors/webhook/deliveries-file.ts'
import { type Received, receive } from '../../connectors/webhook/receive.ts'
import type { WebhookRequest } from '../../connectors/webhook/signature.ts'
import { Failure } from '../../contract/failure.ts'
import type { Deployment, DeploymentStore } from '../../store/deployments.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import { readyConnection } from '../router/open-connection.ts'

export interface HookParts {
  /** Of jobs and of syncs. */
  readonly deployments: readonly DeploymentStore[]
  readonly clock: Clock
  readonly secrets: SecretStore
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Told once of each deployment whose webhooks cannot be served, as it is. */
  readonly onError: (error: unknown) => void
}

/** The webhooks of a server: connections of that kind in what is deployed. */
export interface Hooks {
  /** The most bytes a body may have; undefined where there is no such webhook. */
  limitOf(name: string): Promise<number | undefined>
  /** @throws Failure `webhook.unsigned`, `webhook.refused` and those of the file of deliveries */
  receive(name: string, request: WebhookRequest): Promise<Received>
  close(): void
}

interface Hook {
  readonly config: WebhookConfig
  readonly baseDirectory: string
  readonly secret: () => Promise<Secret | undefined>
}

/** How long what was found counts: whoever is refused must not make the server read files each time. */
const KNOWN_MS = 2_000

export function openHooks(parts: HookParts): Hooks {
  const { clock } = parts
  const stores = new Map<string, DeliveryStore>()
  const told = new Set<string>()
  let known: { readonly until: number; readonly hooks: Promise<ReadonlyMap<string, Hook>> } | undefined
  const tell = ({ id }: Deployment, error: unknown): void => {
    const key = `${id} ${String(error)}`
    if (!told.has(key)) parts.onError(error)
    told.add(key)
  }
  const find = async (name: string): Promise<Hook | undefined> => {
    if (known === undefined || clock.now() >= known.until)
      known = { until: clock.now() + KNOWN_MS, hooks: hooksOf(parts, tell) }
    return (await known.hooks).get(name)
  }
  const storeOf = ({ config, baseDirectory }: Hook): DeliveryStore => {
    const key = JSON.stringify([baseDirectory, config.file])
    const store = stores.get(key) ?? deliveriesOf(config, baseDirectory)
    stores.set(key, store)
    return store
  }
  return {
    limitOf: async (name) => (await find(name))?.config.maxBytes,
    receive: async (name, request) => {
      const hook = await find(name)
      if (hook === undefined)
        throw new Failure('webhook.refused', { webhook: name, reason: 'there is no such webhook' })
      const secret = await hook.secret()
      return receive(request, { webhook: name, config: hook.config, secret, store: storeOf(hook), nowMs: clock.now() })
    },
    close: () => {
      for (const store of stores.values()) store[Symbol.dispose]()
      stores.clear()
    },
  }
}

/** Of two deployments that have a webhook of one name, the later one counts. */
async function hooksOf(
  parts: HookParts,
  onFailure: (deployment: Deployment, error: unknown) => void,
): Promise<ReadonlyMap<string, Hook>> {
  const hooks = new Map<string, Hook>()
  const active = parts.deployments.flatMap((deployments) => deployments.allActive())
  for (const deployment of active.toSorted((a, b) => a.deployedAt - b.deployedAt)) {
    try {
      for (const [name, hook] of await hooksIn(parts, deployment)) hooks.set(name, hook)
    } catch (error) {
      onFailure(deployment, error)
    }
  }
  return hooks
}

async function hooksIn(parts: HookParts, deployment: Deployment): Promise<(readonly [string, Hook])[]> {
  const workspace = await loadWorkspace(deployment.directory)
  const { jobs, syncs } = workspace
  const environment = environmentOf(workspace, (jobs.get(deployment.job) ?? syncs.get(deployment.job))?.environment)
  const found: (readonly [string, Hook])[] = []
  for (const [name, { kind }] of workspace.connections) {
    if (kind !== 'webhook') continue
    const { secrets, variables } = parts
    const { request } = await readyConnection({ workspace, environment, secrets, variables }, name)
    const { config, baseDirectory, secret } = request
    found.push([name, { config: configSchema.parse(config), baseDirectory, secret: () => secret('secret') }])
  }
  return found
}
