import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDuck } from '../../../duck/open-duck.ts'
import { CSV_SEGMENT } from '../../../duck/segment.ts'
import { literal, sql } from '../../../sql/sql.ts'
import { segmentsOut } from './segments-out.ts'

async function take(path: string): Promise<string> {
  const text = await readFile(path, 'utf8')
  await rm(path)
  return text
}

it.each([
  ['many files', 400_000, 1_000_000],
  ['one file', 10, 1_000_000],
  ['no rows', 0, 1_000_000],
])('hands over %s whole, also when they are removed at once', async (_case, count, fileBytes) => {
  await using duck = await openDuck({ threads: 2 })
  const taken: Promise<string>[] = []
  const rows = await segmentsOut(duck, {
    query: sql`SELECT i, 'a "quoted", text' AS t, NULL AS n FROM range(${literal(count)}) r(i)`,
    dialect: CSV_SEGMENT,
    folder: join(duck.spillDirectory, 'out'),
    fileBytes,
    onFile: (path) => taken.push(take(path)),
  })
  const lines = (await Promise.all(taken)).join('').split('\n').slice(0, -1)
  expect(rows).toBe(BigInt(count))
  expect(lines.length).toBe(count)
  expect(new Set(lines).size).toBe(count)
  expect(lines.every((line) => /^\d+,"a ""quoted"", text",$/.test(line))).toBe(true)
})
