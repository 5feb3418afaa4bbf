import { Failure } from '../../../contract/failure.ts'
import type { MaskCheck } from '../../../contract/mask-finding.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { memoryFolder } from '../../../os/memory-folder.ts'
import { checkSnapshotMask } from '../../../run/check-snapshot-mask.ts'
import { newestSnapshot } from '../../../run/snapshot.ts'
import type { HostContext } from '../context.ts'
import { openSourceDataset } from '../open-source-dataset.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import { classesOf } from './classes.ts'

const MEMORY_MB = 1_024

export interface OfDataset {
  readonly dataset: string
  readonly environment?: string | undefined
}

/** @throws Failure `run.snapshot_missing`, `mask.snapshot_unmasked`, `mask.no_memory_folder` */
export async function checkSnapshot(
  context: HostContext,
  request: OfDataset,
  signal: AbortSignal | undefined,
): Promise<MaskCheck> {
  await using source = await openSourceDataset(context, request, signal)
  const directory = snapshotFolder(source.workspace)
  const manifest = await newestSnapshot(directory, request.dataset)
  if (manifest === undefined) throw new Failure('run.snapshot_missing', { dataset: request.dataset })
  const spillParent = await memoryFolder(context.variables)
  if (spillParent === undefined) throw new Failure('mask.no_memory_folder', {})
  const { session, options } = source
  const allowedDirectories = [directory, ...(session.folders ?? [])]
  await using duck = await openDuck({ memoryLimitMb: MEMORY_MB, spillParent, allowedDirectories })
  return await checkSnapshotMask({
    manifest,
    directory,
    session,
    options,
    duck,
    confirmed: classesOf(source.workspace, request.dataset),
    ...(signal === undefined ? {} : { signal }),
  })
}
