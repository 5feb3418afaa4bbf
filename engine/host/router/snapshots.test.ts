import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

let host: TestEngine

beforeEach(async () => {
  host = await openTestEngine({
    'runnel.yaml': 'version: 1\nname: test\nenvironment: dev\n',
    'connections/files.yaml': 'version: 1\nkind: text\nsettings: { folder: common }\n',
    'environments/dev.yaml': 'version: 1\n',
    'environments/prod.yaml': 'version: 1\nconnections: { files: { folder: prod } }\n',
  })
  for (const folder of ['common', 'prod']) {
    await mkdir(join(host.directory, folder), { recursive: true })
    await writeFile(join(host.directory, folder, 'people.csv'), `name\n${folder}\n`)
  }
})
afterEach(() => host[Symbol.asyncDispose]())

const DATASET = 'files:people.csv'
const grow = (folder: string): Promise<void> =>
  writeFile(join(host.directory, folder, 'people.csv'), 'name\none\ntwo\n')

describe('a snapshot', () => {
  it('tells the environment it was taken from: the one named, else the default one', async () => {
    const { snapshots } = host.engine
    expect(await snapshots.take({ dataset: DATASET })).toMatchObject({ environment: 'dev', rows: '1' })
    expect(await snapshots.take({ dataset: DATASET, environment: 'prod' })).toMatchObject({ environment: 'prod' })
    expect((await snapshots.list()).map(({ environment }) => environment)).toEqual(['prod', 'dev'])
  })

  it('is taken again from the environment it is of', async () => {
    const { snapshots } = host.engine
    await snapshots.take({ dataset: DATASET, environment: 'prod' })
    await grow('prod')
    expect(await snapshots.refresh({ dataset: DATASET })).toMatchObject({ environment: 'prod', rows: '2' })
    expect(await snapshots.refresh({ dataset: DATASET, environment: 'dev' })).toMatchObject({
      environment: 'dev',
      rows: '1',
    })
  })
})
