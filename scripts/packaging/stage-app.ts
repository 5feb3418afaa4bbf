import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { installClosure } from './installed-closure.ts'
import { reachableModules } from './reachable-modules.ts'

/** What Electron starts: the app, its engine, and a run. */
export const ENTRIES = ['main/main.js', 'engine/host/desktop/main.js', 'engine/host/worker/main.js'] as const
/** What they read besides their code. */
const READ = ['preload', 'renderer', 'resources', 'licences.json'] as const

const manifestSchema = z.looseObject({ dependencies: z.record(z.string(), z.string()) })

/**
 * Makes `stage` the app as it is packed: of the build in `dist` what the desktop can load, with the packages that are not bundled as
 * they are installed for `root`. The command line and the server are left out: there is no Node in a package to run them.
 */
export async function stageApp(dist: string, stage: string, root: string): Promise<void> {
  await rm(stage, { recursive: true, force: true })
  const { files, packages } = await reachableModules(dist, ENTRIES)
  await mkdir(stage, { recursive: true })
  for (const file of files) {
    await mkdir(dirname(join(stage, file)), { recursive: true })
    await cp(join(dist, file), join(stage, file))
  }
  for (const part of READ) await cp(join(dist, part), join(stage, part), { recursive: true })
  await writeFile(join(stage, 'package.json'), await manifestFor(dist, packages))
  await installClosure(stage, root)
}

/** The build's own, without what only the command line and the server need. */
async function manifestFor(dist: string, packages: readonly string[]): Promise<string> {
  const { bin: _, ...manifest } = manifestSchema.parse(JSON.parse(await readFile(join(dist, 'package.json'), 'utf8')))
  const dependencies = Object.fromEntries(
    packages.map((name) => {
      const version = manifest.dependencies[name]
      if (version === undefined) throw new Error(`${name} is imported, and is no dependency of the build`)
      return [name, version]
    }),
  )
  return `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`
}
