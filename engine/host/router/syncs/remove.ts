import type { SyncRemoval } from '../../../contract/api/syncs.ts'
import type { HostContext } from '../context.ts'
import { removeNamed } from '../named-files.ts'
import { openSession } from '../open-connection.ts'
import { type PlacedSync, placedSource, placeOf, syncsOf } from './place.ts'
import { readerOf } from './reader-of.ts'

/** What is lost when a sync is removed. */
export async function removalOf(context: HostContext, sync: string, signal?: AbortSignal): Promise<SyncRemoval> {
  const placed = await placeOf(context, sync)
  const { runner, store } = await syncsOf(context)
  const reader = await readerOfSync(placed, sync, signal)
  const { isRun, status } = runner.standing(sync)
  const { source, target } = placed.file
  const tables = store.get(sync) === undefined ? 0 : (status?.tables.length ?? 0)
  return { source, target, tables, isRun, ...(reader === undefined ? {} : { reader }) }
}

/** Stops it first: a reader that is in use cannot be forgotten. */
export async function removeSync(
  context: HostContext,
  { sync, keepsReader = false }: { readonly sync: string; readonly keepsReader?: boolean | undefined },
  signal?: AbortSignal,
): Promise<{ removed: boolean }> {
  const { runner, store, deployed } = await syncsOf(context)
  const placed = await placeOf(context, sync)
  await runner.stop(sync)
  if (!keepsReader) {
    await using source = await openSession(await placedSource(placed), placed.file.source, signal)
    await source.changes?.forget(sync)
  }
  store.remove(sync)
  if (deployed === undefined) return removeNamed(placed.workspace, 'syncs', sync)
  deployed.remove(sync)
  return { removed: true }
}

/** What the source keeps for a sync now. */
export async function readerOfSync(placed: PlacedSync, sync: string, signal?: AbortSignal) {
  await using source = await openSession(await placedSource(placed), placed.file.source, signal)
  return readerOf(await source.changes?.state(sync))
}
