import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Clock, systemClock } from '../../base/clock.ts'
import { newId } from '../../base/ids.ts'
import type { Language } from '../../contract/localized.ts'
import { type Scheduler, type SchedulerOptions, startScheduler } from '../../jobs/scheduler.ts'
import { type FileWatch, openFileWatch } from '../../jobs/watch-files.ts'
import { type Metrics, openMetrics } from '../../monitor/metrics/metrics.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import type { TrustStore } from '../../store/trust.ts'
import type { SecretStore } from '../../workspace/secrets/secret-store.ts'
import type { HostContext } from '../router/context.ts'
import type { JobService } from '../router/job-service.ts'
import { ownVersion } from '../version.ts'
import { openRunService } from '../worker/run-service.ts'
import { stepStarter } from '../worker/step-starter.ts'
import { deployedInbox } from './deployed-inbox.ts'
import { deployedJobs } from './deployed-jobs.ts'
import { holdData } from './hold-data.ts'
import { type HookParts, type Hooks, openHooks } from './hooks.ts'
import { type JobServiceParts, jobQuestions } from './job-service.ts'
import type { PushParts } from './receive-push.ts'
import { serverFiles } from './server-files.ts'
import { type ServerSecrets, serverSecrets } from './server-secrets.ts'
import { openServerSyncs, switchSync, syncFigures } from './sync-service.ts'

/** Jobs that run at the same time; each has a process of its own. */
const CONCURRENCY = 2

export interface ServerOptions {
  readonly dataDirectory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly language: Language
  readonly clock?: Clock
  /** Where faults of the server's own work are told; its requests have their replies. */
  readonly onError: (error: unknown) => void
}

export interface Server {
  /** What the requests of one caller work with. */
  context(actor: string): HostContext
  readonly trust: TrustStore
  readonly metrics: Metrics
  readonly hooks: Hooks
  readonly version: string
  isReady(): boolean
  /** Runs that are under way stay as they are, for the next start to go on with. */
  stop(): Promise<void>
  /** Of a data folder that had no token yet. Shown once, never stored as it is. */
  readonly firstToken?: string
}

/**
 * Opens a server over its data folder: schedules, runs and accepts jobs, and goes on with what a crash left.
 * @throws Failure `server.data_in_use`, `store.damaged`.
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { variables, language, clock = systemClock, onError } = options
  const directory = resolve(options.dataDirectory)
  const files = serverFiles(directory)
  await Promise.all([files.deployments, files.runs].map((folder) => mkdir(folder, { recursive: true })))
  const store = openStore(files.store, clock)
  const owner = newId()
  let isReady = true
  const hold = await holdData(store.leases, { owner, directory, onLost: () => void stop().catch(onError) }).catch(
    (error: unknown) => {
      store[Symbol.dispose]()
      throw error
    },
  )
  const secrets = serverSecrets(directory, variables)
  const common = { variables, language, secrets: secrets.place }
  const jobFile = deployedJobs()
  const places = { statePath: files.store, runsDirectory: files.runs, workspaceDirectory: directory }
  const runs = openRunService({ store, ...places, ...common })
  const startStep = stepStarter(runs)
  const { scheduler, watch } = startJobs({ store, clock, owner, jobFile, onError, startStep }, secrets.store, variables)
  const syncs = openServerSyncs({ ...common, store, owner, files, onError })
  const stop = async (): Promise<void> => {
    if (!isReady) return
    isReady = false
    await Promise.all([scheduler.stop(), syncs.runner.close()])
    hold.release()
    store[Symbol.dispose]()
  }
  const deploymentsDirectory = files.deployments
  const receiver = receiverOf({
    store,
    clock,
    deploymentsDirectory,
    variables,
    secrets: secrets.store,
    onSyncDeployed: (deployment) => switchSync(syncs, deployment),
  })
  const version = await ownVersion()
  const jobs = jobService({ store, clock, scheduler, jobFile, watch, receiver, secrets, version })
  const firstToken = firstTokenOf(store.trust)
  const ours = { workspaceDirectory: undefined, language, variables, jobs, audit: store.audit }
  return {
    context: (actor) => ({ ...ours, runs: async () => runs, syncs: async () => syncs, actor }),
    trust: store.trust,
    metrics: openMetrics(store, () => syncFigures(syncs)),
    hooks: hooksOf(store, { clock, variables, secrets: secrets.store, onError }),
    version,
    isReady: () => isReady,
    stop,
    ...(firstToken === undefined ? {} : { firstToken }),
  }
}

function hooksOf({ deployments, syncDeployments }: Store, parts: Omit<HookParts, 'deployments'>): Hooks {
  return openHooks({ ...parts, deployments: [deployments, syncDeployments] })
}

interface ServiceParts extends JobServiceParts {
  readonly receiver: Receiver
  readonly secrets: ServerSecrets
  readonly version: string
}

function jobService({ receiver, secrets, version, ...parts }: ServiceParts): JobService {
  const { store, clock } = parts
  return {
    ...jobQuestions(parts),
    ...receiver,
    info: async () => serverInfo(store, version, clock),
    setSecret: async (name, value, actor) => {
      store.audit.add({ actor, action: 'set_secret', subject: name })
      return { keptIn: await secrets.set(name, value) }
    },
  }
}

function startJobs(
  parts: Omit<SchedulerOptions, 'watch' | 'concurrency'>,
  secrets: SecretStore,
  variables: ServerOptions['variables'],
): { readonly scheduler: Scheduler; readonly watch: FileWatch } {
  const { store, clock, jobFile } = parts
  const watch = openFileWatch({ store, clock, openInbox: deployedInbox({ jobFile, secrets, variables }) })
  return { watch, scheduler: startScheduler({ ...parts, watch, concurrency: CONCURRENCY }) }
}

type Receiver = Pick<JobService, 'push' | 'trustKey'>

/** Loaded by the first push: it looks at data, and the database for that is not waited for at every start. */
function receiverOf(parts: PushParts): Receiver {
  let loading: Promise<Receiver> | undefined
  const receiver = (): Promise<Receiver> => {
    loading ??= import('./receive-push.ts').then(({ pushReceiver }) => pushReceiver(parts))
    return loading
  }
  return {
    push: async (...pushed) => (await receiver()).push(...pushed),
    trustKey: async (...trusted) => (await receiver()).trustKey(...trusted),
  }
}

function serverInfo(store: Store, version: string, clock: Clock): Awaited<ReturnType<JobService['info']>> {
  return { version, time: new Date(clock.now()).toISOString(), jobs: store.deployments.allActive().length }
}

function firstTokenOf(trust: TrustStore): string | undefined {
  if (trust.hasTokens()) return undefined
  const token = randomBytes(32).toString('base64url')
  trust.addToken(token, 'first')
  return token
}
