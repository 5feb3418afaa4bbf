import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextCompletion } from '../../../contract/api/authoring.ts'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

let site: TestEngine
beforeAll(async () => {
  site = await openTestEngine({ 'data/orders.csv': 'id,amount,下单 日期\n1,5,2026-01-01\n' })
})
afterAll(() => site[Symbol.asyncDispose]())

const HEAD = `version: 1
nodes:
  orders: { type: source, dataset: files:orders.csv }
  checked: { type: validate, input: orders, rules: [{ check: not_null, column: id }] }
`

/** What is offered where `|` stands. */
async function offered(marked: string): Promise<TextCompletion[]> {
  const offset = marked.indexOf('|')
  return site.engine.pipelines.completeText({ pipeline: 'p', text: marked.replace('|', ''), offset })
}
const labels = async (marked: string): Promise<string[]> => (await offered(marked)).map(({ label }) => label)

/** The text after the first that has this label was chosen. */
async function chosen(marked: string, label: string): Promise<string> {
  const one = (await offered(marked)).find((found) => found.label === label)
  if (one === undefined) throw new Error(`${label} is not offered`)
  const text = marked.replace('|', '')
  return text.slice(0, one.start) + one.insert + text.slice(one.end)
}

describe('what may be typed in the text of a pipeline', () => {
  it.each([
    ['the parts of a file', '|', ['version', 'nodes', 'parameters']],
    ['those that are not there yet', 'version: 1\n|', ['nodes', 'parameters']],
    ['kinds of nodes', `${HEAD}  a: { type: fil|`, ['filter']],
    ['kinds, in a block', `${HEAD}  a:\n    type: |\n`, ['filter', 'source', 'target']],
    ['fields of the kind', `${HEAD}  a:\n    type: filter\n    |\n`, ['input', 'where']],
    ['fields before others', `${HEAD}  a:\n    type: filter\n    |\n    input: orders\n`, ['where']],
    ['fields in a line', `${HEAD}  a: { type: target, |`, ['dataset', 'mode', 'keys']],
    ['only the kind, where there is none', `${HEAD}  a:\n    |\n`, ['type']],
    ['values of a list of choices', `${HEAD}  a: { type: target, mode: |`, ['append', 'upsert', 'replace']],
    ['outputs of other nodes', `${HEAD}  a: { type: filter, input: |`, ['orders', 'checked', 'checked.rejects']],
    ['outputs in a list', `${HEAD}  a: { type: union, inputs: [orders, ch|`, ['checked', 'checked.rejects']],
    ['connections', `${HEAD}  a: { type: source, dataset: |`, ['files:', 'lake:']],
    ['datasets of a connection', `${HEAD}  a: { type: source, dataset: files:|`, ['files:orders.csv']],
    [
      'columns of the input',
      `${HEAD}  a:\n    type: map\n    input: checked\n    fields:\n      - from: |\n`,
      ['id', 'amount'],
    ],
    [
      'fields of a list item',
      `${HEAD}  a:\n    type: map\n    input: checked\n    fields:\n      - |\n`,
      ['to', 'from', 'expr'],
    ],
    [
      'fields of the variant that is there',
      `${HEAD}  a:\n    type: validate\n    input: orders\n    rules:\n      - check: range\n        |\n`,
      ['min', 'max'],
    ],
    ['fields of a parameter', `version: 1\nparameters:\n  since:\n    |\n`, ['type', 'default']],
  ])('%s', async (_case, marked, wanted) => {
    expect(await labels(marked)).toEqual(expect.arrayContaining(wanted))
  })

  it.each([
    ['fields that are there', `${HEAD}  a:\n    type: filter\n    input: orders\n    |\n`, ['input', 'type']],
    ['fields of other kinds', `${HEAD}  a:\n    type: filter\n    |\n`, ['dataset', 'fields', 'mode']],
    ['the node itself as its input', `${HEAD}  a: { type: filter, input: |`, ['a']],
    [
      'fields of other variants',
      `${HEAD}  a:\n    type: validate\n    input: orders\n    rules:\n      - check: range\n        |\n`,
      ['pattern', 'values'],
    ],
  ])('never %s', async (_case, marked, refused) => {
    const found = await labels(marked)
    expect(found.filter((label) => refused.includes(label))).toEqual([])
  })

  it.each([
    ['in a comment', '# ver|'],
    ['as a name of a node', `${HEAD}  ne|`],
    ['in text that is nothing at all', '{]}[|'],
  ])('nothing %s', async (_case, marked) => {
    expect(await offered(marked)).toEqual([])
  })

  it.each([
    [
      'a field with its colon',
      `${HEAD}  a:\n    type: filter\n    wh|\n`,
      'where',
      `${HEAD}  a:\n    type: filter\n    where: \n`,
    ],
    [
      'a field whose colon is there',
      `${HEAD}  a:\n    type: filter\n    wh|: x\n`,
      'where',
      `${HEAD}  a:\n    type: filter\n    where: x\n`,
    ],
    [
      'the whole word, not only its beginning',
      `${HEAD}  a: { type: fi|lt }\n`,
      'filter',
      `${HEAD}  a: { type: filter }\n`,
    ],
    [
      'a column that needs quotes',
      `${HEAD}  a: { type: map, input: orders, fields: [{ from: | }] }\n`,
      '下单 日期',
      `${HEAD}  a: { type: map, input: orders, fields: [{ from: "下单 日期" }] }\n`,
    ],
    [
      'a dataset after its colon',
      `${HEAD}  a: { type: source, dataset: files:ord| }\n`,
      'files:orders.csv',
      `${HEAD}  a: { type: source, dataset: files:orders.csv }\n`,
    ],
  ])('puts in %s', async (_case, marked, label, wanted) => {
    expect(await chosen(marked, label)).toBe(wanted)
  })
})

describe('what stands in the text of a pipeline', () => {
  const hovered = async (marked: string, language: 'en' | 'zh' = 'en') => {
    const offset = marked.indexOf('|')
    const text = marked.replace('|', '')
    const { hover } = await site.as({ language }).pipelines.hoverText({ text, offset })
    return hover === undefined ? undefined : { word: text.slice(hover.start, hover.end), ...hover }
  }

  it.each([
    ['a kind', `${HEAD}  a: { type: fil|ter }`, 'filter', 'Filter'],
    ['the name of a node', `${HEAD}  a|b: { type: filter }`, 'ab', 'Filter'],
    ['a part of the file', 'ver|sion: 1', 'version', 'Version of the format'],
  ])('%s is explained', async (_case, marked, word, title) => {
    expect(await hovered(marked)).toMatchObject({ word, title })
  })

  it('a field is explained in the language of who asks, with the values it may have', async () => {
    const marked = `${HEAD}  a: { type: target, mo|de: append }`
    const [en, zh] = [await hovered(marked), await hovered(marked, 'zh')]
    expect(en?.type).toContain('append | ')
    expect(en?.text).not.toBe('')
    expect(zh?.title).toMatch(/[\u4e00-\u9fff]/)
  })

  it('nothing is said of what nobody knows', async () => {
    expect(await hovered(`${HEAD}  a: { type: nobody, what|ever: 1 }`)).toBeUndefined()
  })
})
