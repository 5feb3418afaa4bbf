import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import type { Opening } from '../../preload/host-api.ts'
import { LINK_SCHEME } from '../identity.ts'

const LENGTH_LIMIT = 4_096

/** Names of pipelines, jobs and connections are names of files of a workspace: no path, no control letter. */
const NAME = /^[^\p{Cc}/\\:*?"<>|]{1,200}$/u

const linkSchema = z.strictObject({
  workspace: z.string().min(1).max(LENGTH_LIMIT),
  pipeline: z.string().regex(NAME).optional(),
  job: z.string().regex(NAME).optional(),
  connection: z.string().regex(NAME).optional(),
})

/**
 * What a link like `runnel://open?workspace=/home/me/orders&pipeline=orders` asks for; undefined for anything else.
 *
 * Links come from pages and mails: only a folder of this machine, at most one thing in it, each parameter once, none unknown. Opening
 * a workspace runs nothing.
 */
export function parseDeepLink(link: string): Opening | undefined {
  if (link.length > 2 * LENGTH_LIMIT) return undefined
  const url = URL.parse(link)
  if (url?.protocol !== `${LINK_SCHEME}:` || url.host !== 'open' || !['', '/'].includes(url.pathname)) return undefined
  if (url.username !== '' || url.hash !== '') return undefined
  const given = [...url.searchParams]
  if (new Set(given.map(([name]) => name)).size !== given.length) return undefined
  const asked = linkSchema.safeParse(Object.fromEntries(given)).data
  if (asked === undefined || !isLocalFolder(asked.workspace)) return undefined
  const workspace = resolve(asked.workspace)
  const { pipeline, job, connection } = asked
  const shown = Object.entries({ pipeline, job, connection }).flatMap(([kind, name]) =>
    name === undefined ? [] : [{ kind: z.enum(['pipeline', 'job', 'connection']).parse(kind), name }],
  )
  const [show, ...more] = shown
  if (more.length > 0) return undefined
  return show === undefined ? { workspace } : { workspace, show }
}

/** What a file that was opened from a file browser or a command line stands for: a workspace's own file, or `NAME.runnel` beside it. */
export function parseOpenedFile(path: string, directory: string): Opening | undefined {
  if (path.length > LENGTH_LIMIT || /\p{Cc}/u.test(path)) return undefined
  const file = resolve(directory, path)
  if (!isLocalFolder(file)) return undefined
  return basename(file) === 'runnel.yaml' || /.\.runnel$/.test(basename(file))
    ? { workspace: dirname(file) }
    : undefined
}

/** The last thing that a command line asks to open. Switches belong to Electron. */
export function parseCommandLine(argv: readonly string[], directory: string): Opening | undefined {
  return argv
    .filter((one) => !one.startsWith('-'))
    .map((one) => (one.startsWith(`${LINK_SCHEME}:`) ? parseDeepLink(one) : parseOpenedFile(one, directory)))
    .findLast((opening) => opening !== undefined)
}

/** A network path would have the machine sign in at a host of the sender's choice. */
function isLocalFolder(path: string): boolean {
  return isAbsolute(path) && !/^[\\/]{2}/.test(path) && !/\p{Cc}/u.test(path)
}
