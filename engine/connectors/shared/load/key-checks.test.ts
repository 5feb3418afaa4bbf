import { describe, expect, it } from 'vitest'
import { openDuck } from '../../../duck/open-duck.ts'
import { id, sql, trusted } from '../../../sql/sql.ts'
import { assertKeysGiven, assertStagedKeys } from './key-checks.ts'

describe('assertStagedKeys', () => {
  it.each([
    ["(1, 'a'), (2, 'a'), (1, 'b')", {}],
    ["(1, 'a'), (NULL, 'b')", { code: 'write.null_key', detail: { rows: '1' } }],
    ["(1, 'a'), (2, 'b'), (1, 'a')", { code: 'write.duplicate_key', detail: { examples: '(1, a) × 2' } }],
  ])('%s', async (values, failure) => {
    await using duck = await openDuck()
    await duck.run(sql`CREATE TABLE st AS SELECT * FROM (VALUES ${trusted(values)}) AS v(a, b)`)
    const rows = async (query: Parameters<typeof duck.rows>[0]) => (await duck.rows(query)).rows
    const check = assertStagedKeys({ dataset: 'x', stage: id('st'), keys: ['a', 'b'], rows })
    expect(
      await check.then(
        () => ({}),
        (error: unknown) => error,
      ),
    ).toMatchObject(failure)
  })
})

it.each([
  ['append', []],
  ['upsert', ['a']],
] as const)('%s may have keys %j', (mode, keys) => {
  expect(() => assertKeysGiven({ dataset: 'x', mode, keys, columns: [{ name: 'a' }] })).not.toThrow()
})

it.each([
  ['upsert', []],
  ['delete', ['b']],
] as const)('%s may not have keys %j', (mode, keys) => {
  expect(() => assertKeysGiven({ dataset: 'x', mode, keys, columns: [{ name: 'a' }] })).toThrow(
    expect.objectContaining({ code: 'write.key_missing' }),
  )
})
