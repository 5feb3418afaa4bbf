import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { runRecorded } from './testing/recording-terminal.ts'

const folder = join(dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json')))
const names = (await readdir(join(folder, 'csvs'))).map((file) => file.replace('.csv', ''))

it('has every file', () => expect(names.length).toBe(12))

it.each(names)('shows %s exactly', async (name) => {
  const expected: Record<string, string>[] = JSON.parse(await readFile(join(folder, 'json', `${name}.json`), 'utf8'))
  const { exit, out, error } = await runRecorded(['show', join(folder, 'csvs', `${name}.csv`), '--json'])
  expect([exit, error]).toEqual([0, ''])
  const { columns, rows, rowCount, rejects, encoding } = JSON.parse(out)
  expect(columns.map((column: { name: string }) => column.name)).toEqual(Object.keys(expected[0] ?? {}))
  // The expectation knows text only; a number is shown as the same digits.
  expect(rows.map((row: unknown[]) => row.map(String))).toEqual(expected.map((row) => Object.values(row)))
  expect([rowCount, rejects, encoding]).toEqual([expected.length, [], 'utf-8'])
})
