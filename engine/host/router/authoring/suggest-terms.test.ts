import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const HOUSE = `version: 1
datasets: ["files:*"]
terms:
  - { name: customer_name, zh: 客户名称, en: customer name }
  - { name: sex_code, zh: 性别, codes: sex }
`
// GB/T 2261.1-2003
const SEX = 'version: 1\ncodes: [{ code: "0" }, { code: "1" }, { code: "2" }, { code: "9" }]\n'
const PIPELINE = `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  named: { type: map, input: people, fields: [{ to: id }] }
  out: { type: target, input: named, dataset: "files:out.csv", mode: replace }
`

let test: TestEngine
beforeEach(async () => {
  test = await openTestEngine({
    'data/people.csv': 'id,khmc,性别,c9\n1,A,1,x\n2,B,2,y\n3,C,9,z\n4,D,0,z\n',
    'standards/house.yaml': HOUSE,
    'standards/codes/sex.yaml': SEX,
    'pipelines/p.yaml': PIPELINE,
  })
})
afterEach(() => test[Symbol.asyncDispose]())

function suggest() {
  return test.engine.pipelines.suggest({ pipeline: 'p', node: 'named', wanted: ['CustomerName', 'sex_code', 'remark'] })
}

it('columns of the same term for each other, though their names have nothing in common', async () => {
  const found = (await suggest()).filter(({ reasons }) => reasons.includes('same_term'))
  expect(found.map(({ to, from, confidence }) => [to, from, confidence])).toEqual([
    ['CustomerName', 'khmc', 0.57],
    ['sex_code', '性别', expect.closeTo(0.93, 1)],
  ])
})

it('nothing by standards that are for other datasets', async () => {
  await test.write('standards/house.yaml', HOUSE.replace('files:*', 'dwh:*'))
  expect((await suggest()).filter(({ reasons }) => reasons.includes('same_term'))).toEqual([])
})
