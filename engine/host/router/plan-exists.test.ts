import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

let host: TestEngine

beforeEach(async () => {
  host = await openTestEngine({
    'data/people.csv': 'name\nLi\n',
    'connections/out.yaml': 'version: 1\nkind: parquet\nsettings: { folder: out }\n',
    'connections/texts.yaml': 'version: 1\nkind: text\nsettings: { folder: out }\n',
    'connections/lines.yaml': 'version: 1\nkind: json\nsettings: { folder: out }\n',
  })
})
afterEach(() => host[Symbol.asyncDispose]())

const plan = async (dataset: string) => {
  await host.write(
    'pipelines/p.yaml',
    `version: 1
nodes:
  people: { type: source, dataset: files:people.csv }
  load: { type: target, input: people, dataset: "${dataset}", mode: replace }
`,
  )
  const [target] = await host.engine.pipelines.plan({ pipeline: 'p' })
  return target?.exists
}

it.each([
  ['out:p.parquet', 'out/p.parquet'],
  ['out:p', 'out/p/part.parquet'],
  ['texts:p.csv', 'out/p.csv'],
  ['lines:p.jsonl', 'out/p.jsonl'],
])('tells whether the target %s is there already', async (dataset, file) => {
  expect(await plan(dataset)).toBe(false)
  await host.write(file, '')
  expect(await plan(dataset)).toBe(true)
})
