import { isAbsolute, join, relative } from 'node:path'
import { PAGE_HOST, PAGE_SCHEME } from '../identity.ts'

/** Letters of names that vite writes; nothing that a path of any system could read otherwise. */
const STEP = /^[\w@-][\w@.-]*$/

/**
 * The file inside `folder` that an address of ours names; undefined for everything else.
 *
 * The address may come from a hostile page: it is decoded once, and each step must be a plain name.
 */
export function pageFile(folder: string, address: string): string | undefined {
  const url = URL.parse(address)
  if (url?.protocol !== `${PAGE_SCHEME}:` || url.host !== PAGE_HOST || url.username !== '' || url.port !== '') return
  const steps = decoded(url.pathname)?.replace(/^\//, '').split('/')
  if (steps === undefined || !steps.every((step) => STEP.test(step))) return
  const file = join(folder, ...steps)
  const inside = relative(folder, file)
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : file
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
