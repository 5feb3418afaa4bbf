import { expect, it } from 'vitest'
import { graphOf } from './graph.ts'

it.each([100, 1_000])('%i nodes have half as many edges again, all between nodes that are there', (count) => {
  const { nodes, edges } = graphOf(count)
  const names = new Set(nodes.map(({ name }) => name))
  expect(names.size).toBe(count)
  expect(edges.length).toBe(count * 1.5)
  expect(edges.filter(({ from, to }) => !names.has(from) || !names.has(to))).toEqual([])
  expect(new Set(edges.map(({ from, to }) => `${from}>${to}`)).size).toBe(edges.length)
})
