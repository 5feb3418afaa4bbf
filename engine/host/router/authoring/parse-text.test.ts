import { describe, expect, it } from 'vitest'
import { parsePipelineText } from './parse-text.ts'
import { printPipeline } from './print.ts'

const head = 'version: 1\nnodes:\n'

describe('parse', () => {
  it.each([
    ['a word in place of a map', `${head}  a: {type: filter, input: b\n`, { line: 4, column: 1 }],
    [
      'an unknown type',
      `${head}  a: { type: filtr, input: a }\n`,
      { line: 3, column: 8, endLine: 3, endColumn: 12, node: 'a' },
    ],
    [
      'an unknown input',
      `${head}  a:\n    type: filter\n    input: nobody\n    where: "true"\n`,
      { line: 5, node: 'a', path: 'nodes.a.input' },
    ],
    ['a node name', `${head}  "1 a": { type: filter }\n`, { line: 3, column: 3, endColumn: 8, node: '1 a' }],
    [
      'an unknown key',
      'version: 1\nnode: {}\nnodes: {}\n',
      { line: 2, column: 1, endLine: 2, endColumn: 5, path: 'node' },
    ],
    ['nothing', '', { line: 1, column: 1 }],
  ])('places %s', (_what, text, place) => {
    expect(parsePipelineText(text, 'en').problems[0]).toMatchObject(place)
  })

  it('gives the document of sound text', () => {
    expect(parsePipelineText(`${head}  a: { type: source, dataset: "c:d" }\n`, 'en')).toEqual({
      document: { version: 1, nodes: { a: { type: 'source', dataset: 'c:d' } } },
      problems: [],
    })
  })
})

describe('print', () => {
  const text = `# why\nversion: 1\nnodes:\n  # the orders\n  b: { type: source, dataset: "c:d" } # from c\n  a:\n    type: filter\n    where: x > 1 # keep\n    input: b\n`

  it('gives the same text for the same document', () => {
    const { document } = parsePipelineText(text, 'en')
    expect(document && printPipeline(document, text)).toBe(text)
  })

  it('keeps comments and the order of keys where nothing changed', () => {
    const { document } = parsePipelineText(text, 'en')
    if (document === undefined) throw new Error('the text is sound')
    const nodes = { a: { type: 'filter', input: 'b', where: 'x > 2' }, b: document.nodes['b'] ?? { type: '' } }
    const printed = printPipeline({ ...document, nodes }, text)
    expect(printed).toContain('# the orders')
    expect(printed).toContain('x > 2 # keep')
    expect(printed.indexOf('  b:')).toBeLessThan(printed.indexOf('  a:'))
  })
})
