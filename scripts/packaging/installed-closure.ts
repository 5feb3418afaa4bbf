import { access, cp, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
type Manifest = z.infer<typeof manifestSchema>

/**
 * The folders of every package that the package in `app` needs at run time, as they are installed for `root`, below it.
 *
 * Optional ones that are not installed belong to other systems. Packages are found as Node finds them; those `leftOut` are not asked for.
 * @throws where one that is needed is not installed.
 */
export async function installedClosure(
  app: string,
  root: string,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const found = new Set<string>()
  const waiting = [{ from: root, manifest: await readManifest(app) }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { dependencies, optionalDependencies } = next.manifest
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (leftOut.has(name)) continue
      const folder = await placeOf(name, next.from, root)
      if (folder === undefined && !(name in optionalDependencies)) throw new Error(`${name} is not installed`)
      if (folder === undefined || found.has(folder)) continue
      found.add(folder)
      waiting.push({ from: folder, manifest: await readManifest(folder) })
    }
  }
  return [...found].toSorted()
}

/** Puts those packages into `app`, in the same places: what is packed is what was tested, and nothing is fetched. */
export async function installClosure(app: string, root: string): Promise<void> {
  await rm(join(app, 'node_modules'), { recursive: true, force: true })
  for (const folder of await installedClosure(app, root)) {
    const nested = (path: string): boolean => !relative(folder, path).split(/[\\/]/).includes('node_modules')
    await cp(folder, join(app, relative(root, folder)), { recursive: true, filter: nested })
  }
}

/** Undefined where it is not installed. */
async function placeOf(name: string, from: string, root: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (await isThere(join(place, 'package.json'))) return place
    if (folder === root || folder === dirname(folder)) return undefined
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
