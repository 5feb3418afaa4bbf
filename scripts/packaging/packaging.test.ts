import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installClosure, installedClosure } from './installed-closure.ts'
import { reachableModules } from './reachable-modules.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'runnel-packaging-'))
})
afterEach(() => rm(root, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

describe('modules that can be loaded', () => {
  it('are those that are imported, exported from, imported later or required; each once, whatever leads to it', async () => {
    await write({
      'a/main.js': `import { b } from './b.js'\nexport { c } from '../c.js'\nconst d = await import('./d.js')\nimport pg from 'pg'`,
      'a/b.js': `import './main.js'\nimport { join } from 'node:path'\nimport fs from 'fs'\nimport { app } from 'electron'`,
      'c.js': `const x = require('@scope/name/part')\nexport const c = "import './never.js'"`,
      'a/d.js': '',
      'unused.js': '',
    })
    expect(await reachableModules(root, ['a/main.js'])).toEqual({
      files: ['a/b.js', 'a/d.js', 'a/main.js', 'c.js'],
      packages: ['@scope/name', 'pg'],
    })
  })

  it('must be there', async () => {
    await write({ 'main.js': `import './gone.js'` })
    await expect(reachableModules(root, ['main.js'])).rejects.toThrow(/gone\.js/)
  })
})

describe('packages that an app needs', () => {
  const manifest = (more: object): string => JSON.stringify({ name: 'x', ...more })
  beforeEach(() =>
    write({
      'app/package.json': manifest({ dependencies: { one: '1' }, optionalDependencies: { elsewhere: '1' } }),
      'node_modules/one/package.json': manifest({
        dependencies: { two: '1', shared: '2' },
        devDependencies: { tool: '1' },
      }),
      'node_modules/one/node_modules/shared/package.json': manifest({ version: '2' }),
      'node_modules/two/package.json': manifest({ dependencies: { one: '1', shared: '1' } }),
      'node_modules/two/index.js': 'export {}',
      'node_modules/shared/package.json': manifest({ version: '1' }),
      'node_modules/tool/package.json': manifest({}),
    }),
  )
  const NAMES = ['one', 'one/node_modules/shared', 'shared', 'two']

  it('are found as Node finds them, two versions of one too, without tools and without those of other systems', async () => {
    const found = await installedClosure(join(root, 'app'), root)
    expect(found).toEqual(NAMES.map((name) => join(root, 'node_modules', name)))
  })

  it('are put into it in the same places', async () => {
    await write({ 'app/node_modules/stale/package.json': manifest({}) })
    await installClosure(join(root, 'app'), root)
    const copied = await readdir(join(root, 'app/node_modules'), { recursive: true })
    expect(
      copied
        .filter((path) => path.endsWith('package.json'))
        .map(dirname)
        .toSorted(),
    ).toEqual(NAMES)
    expect(copied).toContain('two/index.js')
  })

  it('must be installed', async () => {
    await rm(join(root, 'node_modules/two'), { recursive: true })
    await expect(installedClosure(join(root, 'app'), root)).rejects.toThrow('two is not installed')
    expect(await installedClosure(join(root, 'app'), root, new Set(['two']))).toHaveLength(2)
  })
})
