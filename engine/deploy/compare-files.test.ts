import { expect, it } from 'vitest'
import { compareFiles } from './compare-files.ts'

it('tells the settings of a changed YAML file, and of no other', () => {
  const [yaml, sql] = compareFiles({ 'a.yaml': 'x: 1', 'b.sql': 'x: 1' }, { 'a.yaml': 'x: 2', 'b.sql': 'x: 2' })
  expect(yaml?.settings).toEqual([{ change: 'changed', path: ['x'], before: '1', after: '2' }])
  expect(sql).not.toHaveProperty('settings')
})

it.each([
  ['nothing deployed', {}, { 'jobs/a.yaml': 'x' }, 'jobs/a.yaml added'],
  ['the same', { 'jobs/a.yaml': 'x' }, { 'jobs/a.yaml': 'x' }, 'jobs/a.yaml same'],
  ['a change before what is the same', { a: '1', b: '1' }, { a: '1', b: '2' }, 'b changed, a same'],
  ['one that goes', { a: '1', b: '1' }, { a: '1' }, 'b removed, a same'],
  ['bytes that are no text', { a: 'AAE=' }, { a: { base64: 'AAE=' } }, 'a same'],
])('%s', (_case, deployed, wanted, expected) => {
  expect(
    compareFiles(deployed, wanted)
      .map(({ file, change }) => `${file} ${change}`)
      .join(', '),
  ).toBe(expected)
})
