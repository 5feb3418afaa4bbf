import type { RowsFrom } from '../../../contract/api/data.ts'
import { Failure } from '../../../contract/failure.ts'
import type { ConfirmedClasses } from '../../../contract/personal-class.ts'
import { withConfirmed } from '../../../contract/profile/personal-finding.ts'
import type { ProfileEvent, ProfileScope } from '../../../contract/profile/profile.ts'
import { profileRelation } from '../../../profile/profile-relation.ts'
import { listSnapshots } from '../../../run/snapshot.ts'
import { sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import type { OpenRows } from '../cursors/cursor.ts'
import { firstRowsOnly } from '../cursors/load-rows.ts'
import { openRows } from '../cursors/open-rows.ts'
import { type RowStore, rowsOf } from '../cursors/row-store.ts'
import { classesOf } from '../masking/classes.ts'
import { openWorkspace } from '../open-workspace.ts'
import { resourcesOf } from '../resources.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import { sqlRows } from '../sql/sql-rows.ts'
import { storeProfile } from './profile-store.ts'
import { serverSample } from './server-sample.ts'

export interface RunProfileRequest {
  readonly from: RowsFrom | { readonly cursor: string; readonly dataset: string }
  readonly isFull?: boolean | undefined
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly environment?: string | undefined
  readonly offline?: boolean | undefined
}

/** Rows to profile, and what they are called. */
interface Subject extends AsyncDisposable {
  readonly rows: Omit<OpenRows, 'close'>
  readonly dataset: string
  /** Whether the profile belongs into the history of the dataset. */
  readonly isKept: boolean
}

/** Profiles what is asked for and keeps the last profile. Stopping the iteration, or the signal, stops the work and closes the source. */
export async function* runProfile(
  context: HostContext,
  request: RunProfileRequest,
  signal?: AbortSignal,
): AsyncGenerator<ProfileEvent, undefined, void> {
  const stop = new AbortController()
  const call = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  await using stack = new AsyncDisposableStack()
  stack.defer(() => stop.abort())
  const subject = stack.use(await subjectOf(context, request, call))
  const { store, duck } = subject.rows
  const held = await store.hold?.()
  if (held !== undefined) stack.use(held)
  const worker = stack.use(await duck.connect())
  const snapshot = await snapshotScope(context, subject)
  const counting: string[] = []
  let isSampled = false
  const events = profileRelation({
    duck: worker,
    columns: store.columns,
    source: {
      from: () => sql`(${rowsOf(store)})`,
      rowsNow: () => store.progress.total ?? undefined,
      settled: () => settled(store, call),
      sampled: async () => {
        if (request.isFull === true || !subject.isKept || !isCut(subject.rows)) return undefined
        const wanted = {
          ...request,
          dataset: subject.dataset,
          duck: worker,
          signal: call,
          warn: (warning: string) => void counting.push(warning),
        }
        const sampled = await serverSample(context, wanted, stack)
        isSampled = sampled !== undefined
        return sampled
      },
    },
    dataset: subject.dataset,
    scope: () => ({ ...scopeOf(subject), ...snapshot }),
    isFull: request.isFull === true,
    warnings: () => (isSampled ? [...withoutCut(subject.rows), ...counting] : subject.rows.warnings()),
    now: new Date(),
    signal: call,
  })
  const classes = subject.isKept ? classesOf(await openWorkspace(context), subject.dataset) : NOTHING_SAID
  for await (const event of events) {
    if (event.stage === 'done' && subject.isKept) await storeProfile(await openWorkspace(context), event.profile)
    yield { ...event, profile: withConfirmed(event.profile, classes) }
  }
}

const NOTHING_SAID: ConfirmedClasses = new Map()

/** How many rows there are once no more come. */
async function settled({ progress }: RowStore, signal: AbortSignal): Promise<bigint> {
  await progress.end(signal)
  if (signal.aborted) throw new Failure('work.cancelled', { what: 'profile' })
  if (progress.error !== undefined) throw progress.error
  return progress.rows
}

function scopeOf({ rows }: Subject): Omit<ProfileScope, 'rows'> {
  return isCut(rows) ? { isWhole: false, part: 'first_rows' } : { isWhole: true }
}

/** Where a sample stands for the rows, nobody looked at the first ones only. */
function withoutCut({ warnings, limitRows }: Subject['rows']): string[] {
  return warnings().filter((warning) => limitRows === undefined || warning !== firstRowsOnly(limitRows))
}

function isCut({ limitRows, store }: Subject['rows']): boolean {
  return limitRows !== undefined && store.progress.rows >= BigInt(limitRows)
}

/** What a snapshot says about itself, when the rows are one's. */
async function snapshotScope(context: HostContext, { rows, dataset }: Subject): Promise<Partial<ProfileScope>> {
  const { snapshotTakenAt } = rows.facts
  if (snapshotTakenAt === undefined) return {}
  const manifests = await listSnapshots(snapshotFolder(await openWorkspace(context)))
  const manifest = manifests.find((one) => one.dataset === dataset && one.takenAt === snapshotTakenAt)
  if (manifest === undefined) return { snapshotTakenAt }
  const { scope, where } = manifest
  const isPart = scope.kind !== 'all' || where !== undefined
  return {
    snapshotTakenAt,
    ...(isPart ? { isWhole: false, part: 'snapshot_part' as const } : {}),
    ...(where === undefined ? {} : { where }),
  }
}

async function subjectOf(context: HostContext, request: RunProfileRequest, signal: AbortSignal): Promise<Subject> {
  const { from, isFull, ...rest } = request
  if ('cursor' in from) {
    const rows = resourcesOf(context).cursors.get(from.cursor).base
    const isKept = /^[^:\s/\\][^:]+:/.test(from.dataset)
    // A cursor holds the first rows of a server's table: all of them are read anew.
    if (isFull === true && isKept && isCut(rows))
      return subjectOf(context, { ...request, from: { dataset: from.dataset } }, signal)
    return {
      rows,
      dataset: from.dataset,
      isKept,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  }
  const rows =
    'sql' in from
      ? await sqlRows(context, { ...rest, sql: from.sql }, signal)
      : await openRows(context, { ...rest, from, isWhole: isFull }, signal)
  const dataset = 'sql' in from ? from.sql : 'file' in from ? from.file : from.dataset
  return { rows, dataset, isKept: 'dataset' in from && !('file' in from), [Symbol.asyncDispose]: () => rows.close() }
}
