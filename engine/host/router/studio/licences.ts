import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'

export interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly homepage?: string
}

const licenceSchema = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: licenceSchema.optional(),
  /** As packages wrote it before npm had one field for it. */
  licenses: z.array(licenceSchema).optional(),
  homepage: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
type PackageFile = z.infer<typeof packageSchema>

/** Beside the package.json of a build. */
export const LICENCES_FILE = 'licences.json'

const ROOT = join(import.meta.dirname, '../../../..')

let read: Promise<Licence[]> | undefined

/** Every package that Runnel runs with, in name order, as the packages themselves say. */
export function licences(): Promise<Licence[]> {
  read ??= collect()
  return read
}

const builtSchema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), homepage: z.string().optional() }),
)

/** A build has its packages inside its own files, so it brings the list along. */
async function collect(): Promise<Licence[]> {
  const built = await readFile(join(ROOT, LICENCES_FILE), 'utf8').catch(() => undefined)
  if (built === undefined) return installedLicences()
  return builtSchema.parse(JSON.parse(built)).map(({ homepage, ...licence }) => ({
    ...licence,
    ...(homepage === undefined ? {} : { homepage }),
  }))
}

/** What the packages installed here say. */
export async function installedLicences(): Promise<Licence[]> {
  const found = new Map<string, Licence>()
  const own = await packageAt(ROOT)
  const waiting = own === undefined ? [] : dependenciesOf(own, ROOT)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = await folderOf(next.name, next.from)
    const file = folder === undefined ? undefined : await packageAt(folder)
    if (folder === undefined || file === undefined) continue
    const { name, version, homepage } = file
    const licence = file.license ?? file.licenses?.join(' OR ') ?? 'unknown'
    const key = `${name}@${version}`
    if (found.has(key)) continue
    found.set(key, { name, version, licence, ...(homepage === undefined ? {} : { homepage }) })
    waiting.push(...dependenciesOf(file, folder))
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function dependenciesOf(file: PackageFile, from: string): { name: string; from: string }[] {
  return Object.keys({ ...file.dependencies, ...file.optionalDependencies }).map((name) => ({ name, from }))
}

async function packageAt(folder: string): Promise<PackageFile | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : packageSchema.safeParse(JSON.parse(text)).data
}

/** Where Node finds a package from a folder. Packages may hide their package.json, so only the places are asked for. */
async function folderOf(name: string, from: string): Promise<string | undefined> {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  for (const place of places) {
    const folder = join(place, name)
    if ((await packageAt(folder)) !== undefined) return folder
  }
  return undefined
}
