import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertUnchanged } from './file-fingerprint.ts'
import { fileFolder, listFiles, pathInFolder, resolveFiles } from './file-folder.ts'
import type { FileFolder } from './folder-file.ts'

let base: string
let folder: FileFolder

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'runnel-folder-')))
  await mkdir(join(base, 'in/2026/q1'), { recursive: true })
  await mkdir(join(base, 'out'))
  await mkdir(join(base, 'inner'))
  for (const name of ['in/orders.csv', 'in/2026/b.csv', 'in/2026/a.csv', 'in/2026/q1/c.CSV', 'in/note.md'])
    await writeFile(join(base, name), name)
  await writeFile(join(base, 'in/a[1].csv'), 'literal')
  await writeFile(join(base, 'in/.runnel-x.csv'), 'hidden')
  await writeFile(join(base, 'out/secret.csv'), 'secret')
  await symlink(join(base, 'out/secret.csv'), join(base, 'in/leak.csv'))
  await symlink(join(base, 'out'), join(base, 'in/outward'))
  await symlink(join(base, 'in/2026'), join(base, 'in/latest'))
  await symlink(join(base, 'in'), join(base, 'linked'))
  folder = fileFolder('files', 'in', base)
})
afterAll(() => rm(base, { recursive: true }))

describe('listFiles', () => {
  it('lists by extension, in order, without hidden names and links that leave', async () => {
    const files = await listFiles(folder, ['.csv'])
    expect(files.map((file) => file.name)).toEqual([
      '2026/a.csv',
      '2026/b.csv',
      '2026/q1/c.CSV',
      'a[1].csv',
      'orders.csv',
    ])
    expect(files[0]?.sizeBytes).toBe(13n)
  })

  it('says when the folder is not there', async () => {
    await expect(listFiles(fileFolder('files', 'nowhere', base), ['.csv'])).rejects.toMatchObject({
      code: 'source.unavailable',
    })
  })
})

describe('resolveFiles', () => {
  it.each([
    ['a name', 'orders.csv', ['orders.csv']],
    ['a roundabout name', './2026/../orders.csv', ['orders.csv']],
    ['a glob in order', '2026/*.csv', ['2026/a.csv', '2026/b.csv']],
    ['a glob over folders', '2026/**/*.{csv,CSV}', ['2026/a.csv', '2026/b.csv', '2026/q1/c.CSV']],
    ['a name that looks like a glob', 'a[1].csv', ['a[1].csv']],
    ['a linked folder inside', 'latest/a.csv', ['latest/a.csv']],
  ])('resolves %s', async (_case, dataset, names) => {
    expect((await resolveFiles(folder, dataset, ['.csv'])).map((file) => file.name)).toEqual(names)
  })

  it('takes an absolute path inside, also through a linked root', async () => {
    const inside = await resolveFiles(folder, join(base, 'in/orders.csv'), ['.csv'])
    const linked = await resolveFiles(fileFolder('files', 'linked', base), join(base, 'linked/orders.csv'), ['.csv'])
    expect(linked.map((file) => file.path)).toEqual(inside.map((file) => file.path))
  })

  it.each([
    ['parent', '../out/secret.csv'],
    ['parent in the middle', '2026/../../out/secret.csv'],
    ['sibling with the same start', '../inner/x.csv'],
    ['absolute', '/etc/passwd'],
    ['a link to a file outside', 'leak.csv'],
    ['a link to a folder outside', 'outward/secret.csv'],
    ['a glob that meets such a link', '*.csv'],
    ['a glob upward', '../*/*.csv'],
  ])('refuses %s', async (_case, dataset) => {
    await expect(resolveFiles(folder, dataset, ['.csv'])).rejects.toMatchObject({ code: 'file.outside_folder' })
  })

  it.each([
    ['order.csv', { dataset: 'order.csv', suggestion: 'orders.csv' }],
    ['nothing/*.csv', { dataset: 'nothing/*.csv' }],
    ['2026', { dataset: '2026' }],
    ['nul\0.csv', { dataset: 'nul\0.csv' }],
  ])('reports %j as missing', async (dataset, detail) => {
    await expect(resolveFiles(folder, dataset, ['.csv'])).rejects.toMatchObject({
      code: 'source.dataset_missing',
      detail,
    })
  })
})

describe('pathInFolder', () => {
  it.each([
    ['new.csv', 'in/new.csv'],
    ['deep/er/new.csv', 'in/deep/er/new.csv'],
    ['latest/new.csv', 'in/2026/new.csv'],
  ])('places %s', async (dataset, path) => {
    expect(await pathInFolder(folder, dataset)).toBe(join(base, path))
  })

  it('places a file in a folder that is still to be made', async () => {
    expect(await pathInFolder(fileFolder('files', 'fresh', base), 'a/b.csv')).toBe(join(base, 'fresh/a/b.csv'))
  })

  it.each(['../x.csv', '/tmp/x.csv', 'leak.csv', 'outward/new.csv', '.', ''])('refuses %j', async (dataset) => {
    await expect(pathInFolder(folder, dataset)).rejects.toMatchObject({ code: 'file.outside_folder' })
  })
})

it('notices a file that changed', async () => {
  const path = join(base, 'in/changing.csv')
  await writeFile(path, 'one')
  const [file] = await resolveFiles(folder, 'changing.csv', ['.csv'])
  await assertUnchanged(file!)
  await writeFile(path, 'two')
  await expect(assertUnchanged(file!)).rejects.toMatchObject({ code: 'file.changed' })
  await rm(path)
  await expect(assertUnchanged(file!)).rejects.toMatchObject({ code: 'file.changed' })
})
