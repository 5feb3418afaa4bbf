import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type ConnectionSource, readyConnection } from './open-connection.ts'

const placeSchema = z.object({ folder: z.string().optional(), file: z.string().optional() })

/** What is known of the file that a dataset lies in. `state` is another text after every change of the file. */
export type FileState =
  | {
      readonly kind: 'file'
      readonly connector: string
      readonly config: unknown
      readonly state: string
      readonly changedAtMs: number
    }
  /** Several files, or none: whether something changed cannot be seen. */
  | { readonly kind: 'unseen' }
  /** A system that is no file. */
  | { readonly kind: 'system' }

/** Looks at the file of a dataset without opening it; of a database also at its log, which holds what was changed last. */
export async function fileState(source: ConnectionSource, connection: string, name: string): Promise<FileState> {
  const { connector, request } = await readyConnection(source, connection)
  const { data: place } = placeSchema.safeParse(request.config)
  const [file = ''] = name.split('!')
  const path = place?.file ?? (place?.folder === undefined ? undefined : join(place.folder, file))
  if (path === undefined) return { kind: 'system' }
  const absolute = resolve(request.baseDirectory, path)
  const own = await stateOf(absolute)
  if (own === undefined) return { kind: 'unseen' }
  const logs = await Promise.all([stateOf(`${absolute}.wal`), stateOf(`${absolute}-wal`)])
  const state = JSON.stringify([own, ...logs].map((one) => one?.map(String) ?? null))
  const changedAtMs = Math.max(...[own, ...logs].map((one) => changedMs(one)))
  return { kind: 'file', connector: connector.kind, config: request.config, state, changedAtMs }
}

type Stat = readonly [size: bigint, mtimeNs: bigint, ctimeNs: bigint, inode: bigint]

/** The later of both times: what is moved or copied to a place keeps when it was written. */
function changedMs(found: Stat | undefined): number {
  if (found === undefined) return 0
  const [, mtimeNs, ctimeNs] = found
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
}

async function stateOf(path: string): Promise<Stat | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  if (found?.isFile() !== true) return undefined
  return [found.size, found.mtimeNs, found.ctimeNs, found.ino]
}
