import { expect, it } from 'vitest'
import { SEMANTIC_TYPE_IDS } from '../../contract/semantic-types.ts'
import { SEMANTIC_TYPES } from './all.ts'

it('types are those that rules may demand', () => {
  expect(SEMANTIC_TYPES.map(({ id }) => id)).toEqual([...SEMANTIC_TYPE_IDS])
})
