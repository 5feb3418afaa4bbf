import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

// GB/T 2261.1-2003, 个人基本信息分类与代码 第1部分：人的性别代码
const SEX = '代码,名称,en\n0,未知的性别,unknown\n1,男性,male\n2,女性,female\n9,未说明的性别,not stated\n'
// ISO 4217:2015, with the numeric code as its own column; HRK ended on 2023-01-01.
const CURRENCIES = 'num,code,label\n156,CNY,Yuan Renminbi\n978,EUR,Euro\n191,HRK,Kuna\n008,ALL,Lek\n'
const RULES = `version: 1
dataset: files:people.csv
rules:
  - { check: in_list, column: sex, list: sex }
  - { check: in_list, column: sex, list: sexes }
`

let test: TestEngine
beforeEach(async () => {
  test = await openTestEngine({
    'data/sex.csv': SEX,
    'data/currencies.csv': CURRENCIES,
    'data/people.csv': 'id,sex\n1,1\n2,2\n3,M\n4,\n5,9\n',
    'rules/people.yaml': RULES,
  })
})
afterEach(() => test[Symbol.asyncDispose]())

describe('a code list', () => {
  it('is imported by what its columns are called', async () => {
    const { file, document, added, columns } = await test.engine.standards.importCodes({
      dataset: 'files:sex.csv',
      list: 'sex',
      edition: '2003',
    })
    expect(columns).toEqual({ code: '代码', zh: '名称', en: 'en' })
    expect(added).toBe(4)
    expect(document.codes[1]).toEqual({ code: '1', zh: '男性', en: 'male' })
    expect(readFileSync(join(test.directory, file), 'utf8')).toContain('edition: "2003"')
    expect((await test.engine.standards.list()).codes).toEqual([
      { name: 'sex', count: 4, source: 'files:sex.csv', edition: '2003', mappings: [] },
    ])
    // The other rule names a list that nobody made.
    expect((await test.engine.workspace.check()).problems.map(({ path }) => path)).toEqual(['rules.1.list'])
  })

  it('has editions: what ended stays known, and what systems write for codes stays', async () => {
    const request = { dataset: 'files:currencies.csv', list: 'currency' }
    expect((await test.engine.standards.importCodes({ ...request, edition: '2022' })).columns.code).toBe('code')
    const { text, digest } = await test.engine.standards.get({ kind: 'codes', name: 'currency' })
    const mapped = text.replace(/\nmappings: .*/, '\n# as SAP writes it\nmappings:\n  sap: { RMB: CNY }')
    await test.engine.standards.save({ kind: 'codes', name: 'currency', text: mapped, expectedDigest: digest })
    await test.write('data/currencies.csv', CURRENCIES.replace(/191.*\n/, '826,GBP,Pound Sterling\n'))
    const next = await test.engine.standards.importCodes({ ...request, edition: '2023' })
    expect([next.added, next.ended]).toEqual([1, 1])
    expect(next.document.codes.at(-1)).toEqual({ code: 'HRK', en: 'Kuna', until: '2023' })
    expect(next.document.mappings).toEqual({ sap: { RMB: 'CNY' } })
    expect(readFileSync(join(test.directory, next.file), 'utf8')).toContain('# as SAP writes it')
  })

  it.each([
    ['a column that is not there', 'a,b\n1,2\n', { code: 'kode' }, 'standards.column_unknown'],
    ['a code that stands twice', 'code,zh\n1,a\n1,b\n', {}, 'standards.code_twice'],
    ['a row without a code', 'code,zh\n1,a\n,b\n', {}, 'standards.code_blank'],
  ])('is not made from %s', async (_title, csv, columns, code) => {
    await test.write('data/bad.csv', csv)
    const request = { dataset: 'files:bad.csv', list: 'bad', ...columns }
    expect(await codeOf(test.engine.standards.importCodes(request))).toBe(code)
    expect((await test.engine.standards.list()).codes).toEqual([])
  })

  it('is what rules compare with; ended codes are violations', async () => {
    const run = async () => (await Array.fromAsync(await test.engine.quality.check({ of: 'people' })))[0]?.results
    expect((await run())?.map(({ failure }) => failure?.code)).toEqual(['rule.invalid', 'rule.invalid'])
    await test.engine.standards.importCodes({ dataset: 'files:sex.csv', list: 'sex' })
    expect(
      (await run())?.map(({ checked, violations, rows }) => [checked, violations, rows.map((r) => r.value)]),
    ).toEqual([
      ['4', '1', ['M']],
      ['0', '0', []],
    ])
    await test.write('data/sex.csv', SEX.replace(/9.*\n/, ''))
    await test.engine.standards.importCodes({ dataset: 'files:sex.csv', list: 'sex', edition: 'next' })
    expect((await run())?.[0]?.violations).toBe('2')
  })
})

describe('files of standards', () => {
  it.each([
    ['codes', 'codes: [{ code: "1" }, { code: "1" }]', 'codes.1.code'],
    ['codes', 'codes: [{ code: "1" }]\nmappings: { erp: { M: "2" } }', 'mappings.erp.M'],
    ['codes', 'codes: [{ code: 1 }]', 'codes.0.code'],
    ['standard', 'naming: { pattern: "(" }', 'naming.pattern'],
    ['standard', 'terms: [{ zh: 客户 }]', 'terms.0.name'],
  ] as const)('are refused when wrong: %s %s', async (kind, text, path) => {
    const saved = test.engine.standards.save({ kind, name: 'x', text: `version: 1\n${text}\n` })
    expect(await codeOf(saved)).toBe('workspace.invalid')
    await test.write(kind === 'codes' ? 'standards/codes/x.yaml' : 'standards/x.yaml', `version: 1\n${text}\n`)
    const { problems } = await test.engine.workspace.check()
    expect(problems.filter(({ file }) => !file.startsWith('rules/')).map((problem) => problem.path)).toEqual([path])
    const { standards, codes } = await test.engine.standards.list()
    expect([...standards, ...codes]).toEqual([{ name: 'x' }])
  })

  it('are removed, and unknown ones are named', async () => {
    await test.write('standards/house.yaml', 'version: 1\nnaming: { case: snake }\n')
    expect(await codeOf(test.engine.standards.get({ kind: 'standard', name: 'hous' }))).toBe('workspace.name_unknown')
    expect(await test.engine.standards.remove({ kind: 'standard', name: 'house' })).toEqual({ removed: true })
    expect((await test.engine.standards.list()).standards).toEqual([])
  })
})
