import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDuck } from '../../../duck/open-duck.ts'
import { sql } from '../../../sql/sql.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const HOUSE = `version: 1
naming: { case: snake }
terms:
  - { name: cust_name, zh: 客户名称, en: customer name, type: VARCHAR }
  - { name: sex_code, zh: 性别, codes: sex }
  - { name: amount, zh: 金额, type: "DECIMAL(18,2)" }
`
const SEX =
  'version: 1\nsource: GB/T 2261.1-2003\ncodes: [{ code: "0" }, { code: "1" }, { code: "2" }, { code: "9" }]\n'
const PIPELINE = `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  coded: { type: convert_code, input: people, column: 性别, codes: { M: "1", F: "5" }, list: sex }
  named:
    type: map
    input: coded
    fields:
      # who pays
      - { to: customerName, from: name }
      - { to: 性别 }
      - { to: amount }
  out: { type: target, input: named, dataset: "store:main.people", mode: replace }
`

let test: TestEngine
beforeEach(async () => {
  test = await openTestEngine({
    'data/people.csv': 'id,name,性别,amount\n1,A,M,1.5\n2,B,F,2\n3,C,F,3\n',
    'standards/house.yaml': HOUSE,
    'standards/codes/sex.yaml': SEX,
    'pipelines/p.yaml': PIPELINE,
  })
  const store = await openDuck({ path: join(test.directory, 'data/store.duckdb') })
  await store[Symbol.asyncDispose]()
})
afterEach(() => test[Symbol.asyncDispose]())

async function told(of?: string) {
  const found = await test.engine.standards.check({ of })
  return found.map(({ column, kind, found: is, wanted }) => [column, kind, is, wanted])
}

function text(): string {
  return readFileSync(join(test.directory, 'pipelines/p.yaml'), 'utf8')
}

describe('a check by standards', () => {
  it('tells where a dataset departs from them', async () => {
    expect(await told('files:people.csv')).toEqual([
      ['性别', 'term_name', '性别', 'sex_code'],
      ['性别', 'code', 'F, M', 'sex'],
      ['amount', 'type', 'DOUBLE', 'DECIMAL(18,2)'],
    ])
  })

  it('tells where a pipeline departs from them, once for each column', async () => {
    const expected = [
      ['性别', 'code', '5', 'sex'],
      ['customerName', 'term_name', 'customerName', 'cust_name'],
      ['性别', 'term_name', '性别', 'sex_code'],
      ['amount', 'type', 'DOUBLE', 'DECIMAL(18,2)'],
    ]
    expect(await told('p')).toEqual(expected)
    expect(await told()).toEqual(expected)
  })

  it('asks only the standards that are for the dataset', async () => {
    await test.write('standards/house.yaml', HOUSE.replace('naming', 'datasets: ["erp:*"]\nnaming'))
    expect(await told('files:people.csv')).toEqual([])
    expect(await told('p')).toEqual([['性别', 'code', '5', 'sex']])
    await test.write('standards/house.yaml', HOUSE.replace('naming', 'datasets: ["STORE:main.*"]\nnaming'))
    expect(await told('files:people.csv')).toEqual([])
    expect(await told('p')).toHaveLength(4)
  })

  it('takes a standard that is being written', async () => {
    const draft = { name: 'house', text: 'version: 1\nnaming: { maxLength: 3 }\n' }
    const found = await test.engine.standards.check({ of: 'files:people.csv', draft })
    expect(found.map(({ column, kind }) => [column, kind])).toEqual([
      ['name', 'name_length'],
      ['amount', 'name_length'],
    ])
    expect(await codeOf(test.engine.standards.check({ draft: { name: 'x', text: 'version: 2' } }))).toBe(
      'workspace.invalid',
    )
  })

  it('tells names that are not there', async () => {
    expect(await codeOf(test.engine.standards.check({ of: 'q' }))).toBe('workspace.name_unknown')
  })
})

describe('mending', () => {
  it('renames and casts in the file of the pipeline, whose comments stay', async () => {
    const { fixed, left } = await test.engine.standards.fix({ pipeline: 'p' })
    expect(fixed.map(({ column, kind }) => [column, kind])).toEqual([
      ['amount', 'type'],
      ['customerName', 'term_name'],
      ['性别', 'term_name'],
    ])
    expect(left.map(({ column, kind }) => [column, kind])).toEqual([['性别', 'code']])
    expect(text()).toContain('# who pays\n      - { to: cust_name, from: name }')
    expect(text()).toContain('- { to: sex_code, from: 性别 }')
    expect(text()).toContain('- { to: amount, type: "DECIMAL(18,2)" }')
    expect((await test.engine.workspace.check()).problems).toEqual([])
    expect((await test.engine.standards.fix({ pipeline: 'p' })).fixed).toEqual([])
  })

  it('mends also what goes into a database that is made by it', async () => {
    await rm(join(test.directory, 'data/store.duckdb'))
    expect((await test.engine.standards.fix({ pipeline: 'p' })).fixed).toHaveLength(3)
  })

  it('follows the keys of the target', async () => {
    const keyed = PIPELINE.replace('mode: replace', 'mode: upsert, keys: [CUSTOMERNAME]')
    await test.write('pipelines/p.yaml', keyed)
    await test.engine.standards.fix({ pipeline: 'p' })
    expect(text()).toContain('keys: [ cust_name ]')
  })

  it('leaves alone what a table that is there is written by', async () => {
    await using duck = await openDuck({ path: join(test.directory, 'data/store.duckdb') })
    await duck.run(sql`CREATE TABLE people ("customerName" VARCHAR, sex_code VARCHAR, amount DOUBLE)`)
    await duck[Symbol.asyncDispose]()
    const { fixed } = await test.engine.standards.fix({ pipeline: 'p' })
    expect(fixed.map(({ column, kind }) => [column, kind])).toEqual([['性别', 'term_name']])
  })

  it('leaves alone what another node reads', async () => {
    const read = PIPELINE.replace('input: named, dataset', 'input: some, dataset').concat(
      '  some: { type: filter, input: named, where: "customerName IS NOT NULL" }\n',
    )
    await test.write('pipelines/p.yaml', read)
    expect((await test.engine.standards.fix({ pipeline: 'p' })).fixed).toEqual([])
    expect(text()).toBe(read)
  })
})

describe('codes of a list', () => {
  const MAPPED = `${SEX}mappings:\n  erp: { M: "1", F: "2" }\n`
  const pipeline = PIPELINE.replace('list: sex', 'list: sex, mapping: erp')

  beforeEach(async () => {
    await test.write('standards/codes/sex.yaml', MAPPED)
    await test.write('pipelines/p.yaml', pipeline)
  })

  it('are offered by what they map, and told when a node converts otherwise', async () => {
    const { standards } = test.engine
    expect((await standards.list()).codes).toMatchObject([{ name: 'sex', mappings: ['erp'] }])
    expect(await standards.mapping({ list: 'sex', mapping: 'erp' })).toEqual({ codes: { M: '1', F: '2' } })
    expect(await codeOf(standards.mapping({ list: 'sex', mapping: 'crm' }))).toBe('workspace.name_unknown')
    expect((await told('p')).filter(([, kind]) => kind === 'mapping')).toEqual([
      ['性别', 'mapping', 'F → 5 (2)', 'sex/erp'],
    ])
  })

  it('are taken by a draft, which stays a draft, and by the file', async () => {
    const { standards, pipelines } = test.engine
    const { document: draft } = await pipelines.get({ pipeline: 'p' })
    const { document, left } = await standards.fix({ pipeline: 'p', draft: { document: draft } })
    expect(document?.nodes['coded']).toMatchObject({ codes: { M: '1', F: '2' } })
    expect(left.map(({ kind }) => kind)).not.toContain('mapping')
    expect(text()).toBe(pipeline)
    if (document === undefined) throw new Error('no document')
    const ofDraft = await standards.check({ of: 'p', pipelineDraft: { document } })
    expect(ofDraft.map(({ kind }) => kind)).not.toContain('mapping')
    expect((await standards.fix({ pipeline: 'p' })).document).toBeUndefined()
    expect(text()).toContain('F: "2"')
  })
})

it('tells of code lists that are not there, wherever they are named', async () => {
  await test.write(
    'rules/people.yaml',
    'version: 1\ndataset: files:people.csv\nrules: [{ check: in_list, column: 性别, list: sexx }]\n',
  )
  await test.write('standards/house.yaml', HOUSE.replace('codes: sex', 'codes: gender'))
  await test.write('pipelines/p.yaml', PIPELINE.replace('list: sex', 'list: nowhere'))
  const { problems } = await test.engine.workspace.check()
  expect(problems.map(({ file, path }) => [file, path]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual([
    ['pipelines/p.yaml', 'nodes.coded.list'],
    ['rules/people.yaml', 'rules.0.list'],
    ['standards/house.yaml', 'terms.1.codes'],
  ])
  expect(problems.find(({ file }) => file === 'rules/people.yaml')?.message).toContain('did you mean sex?')
})
