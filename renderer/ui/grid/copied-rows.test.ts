import { expect, it } from 'vitest'
import { copiedRows } from './copied-rows.ts'
import type { RowSource } from './grid-types.ts'

const whole = (row: number, column: number): string => `${row}:${column} whole`

/** Rows of three cells, of which the second of every fifth row is cut. */
function sourceOf(): { source: RowSource; fetched: [number, number][] } {
  const fetched: [number, number][] = []
  const source: RowSource = {
    rowCount: 20_000,
    fetch: (offset, limit) => {
      fetched.push([offset, limit])
      const numbers = Array.from({ length: limit }, (_, index) => offset + index)
      return Promise.resolve({
        rows: numbers.map((row) => [row, 'beginning', 'c']),
        cut: new Set(numbers.flatMap((row, index) => (row % 5 === 0 ? [`${index}:1`] : []))),
      })
    },
    cell: (row, column) => Promise.resolve(whole(row, column)),
  }
  return { source, fetched }
}
const nothing = { row: () => undefined, isCut: () => false }

it('copies whole values of rows that were not seen', async () => {
  const { source, fetched } = sourceOf()
  const rows = await copiedRows(source, nothing, { top: 4, bottom: 6, left: 0, right: 1 })
  expect(rows).toEqual([
    [4, 'beginning'],
    [5, whole(5, 1)],
    [6, 'beginning'],
  ])
  expect(fetched).toEqual([[4, 3]])
})

it('takes what is here already from the pages', async () => {
  const { source, fetched } = sourceOf()
  const cache = {
    row: (row: number) => [row, 'cut', 'c'],
    isCut: (row: number, column: number) => row === 1 && column === 1,
  }
  expect(await copiedRows(source, cache, { top: 0, bottom: 1, left: 1, right: 2 })).toEqual([
    ['cut', 'c'],
    [whole(1, 1), 'c'],
  ])
  expect(fetched).toEqual([])
})

it('asks for very many rows in parts', async () => {
  const { source, fetched } = sourceOf()
  const rows = await copiedRows(source, nothing, { top: 0, bottom: 11_999, left: 0, right: 0 })
  expect(rows).toHaveLength(12_000)
  expect(fetched).toEqual([
    [0, 5_000],
    [5_000, 5_000],
    [10_000, 2_000],
  ])
})
