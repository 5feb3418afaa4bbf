import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installedClosure } from '../../scripts/packaging/installed-closure.ts'
import { reachableModules } from '../../scripts/packaging/reachable-modules.ts'
import { ENTRIES } from '../../scripts/packaging/stage-app.ts'
import { openDesktop } from '../fixtures/desktop-studio.ts'
import { type PackedApp, packApp, RELEASES } from '../fixtures/packed-app.ts'
import { front, openPipeline, openSample, runFirst } from '../fixtures/studio-page.ts'

const ROOT = join(import.meta.dirname, '../..')

let packed: PackedApp
beforeAll(async () => {
  packed = await packApp()
})
afterAll(() => packed[Symbol.asyncDispose]())

/** Files below `folder`, with slashes. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted()
}

describe.runIf(process.platform === 'linux')('what electron-builder packs', () => {
  it.each([
    ['RunAsNode', false],
    ['EnableCookieEncryption', true],
    ['EnableNodeOptionsEnvironmentVariable', false],
    ['EnableNodeCliInspectArguments', false],
    ['EnableEmbeddedAsarIntegrityValidation', true],
    ['OnlyLoadAppFromAsar', true],
    ['GrantFileProtocolExtraPrivileges', false],
  ])('has the fuse %s at %s in its executable', (fuse, expected) => {
    expect(packed.fuses[fuse]).toBe(expected)
  })

  it('has every module that its three processes can load, and no other of ours', async () => {
    const { files } = await reachableModules(packed.extracted, ENTRIES)
    const ours = (await filesBelow(packed.extracted)).filter(
      (path) => /\.[cm]?js$/.test(path) && !/^(?:node_modules|renderer|preload)\//.test(path),
    )
    expect(ours).toEqual(files)
  })

  it('has every package that these import, and the packages of those', async () => {
    const { packages } = await reachableModules(packed.extracted, ENTRIES)
    const { dependencies } = JSON.parse(await readFile(join(packed.extracted, 'package.json'), 'utf8'))
    expect(Object.keys(dependencies)).toEqual(packages)
    const closure = await installedClosure(
      packed.extracted,
      packed.extracted,
      new Set(['node-addon-api', 'cpu-features', 'nan']),
    )
    expect(closure.length).toBeGreaterThan(packages.length)
    const names = packages.map((name) => join(packed.extracted, 'node_modules', name))
    expect(closure).toEqual(expect.arrayContaining(names))
  })

  it('has the pages and the sample as they were built', async () => {
    expect(await filesBelow(join(packed.extracted, 'renderer'))).toEqual(await filesBelow(join(ROOT, 'dist/renderer')))
    // Packers leave this one out, and the engine writes it.
    const sample = (await filesBelow(join(ROOT, 'dist/resources'))).filter((path) => path !== 'sample/.gitignore')
    expect(await filesBelow(join(packed.extracted, 'resources'))).toEqual(sample)
    expect(await filesBelow(packed.extracted)).toEqual(expect.arrayContaining(['licences.json', 'preload/preload.cjs']))
  })

  it('keeps native code out of the archive, of this system only', () => {
    const native = packed.files.filter(({ path }) => /\.(?:node|so|dll|dylib)$/.test(path))
    expect(native.filter(({ isUnpacked }) => !isUnpacked)).toEqual([])
    const system = `${process.platform}-${process.arch}`
    expect(native.map(({ path }) => path.replace('node_modules/', '')).toSorted()).toEqual([
      `@duckdb/node-bindings-${system}/duckdb.node`,
      `@duckdb/node-bindings-${system}/libduckdb.so`,
      `@napi-rs/keyring-${system}-gnu/keyring.${system}-gnu.node`,
      `better-sqlite3/prebuilds/${system}.node`,
    ])
  })

  it.each([
    ['sources and their maps', /\.(?:ts|mts|cts|tsx|map|cpp|c|h|gyp)$/],
    ['tests', /(?:^|\/)(?:test|tests|__tests__|bench|benchmarks?|examples?)\/|\.(?:test|spec|e2e)\.[cm]?js$/],
    ['the command line and the server', /^engine\/host\/(?:cli|server|http\/serve)|node_modules\/(?:fastify|ws)\//],
    [
      'tools that built it',
      /node_modules\/(?:vite|vitest|electron|electron-builder|typescript|playwright-core|node)\//,
    ],
  ])('leaves out %s', (_what, pattern) => {
    expect(packed.files.map(({ path }) => path).filter((path) => pattern.test(path))).toEqual([])
  })

  it('looks for updates where releases lie', async () => {
    const settings = await readFile(join(packed.resources, 'app-update.yml'), 'utf8')
    expect(settings).toContain('provider: generic')
    expect(settings).toContain(`url: ${RELEASES}\n`)
  })

  it('loads each of its packages far from the checkout', async () => {
    const { packages } = await reachableModules(packed.extracted, ENTRIES)
    const code = packages.map((name) => `await import('${name}')`).join(';')
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { cwd: packed.extracted })
  })

  it('starts, makes the sample, and runs a pipeline to its receipt', async () => {
    await using studio = await openDesktop({ app: packed.extracted })
    const { page } = studio
    await openSample(page)
    await openPipeline(page, 'orders')
    await runFirst(page)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
    await front(page).getByRole('tab', { name: 'Receipt' }).click()
    await front(page).getByText('checksum agrees').first().waitFor()
  })
})
