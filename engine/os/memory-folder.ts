import { statfs } from 'node:fs/promises'
import { pathExists } from './path-exists.ts'

const SHARED_MEMORY = '/dev/shm'
/** TMPFS_MAGIC of statfs(2). */
const TMPFS = 0x01021994

/**
 * A folder whose files never reach a disk, or undefined: the one that RUNNEL_MEMORY_FOLDER names, which is trusted to be one,
 * else Linux's shared memory. A system that swaps may still write memory to the disk; encrypt its swap.
 */
export async function memoryFolder(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const named = variables['RUNNEL_MEMORY_FOLDER']
  if (named !== undefined && named !== '') return (await pathExists(named)) ? named : undefined
  const found = await statfs(SHARED_MEMORY).catch(() => undefined)
  return found?.type === TMPFS ? SHARED_MEMORY : undefined
}
