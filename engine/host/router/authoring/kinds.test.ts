import { describe, expect, it } from 'vitest'
import { NODES } from '../../../pipeline/nodes/all.ts'
import { nodeKinds } from './kinds.ts'
import { nodeFields } from './node-form.ts'

const kinds = nodeKinds()

it('knows every node type, sources first and targets last', () => {
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(NODES).toSorted())
  expect([kinds.at(0)?.kind, kinds.at(-1)?.kind]).toEqual(['source', 'target'])
})

describe.each(kinds)('$kind', ({ kind, schema, initial, inputs, outputs }) => {
  const fields = [...nodeFields(schema)]

  it.each(['en', 'zh'])('has a title and a description for every field in %s', (language) => {
    for (const part of ['titles', 'descriptions']) {
      const missing = fields.filter(([, field]) => (Object(field[part])[language] ?? '') === '').map(([path]) => path)
      expect(missing).toEqual([])
    }
  })

  it('has texts for no field that does not exist', () => {
    const meta = Object.entries(NODES).find(([name]) => name === kind)?.[1].meta
    expect(Object.keys(meta?.fields ?? {}).toSorted()).toEqual([...new Set(fields.map(([path]) => path))].toSorted())
  })

  it('names every value that can be chosen, and no other', () => {
    const named = new Map<string, { values: Set<string>; titles: string[] }>()
    for (const [path, field] of fields) {
      const values: unknown[] = Array.isArray(field['enum']) ? field['enum'] : 'const' in field ? [field['const']] : []
      if (values.length === 0) continue
      const entry = named.get(path) ?? { values: new Set(), titles: Object.keys(Object(field['enumTitles'])) }
      for (const value of values) entry.values.add(String(value))
      named.set(path, entry)
    }
    for (const [path, { values, titles }] of named) {
      expect([path, titles.toSorted()]).toEqual([path, [...values].toSorted()])
    }
  })

  it('begins with fields that exist, and names its ports', () => {
    const top = fields.map(([path]) => path)
    expect(top).toEqual(expect.arrayContaining(Object.keys(initial)))
    expect(top).toEqual(expect.arrayContaining(inputs.map(({ field }) => field)))
    expect(outputs.length > 0).toBe(kind !== 'target')
  })
})
