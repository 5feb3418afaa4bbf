import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../contract/check-result.ts'
import { openStore, type Store } from '../../../store/open-store.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const ORDERS = `id,customer,amount,state,mail\n${Array.from({ length: 400 }, (_, i) => `${i + 1},${i % 7},${i === 5 ? -3 : i * 2},${i % 3 === 0 ? 'paid' : 'open'},u${i}@shop.org`).join('\n')}\n`
const CUSTOMERS = `id,total\n${[0, 1, 2, 3, 4, 5].map((id) => `${id},${id * 10}`).join('\n')}\n`
const RULES = `version: 1
dataset: files:orders.csv
owner: sales
rules:
  # money is never owed
  - { check: range, column: amount, min: 0, severity: warning }
  - { check: unique, columns: [id] }
  - check: foreign_key
    columns: [customer]
    references: { dataset: "files:customers.csv", columns: [id] }
  - { check: drift, column: amount, figure: mean, limit: 0.01 }
`

let test: TestEngine
let store: Store
beforeEach(async () => {
  test = await openTestEngine({
    'data/orders.csv': ORDERS,
    'data/customers.csv': CUSTOMERS,
    'rules/orders.yaml': RULES,
  })
  store = openStore(join(test.outside, 'state.sqlite'))
})
afterEach(async () => {
  store[Symbol.dispose]()
  await test[Symbol.asyncDispose]()
})

function engine() {
  return test.as({ checkResults: () => Promise.resolve(store.checkResults) })
}

async function check(request: { of?: string; offline?: boolean } = {}): Promise<CheckResult[]> {
  return Array.fromAsync(await engine().quality.check(request))
}

describe('a check of data', () => {
  it('reads the sources and says which rows break what, by where they stand', async () => {
    const [result] = await check({ of: 'files:orders.csv' })
    expect(result).toMatchObject({ rules: 'orders', rowCount: '400', basis: 'source' })
    expect(result?.results.map(({ name, status, violations }) => [name, status, violations])).toEqual([
      ['amount.range', 'violated', '1'],
      ['id.unique', 'passed', '0'],
      ['customer.foreign_key', 'violated', '57'],
      ['amount.drift', 'passed', '0'],
    ])
    expect(result?.results[0]?.rows).toEqual([{ key: { _runnel_locator: 'orders.csv:7' }, value: '-3' }])
  })

  it('remembers, and compares with what it remembers', async () => {
    await check()
    await test.write('data/orders.csv', ORDERS.replace('7,6,12,', '7,6,99000,'))
    const [second] = await check()
    expect(second?.results.find(({ name }) => name === 'amount.drift')).toMatchObject({ status: 'violated' })
    const history = await engine().quality.history({ rules: 'orders' })
    expect(history).toHaveLength(2)
    expect(history[0]?.score).toBeLessThan(history[1]?.score ?? 0)
    expect(await test.engine.quality.history({ rules: 'orders' })).toEqual([])
  })

  it('works offline on snapshots, also masked ones', async () => {
    expect(await codeOf(check({ offline: true }))).toBe('run.snapshot_missing')
    await test.engine.snapshots.take({ dataset: 'files:orders.csv' })
    const [result] = await check({ offline: true })
    expect(result?.basis).toBe('snapshot')
    // The other dataset has no snapshot: only its rule says so.
    expect(result?.results.map(({ status, failure }) => failure?.code ?? status)).toEqual([
      'violated',
      'passed',
      'rule.reference_missing',
      'passed',
    ])
  })

  it('tells names that are not there', async () => {
    expect(await codeOf(check({ of: 'order' }))).toBe('workspace.name_unknown')
  })
})

describe('rules', () => {
  it('are tried before they are kept', async () => {
    const { document } = await test.engine.quality.get({ rules: 'orders' })
    if (document === undefined) throw new Error('no document')
    const rules = [{ check: 'regex' as const, column: 'state', pattern: 'paid', severity: 'error' as const }]
    const tried = await engine().quality.try({ draft: { document: { ...document, rules } }, limitRows: 100 })
    expect(tried).toMatchObject({ basis: 'sample', rowCount: '100' })
    expect(tried.results[0]).toMatchObject({ violations: '66', checked: '100' })
    expect(store.checkResults.last('…', 9)).toEqual([])
    expect(await codeOf(engine().quality.try({ draft: { text: 'version: 1\nrules: 3\n' } }))).toBe('workspace.invalid')
    expect((await engine().quality.try({ draft: { text: RULES } })).results).toHaveLength(4)
  })

  it('are suggested with what speaks for them, and hold when they are checked', async () => {
    const suggestions = await test.engine.quality.suggest({ dataset: 'files:orders.csv' })
    const told = suggestions.map(({ rule, evidence }) => [
      rule.check,
      'column' in rule ? rule.column : undefined,
      evidence.violations,
    ])
    expect(told).toEqual(
      expect.arrayContaining([
        ['row_count', undefined, '0'],
        ['not_null', 'id', '0'],
        ['unique', undefined, '0'],
        ['accepted', 'state', '0'],
        ['semantic', 'mail', '0'],
        ['not_blank', 'mail', '0'],
      ]),
    )
    const content = {
      document: { version: 1 as const, dataset: 'files:orders.csv', rules: suggestions.map(({ rule }) => rule) },
    }
    await engine().quality.save({ rules: 'suggested', content })
    const [result] = await check({ of: 'suggested' })
    expect(result?.score).toBeGreaterThan(99)
  })

  it('are added to the file about their dataset, once, or to a new one', async () => {
    const { quality } = test.engine
    const rules = [{ check: 'not_blank' as const, column: 'state' }]
    expect(await quality.add({ dataset: 'files:orders.csv', rules })).toEqual({ rules: 'orders', added: 1 })
    expect(await quality.add({ dataset: 'files:orders.csv', rules })).toEqual({ rules: 'orders', added: 0 })
    const text = readFileSync(join(test.directory, 'rules/orders.yaml'), 'utf8')
    expect(text.replaceAll(/\[ (\w+) \]/g, '[$1]')).toBe(`${RULES}  - { check: not_blank, column: state }\n`)
    expect(await quality.add({ dataset: 'files:customers.csv', rules })).toEqual({
      rules: 'files-customers-csv',
      added: 1,
    })
    expect((await quality.get({ rules: 'files-customers-csv' })).document?.dataset).toBe('files:customers.csv')
    await test.write('rules/files-lines-csv.yaml', RULES)
    expect(await codeOf(quality.add({ dataset: 'files:lines.csv', rules }))).toBe('workspace.file_changed')
  })

  it('are files like the others', async () => {
    const { quality } = test.engine
    const { document, digest } = await quality.get({ rules: 'orders' })
    if (document === undefined) throw new Error('no document')
    const saved = await quality.save({
      rules: 'orders',
      content: { document: { ...document, owner: 'me' } },
      expectedDigest: digest,
    })
    expect(readFileSync(join(test.directory, saved.file), 'utf8')).toMatch(/owner: me[\s\S]*# money is never owed/)
    await test.write('rules/broken.yaml', 'version: 1\ndataset: files:x\nrules: [{ check: nonsense }]\n')
    expect((await quality.list()).map(({ name, document: read }) => [name, read !== undefined])).toEqual([
      ['broken', false],
      ['orders', true],
    ])
    expect((await test.engine.workspace.check()).problems.map(({ file }) => file)).toContain('rules/broken.yaml')
  })
})
