import { posix } from 'node:path'
import { Failure } from '../../../contract/failure.ts'

/**
 * A dataset's name relative to the folder of its place, judged by its letters.
 * @throws Failure `file.outside_folder` for absolute paths, `..` that leaves, and names no file can have.
 */
export function nameInPlace(dataset: string): string {
  const name = posix.normalize(dataset)
  const isInside = !posix.isAbsolute(name) && name !== '..' && !name.startsWith('../') && !/[\0\r\n]/.test(name)
  if (!isInside || name === '.' || name.endsWith('/')) throw new Failure('file.outside_folder', { file: dataset })
  return name
}

/** Whether a name that a place tells is that of a file for us: no part that is hidden, empty or leads elsewhere. */
export function isFileName(name: string): boolean {
  return !/[\0\r\n]/.test(name) && name.split('/').every((part) => part !== '' && !part.startsWith('.'))
}

/** Names in the order of their code points, as in a folder of this machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
