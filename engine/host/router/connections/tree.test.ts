import { expect, it } from 'vitest'
import type { DatasetSummary } from '../../../contract/dataset.ts'
import { treePage } from './tree.ts'

const table = (schema: string, name: string, comment?: string): DatasetSummary => ({
  name: `${schema}.${name}`,
  kind: 'table',
  schema,
  ...(comment === undefined ? {} : { comment }),
})
const SYSTEM = [table('crm', 'people', '客户'), table('erp', 'orders'), table('erp', '"a.b"')]

it('shows schemas first, with how much is in them', () => {
  expect(treePage(SYSTEM, { limit: 10 })).toEqual({
    items: [
      { kind: 'schema', id: 'crm', name: 'crm', datasets: 1 },
      { kind: 'schema', id: 'erp', name: 'erp', datasets: 2 },
    ],
    total: 2,
  })
})

it('shows the datasets of a schema by the last part of their name', () => {
  const { items } = treePage(SYSTEM, { parent: 'erp', limit: 10 })
  expect(items).toMatchObject([
    { id: 'erp.orders', name: 'orders' },
    { id: 'erp."a.b"', name: 'a.b' },
  ])
})

it.each([
  ['a part of a name', 'ORD', ['erp.orders']],
  ['a comment', '客户', ['crm.people']],
  ['a schema', 'erp.', ['erp.orders', 'erp."a.b"']],
  ['nothing there', 'zzz', []],
])('finds %s in all schemas', (_case, search, ids) => {
  expect(treePage(SYSTEM, { search, limit: 10 }).items.map(({ id }) => id)).toEqual(ids)
})

it('leaves out a level that holds a single schema, and keeps dots of file names', () => {
  expect(treePage([table('public', 'a')], { limit: 10 }).items).toMatchObject([{ kind: 'dataset', name: 'a' }])
  const files: DatasetSummary[] = [{ name: 'a.b.csv', kind: 'file', sizeBytes: 3 }]
  expect(treePage(files, { limit: 10 }).items).toMatchObject([{ name: 'a.b.csv', sizeBytes: 3 }])
})

it('pages through 100,000 tables in order without repeating one', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => table('s', `t${String(i).padStart(6, '0')}`))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = treePage(many, { parent: 's', cursor, limit: 9_999 })
    expect(page.total).toBe(100_000)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(seen).toEqual(many.map(({ name }) => name))
})
