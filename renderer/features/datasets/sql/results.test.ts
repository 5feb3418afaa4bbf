import { expect, it } from 'vitest'
import { resultsOf } from './results.ts'

it('has a result for each statement', () => {
  const results = resultsOf('SELECT 1; SELECT 2', 'rows')
  expect(results.map(({ number, sql }) => [number, sql])).toEqual([
    [1, 'SELECT 1'],
    [2, 'SELECT 2'],
  ])
  expect(resultsOf('SELECT 1', 'rows')[0]?.id).toBeGreaterThan(results[1]?.id ?? 0)
})

it('has one plan', () => {
  expect(resultsOf('SELECT 1; SELECT 2', 'plan')).toHaveLength(1)
})

it('has nothing for an empty text', () => {
  expect(resultsOf(' ; -- x', 'rows')).toEqual([])
})
