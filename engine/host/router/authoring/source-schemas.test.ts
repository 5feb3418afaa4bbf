import { appendFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const PIPELINE = (dataset: string): string =>
  `version: 1\nnodes:\n  a: { type: source, dataset: "${dataset}" }\n  b: { type: limit, input: a, rows: 5 }\n`

let site: TestEngine
beforeEach(async () => {
  site = await openTestEngine({
    'data/a.csv': 'id,name\n1,x\n',
    'data/parts/one.csv': 'id\n1\n',
    'pipelines/p.yaml': PIPELINE('files:a.csv'),
    'pipelines/parts.yaml': PIPELINE('files:parts/*.csv'),
  })
})
afterEach(() => site[Symbol.asyncDispose]())

async function columns(pipeline = 'p', engine = site.engine): Promise<(string | undefined)[]> {
  const { nodes } = await engine.pipelines.state({ pipeline })
  return nodes.find(({ node }) => node === 'b')?.outputs[0]?.columns?.map(({ name }) => name) ?? []
}

describe('the columns of a source whose file changed', () => {
  it('are the new ones at once', async () => {
    expect(await columns()).toEqual(['id', 'name'])
    await site.write('data/a.csv', 'id,name,city\n1,x,y\n')
    expect(await columns()).toEqual(['id', 'name', 'city'])
  })

  it('are the new ones when another file took its place', async () => {
    await columns()
    await site.write('data/b.csv', 'key,word\n1,x\n')
    await rename(join(site.directory, 'data/b.csv'), join(site.directory, 'data/a.csv'))
    expect(await columns()).toEqual(['key', 'word'])
  })

  it('are the new ones of several files', async () => {
    expect(await columns('parts')).toEqual(['id'])
    await site.write('data/parts/one.csv', 'id,more\n1,2\n')
    expect(await columns('parts')).toEqual(['id', 'more'])
  })

  it('are asked for once while it stays as it is', async () => {
    await columns()
    const { schemas } = site.resources.desk
    const asked: string[] = []
    const of = schemas.of.bind(schemas)
    schemas.of = (key, isRefreshed, ask) =>
      of(key, isRefreshed, () => {
        asked.push(key)
        return ask()
      })
    await columns()
    expect(asked).toEqual([])
    await appendFile(join(site.directory, 'data/a.csv'), '2,y\n')
    await columns()
    expect(asked).toHaveLength(1)
  })
})

it('never tells the columns of another workspace with the same names', async () => {
  await using other = await openTestEngine({ 'data/a.csv': 'other\n1\n', 'pipelines/p.yaml': PIPELINE('files:a.csv') })
  expect(await columns()).toEqual(['id', 'name'])
  expect(await columns('p', site.as({ workspaceDirectory: other.directory }))).toEqual(['other'])
})
