import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { copyFolder } from './copy-folder.ts'

it('copies files and folders, bytes unchanged, without links and without what is left out', async () => {
  const root = await mkdtemp(join(tmpdir(), 'runnel-copy-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const from = join(root, 'from')
  await mkdir(join(from, 'deep/out'), { recursive: true })
  await mkdir(join(from, 'out'))
  await writeFile(join(from, 'deep/out/a.bin'), new Uint8Array([0, 255, 0x81]))
  await writeFile(join(from, '订单.yaml'), 'version: 1\n')
  await writeFile(join(from, 'out/left.txt'), 'left by a run')
  await symlink(join(root, 'from/out'), join(from, 'link'))
  await copyFolder(from, join(root, 'to'), new Set(['out']))
  expect((await readdir(join(root, 'to'), { recursive: true })).toSorted()).toEqual([
    'deep',
    'deep/out',
    'deep/out/a.bin',
    '订单.yaml',
  ])
  expect([...(await readFile(join(root, 'to/deep/out/a.bin')))]).toEqual([0, 255, 0x81])
})
