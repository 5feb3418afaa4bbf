import type { Clock } from '../base/clock.ts'
import type { Inbox, InboxFile } from '../connectors/api/inbox.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import { type FailureData, isFailure, toFailure } from '../contract/failure.ts'
import { durationMs, type JobFile, type Watch } from '../contract/job-file.ts'
import type { Deployment } from '../store/deployments.ts'
import type { JobRunState } from '../store/job-runs.ts'
import type { Store } from '../store/open-store.ts'
import type { TakenFile } from '../store/taken-files.ts'
import { printFileRequest } from './file-run.ts'

export interface FileWatchPorts {
  readonly store: Store
  readonly clock: Clock
  /** @throws Failure where the connection cannot be opened, or its datasets are no files (`watch.not_files`) */
  readonly openInbox: (deployment: Deployment, connection: string) => Promise<Inbox & AsyncDisposable>
}

/** Looks for files that jobs wait for. */
export interface FileWatch {
  /** Queues a run for each complete file that was not taken yet, and puts away those whose run ended. Nothing before it is time. */
  look(deployment: Deployment, job: JobFile): Promise<void>
  /** Why the last look came to nothing. */
  failureOf(job: string): FailureData | undefined
}

interface Watched {
  lookAt: number
  failure: FailureData | undefined
  /** When each file was first seen as it is. */
  readonly seen: Map<string, number>
}

const ENDED: ReadonlySet<JobRunState> = new Set(['succeeded', 'failed', 'cancelled', 'skipped'])

export function openFileWatch(ports: FileWatchPorts): FileWatch {
  const jobs = new Map<string, Watched>()
  return {
    look: async (deployment, job) => {
      const { watch } = job
      const { job: name } = deployment
      const watched = jobs.get(name) ?? { lookAt: 0, failure: undefined, seen: new Map<string, number>() }
      jobs.set(name, watched)
      if (watch === undefined || ports.clock.now() < watched.lookAt) return
      watched.lookAt = ports.clock.now() + durationMs(watch.every)
      try {
        await using inbox = await ports.openInbox(deployment, parseDatasetRef(watch.dataset).connection)
        const look = { ports, deployment, priority: job.priority, watch, inbox, watched }
        await putAway(look)
        await take(look)
        watched.failure = undefined
      } catch (error) {
        watched.failure = toFailure(error).toJSON()
      }
    },
    failureOf: (job) => jobs.get(job)?.failure,
  }
}

interface Look {
  readonly ports: FileWatchPorts
  readonly deployment: Deployment
  readonly priority: number
  readonly watch: Watch
  readonly inbox: Inbox
  readonly watched: Watched
}

async function putAway({ ports: { store }, deployment: { job }, watch, inbox }: Look): Promise<void> {
  for (const file of store.takenFiles.open(job)) {
    const state = store.jobRuns.get(file.jobRunId ?? '')?.state
    if (state !== undefined && !ENDED.has(state)) continue
    const isDone = state === 'succeeded'
    const movedTo = await move(inbox, file, { to: isDone ? watch.archive : watch.errors, marker: watch.marker })
    store.takenFiles.settle(file, isDone ? 'done' : 'failed', movedTo)
  }
}

async function take(look: Look): Promise<void> {
  const { ports, deployment, priority, watch, inbox, watched } = look
  const { store } = ports
  const files = (await inbox.list(parseDatasetRef(watch.dataset).name)).filter(
    (file) => !isPutAway(file, watch) && !store.takenFiles.isKnown({ job: deployment.job, ...file }),
  )
  forgetOthers(watched, files)
  for (const file of files) {
    if (!(await isComplete(look, file))) continue
    const digest = await digestOf(inbox, file)
    if (digest === undefined) continue
    const { job, id: deploymentId } = deployment
    const taken = store.takenFiles.take({ job, digest, ...file }, () =>
      store.jobRuns.enqueue({
        job,
        deploymentId,
        cause: 'file',
        priority,
        request: printFileRequest(watch.dataset, file.name),
      }),
    )
    if (taken.state !== 'repeated') continue
    store.takenFiles.settle(taken, 'repeated', await move(inbox, taken, { to: watch.archive, marker: watch.marker }))
  }
}

async function isComplete({ ports: { clock }, inbox, watch, watched }: Look, file: InboxFile): Promise<boolean> {
  if (watch.marker !== undefined && (await inbox.list(`${file.name}${watch.marker}`)).length === 0) return false
  const since = watched.seen.get(seenKey(file)) ?? clock.now()
  watched.seen.set(seenKey(file), since)
  return watch.marker !== undefined || clock.now() - since >= durationMs(watch.settled)
}

/** Undefined for a file that is being written to after all: it is looked at again once it is settled. */
async function digestOf(inbox: Inbox, file: InboxFile): Promise<string | undefined> {
  try {
    return await inbox.digest(file)
  } catch (error) {
    if (isFailure(error, 'file.changed')) return undefined
    throw error
  }
}

async function move(
  inbox: Inbox,
  file: TakenFile,
  { to, marker }: { readonly to: string | undefined; readonly marker: string | undefined },
): Promise<string | undefined> {
  if (to === undefined) return undefined
  const moved = await inbox.move(file, to)
  if (marker === undefined || moved === undefined) return moved
  for (const beside of await inbox.list(`${file.name}${marker}`)) await inbox.move(beside, to)
  return moved
}

function isPutAway({ name }: InboxFile, { archive, errors }: Watch): boolean {
  return [archive, errors].some((folder) => folder !== undefined && name.startsWith(`${folder}/`))
}

function forgetOthers({ seen }: Watched, files: readonly InboxFile[]): void {
  const here = new Set(files.map(seenKey))
  for (const key of seen.keys()) if (!here.has(key)) seen.delete(key)
}

function seenKey({ name, version }: InboxFile): string {
  return JSON.stringify([name, version])
}
