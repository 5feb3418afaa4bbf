import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Recorded, runRecorded } from './testing/recording-terminal.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-confirm-'))
const shop = join(root, 'shop')
afterAll(() => rm(root, { recursive: true, force: true }))
beforeAll(async () => {
  await runRecorded(['init', shop], { directory: root })
})

const confirm = (...args: string[]): Promise<Recorded> =>
  runRecorded(['mask', 'confirm', ...args, '-w', shop], { directory: root })

it('keeps what a person says of a column, suggests its mask by that, and takes it back', async () => {
  await writeFile(join(root, 'staff.csv'), 'nr,remark\n1,a\n2,b\n')
  const settings = JSON.stringify({ folder: root })
  await writeFile(join(shop, 'connections/files.yaml'), `version: 1\nkind: text\nsettings: ${settings}\n`)
  const said = await confirm('files:staff.csv', 'remark', 'sensitive', '--lang', 'zh')
  expect([said.exit, said.out]).toEqual([0, expect.stringContaining('remark 为 sensitive')])
  const suggested = await runRecorded(['mask', 'suggest', 'files:staff.csv', '-w', shop, '--json'], { directory: root })
  expect(JSON.parse(suggested.out).suggestions).toMatchObject([{ column: 'remark', class: 'sensitive' }])
  const undone = JSON.parse((await confirm('files:staff.csv', 'remark', '--undo', '--json')).out)
  expect(undone).toEqual({ dataset: 'files:staff.csv', column: 'remark', file: undone.file })
  expect(await readFile(join(shop, undone.file), 'utf8')).not.toContain('remark')
})

it.each([
  ['no class', []],
  ['an unknown class', ['secret']],
  ['a class and its withdrawal', ['none', '--undo']],
])('refuses %s', async (_case, args) => {
  const { exit, error } = await confirm('files:staff.csv', 'remark', ...args)
  expect([exit, error]).toEqual([2, expect.stringContaining('none, personal, sensitive')])
})
