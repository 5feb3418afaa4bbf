import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { DetectedOption } from '../../../../engine/contract/api/data.ts'
import { optionLines, optionsAsYaml, optionText, shapeOfOption, withOption } from './option-lines.ts'

const option = (name: string, more: Partial<DetectedOption> = {}): DetectedOption => ({
  name,
  value: null,
  origin: 'default',
  alternatives: [],
  ...more,
})
const schema = {
  type: 'object',
  properties: {
    header: { type: 'boolean', titles: { en: 'Header', zh: '表头' } },
    encoding: { type: 'string', titles: { en: 'Encoding', zh: '编码' } },
  },
}

it('puts what was detected first, with its texts', () => {
  const lines = optionLines(
    [option('header'), option('encoding', { confidence: 0.9 }), option('unknown')],
    schema,
    'zh',
  )
  expect(lines.map(({ field }) => field.title)).toEqual(['编码', '表头'])
})

it('lets a text with many known values be chosen', () => {
  const [line] = optionLines(
    [
      option('encoding', {
        value: 'gb18030',
        alternatives: ['utf-8', 'gbk', 'big5', 'a', 'b', 'c', 'd'].map((value) => ({ value })),
      }),
    ],
    schema,
    'en',
  )
  if (line === undefined) throw new Error('no line')
  expect(shapeOfOption(line)).toMatchObject({ kind: 'choice' })
  expect(shapeOfOption({ ...line, option: option('encoding') })).toMatchObject({ kind: 'text' })
})

it('changes one option, or lets detection decide', () => {
  expect(withOption({ a: 1 }, 'b', null)).toEqual({ a: 1, b: null })
  expect(withOption({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 })
})

it.each([{}, { delimiter: '\t', header: true, nullTexts: ['', 'NULL'], types: { '列: 1': 'DATE' } }])(
  'writes %o as YAML',
  (options) => {
    expect(parse(optionsAsYaml(options))).toEqual({ options })
  },
)

it.each([
  ['\t', 'Tab ⇥'],
  ['', '∅'],
  [';', ';'],
  [true, 'true'],
  [null, 'null'],
])('shows %j as %s', (value, text) => {
  expect(optionText(value)).toBe(text)
})
