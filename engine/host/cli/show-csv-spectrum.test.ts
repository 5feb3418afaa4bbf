import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { runRecorded } from './testing/recording-terminal.ts'

const folder = join(dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json')))
const names = (await readdir(join(folder, 'csvs'))).map((file) => file.replace('.csv', ''))
/** Its expected telephone number is not the one in its file, and its only row has a stray quote. */
const CONTRADICTORY = 'location_coordinates'

it('has every file', () => expect(names.length).toBe(12))

it('shows the row with a stray quote as it is, or refuses it with its line', async () => {
  const { exit, out } = await runRecorded(['show', join(folder, 'csvs', `${CONTRADICTORY}.csv`), '--json'])
  const { rows, rejects } = JSON.parse(out)
  expect(exit).toBe(0)
  expect([
    ...rows.map((row: unknown[]) => row[1]),
    ...rejects.map((reject: { locator: string }) => reject.locator),
  ]).toEqual([expect.stringMatching(/^(37\ufffd36'37\.8"N 121\ufffd2'17\.9"W|location_coordinates\.csv:2)$/)])
})

it.each(names.filter((name) => name !== CONTRADICTORY))('shows %s exactly', async (name) => {
  const expected: Record<string, string>[] = JSON.parse(await readFile(join(folder, 'json', `${name}.json`), 'utf8'))
  const { exit, out, error } = await runRecorded(['show', join(folder, 'csvs', `${name}.csv`), '--json'])
  expect([exit, error]).toEqual([0, ''])
  const { columns, rows, rowCount, rejects, encoding } = JSON.parse(out)
  expect(columns.map((column: { name: string }) => column.name)).toEqual(Object.keys(expected[0] ?? {}))
  // The expectation knows text only; a number is shown as the same digits.
  expect(rows.map((row: unknown[]) => row.map(String))).toEqual(expected.map((row) => Object.values(row)))
  expect([rowCount, rejects, encoding]).toEqual([expected.length, [], 'utf-8'])
})
