import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import { parsePipelineText } from './parse-text.ts'
import { printPipeline } from './print.ts'

const name = fc.stringMatching(/^[a-z_\u4e00-\u4e20][a-z0-9_-]{0,6}$/)
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('yes', 'null', '0x10', '1e3', '~', '# no', 'a: b', '- c', '2026-01-01', ' lead', 'two\nlines\n', ''),
  fc.integer(),
  fc.boolean(),
)
const settings = fc.dictionary(
  fc.constantFrom('where', 'limit', 'keys', 'options', 'expr'),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(name, scalar, { maxKeys: 3 })),
  { maxKeys: 4 },
)
const node = fc
  .record({ type: fc.constantFrom('source', 'filter', 'limit', 'nobody'), more: settings })
  .map(({ type, more }) => ({ type, ...more }))
const document: fc.Arbitrary<PipelineFile> = fc
  .record({ nodes: fc.dictionary(name, node, { maxKeys: 5 }), description: fc.option(fc.string({ maxLength: 20 })) })
  .map(({ nodes, description }) => ({ version: 1, ...(description === null ? {} : { description }), nodes }))

const read = (text: string): PipelineFile | undefined => parsePipelineText(text, 'en').document

/** A comment before each line of a text that begins an entry, and one behind the first. */
function commented(text: string): { text: string; comments: string[] } {
  const comments: string[] = []
  const lines = text.split('\n').flatMap((line, index) => {
    const entry = /^( {0,2})[a-z]+\w*:/.exec(line)
    if (entry === null) return [line]
    comments.push(`# note ${index} here`)
    return [`${entry[1]}# note ${index} here`, line]
  })
  return { text: lines.join('\n'), comments }
}

describe('a pipeline as text', () => {
  it('reads as the document it was printed from', () => {
    fc.assert(
      fc.property(document, (wanted) => {
        expect(read(printPipeline(wanted, undefined))).toEqual(wanted)
      }),
    )
  })

  it('is the same text when it is printed again', () => {
    fc.assert(
      fc.property(document, (wanted) => {
        const text = printPipeline(wanted, undefined)
        const found = read(text)
        expect(found && printPipeline(found, text)).toBe(text)
        expect(found && printPipeline(found, undefined)).toBe(text)
      }),
    )
  })

  it('reads as the new document when it is printed over the text of another', () => {
    fc.assert(
      fc.property(document, document, (before, wanted) => {
        const text = printPipeline(wanted, printPipeline(before, undefined))
        expect(read(text)).toEqual(wanted)
        expect(printPipeline(wanted, text)).toBe(text)
      }),
    )
  })

  it('keeps every comment while another node comes', () => {
    fc.assert(
      fc.property(document, node, (before, added) => {
        const { text, comments } = commented(printPipeline(before, undefined))
        const base = read(text)
        fc.pre(base !== undefined && !('zz_added' in base.nodes))
        const wanted = { ...before, nodes: { ...before.nodes, zz_added: added } }
        const printed = printPipeline(wanted, text)
        expect(read(printed)).toEqual(wanted)
        for (const comment of comments) expect(printed).toContain(comment)
      }),
    )
  })
})
