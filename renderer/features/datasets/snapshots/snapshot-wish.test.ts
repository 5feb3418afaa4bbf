import { expect, it } from 'vitest'
import { snapshotSchema } from '../../../../engine/contract/api/snapshots.ts'
import { takeInput, USUAL_WISH } from './snapshot-wish.ts'

it.each([
  ['all', { ...USUAL_WISH, kind: 'all' as const }, { scope: { kind: 'all' } }],
  ['the first', USUAL_WISH, { scope: { kind: 'first', rows: 100_000 } }],
  [
    'a sample',
    { kind: 'sample' as const, rows: 10, seed: 7, where: ' ' },
    { scope: { kind: 'sample', rows: 10, seed: 7 } },
  ],
  ['a policy', { ...USUAL_WISH, kind: 'all' as const, policy: 'strict' }, { scope: { kind: 'all' }, policy: 'strict' }],
  [
    'a condition',
    { ...USUAL_WISH, kind: 'all' as const, where: ' a > 1 ' },
    { scope: { kind: 'all' }, where: 'a > 1' },
  ],
])('asks for %s', (_case, wish, input) => {
  expect(takeInput(wish)).toEqual(input)
  expect(snapshotSchema.shape.scope.safeParse(takeInput(wish).scope).success).toBe(true)
})
