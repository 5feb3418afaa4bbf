import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readBundleFile } from '../../deploy/bundle-source.ts'
import { compareFiles } from '../../deploy/compare-files.ts'
import { deployedFiles } from './deployed-files.ts'

const LIMIT_BYTES = 1_000_000
const directory = await mkdtemp(join(tmpdir(), 'runnel-deployed-'))

beforeAll(async () => {
  for (const folder of ['pipelines/data', '.runnel/runs']) await mkdir(join(directory, folder), { recursive: true })
  await writeFile(join(directory, 'pipelines/orders.yaml'), 'version: 1\n')
  await writeFile(join(directory, 'pipelines/data/gbk.csv'), Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]))
  await writeFile(join(directory, '.runnel/runs/log.txt'), 'what a run left')
})
afterAll(() => rm(directory, { recursive: true, force: true }))

it('are the files of the bundle, without what a run left', async () => {
  expect(Object.keys(await deployedFiles(directory))).toEqual(['pipelines/data/gbk.csv', 'pipelines/orders.yaml'])
})

it.each(['pipelines/orders.yaml', 'pipelines/data/gbk.csv'])('%s is the same as it was when sent', async (file) => {
  const sent = await readBundleFile(directory, file, LIMIT_BYTES)
  const found = (await deployedFiles(directory))[file] ?? ''
  expect(compareFiles({ [file]: found }, { [file]: sent })).toMatchObject([{ file, change: 'same' }])
})
