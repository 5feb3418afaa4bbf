import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { dropFiles } from '../fixtures/drop-files.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page
/** Of the person, where the server sees nothing. */
let mine: string
let uploads: string

/** 编号,城市 and three cities in GB18030; one line with bytes that no GB18030 text has, one with a cell too many. */
const CITIES = Buffer.concat([
  Buffer.from('b1e0bac52cb3c7cad00a', 'hex'),
  Buffer.from('312cb1b1bea90a', 'hex'),
  Buffer.from('322cffff0a', 'hex'),
  Buffer.from('332cc9cfbaa30a', 'hex'),
  Buffer.from('342cb9e3d6dd2cb6e00a', 'hex'),
  ...Array.from({ length: 40 }, (_, n) => Buffer.concat([Buffer.from(`${n + 5},`), Buffer.from('c9eedbda0a', 'hex')])),
])

beforeAll(async () => {
  studio = await openBrowserStudio()
  uploads = join(studio.workspaces, 'sample/uploads')
  mine = await mkdtemp(join(tmpdir(), 'runnel-mine-'))
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
  await rm(mine, { recursive: true, force: true })
})

async function make(name: string, content: string | Buffer): Promise<string> {
  await mkdir(join(mine, name, '..'), { recursive: true })
  await writeFile(join(mine, name), content)
  return join(mine, name)
}

describe('a file that is dropped into the browser', () => {
  it('is brought to the server and opened, in its encoding, with its bad lines told', async () => {
    await dropFiles(page, [await make('城市.csv', CITIES)])
    await page.getByRole('tab', { name: '城市.csv' }).waitFor()
    await front(page).getByRole('gridcell', { name: '北京', exact: true }).waitFor()
    await front(page).getByRole('columnheader', { name: '编号' }).first().waitFor()
    expect(await readFile(join(uploads, '城市.csv'))).toEqual(CITIES)
    await front(page)
      .getByRole('button', { name: /^Rejected/ })
      .click()
    const rejects = page.getByRole('dialog').getByRole('grid')
    await rejects.getByRole('gridcell', { name: /322cffff/i }).waitFor()
    await rejects.getByRole('gridcell', { name: /342cb9e3d6dd2cb6e0/i }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('shows at once what another option makes of it', async () => {
    await front(page).getByRole('tab', { name: 'Import options' }).click()
    const options = front(page).getByRole('region', { name: 'Import options' })
    const preview = front(page).getByRole('grid').first()
    await preview.getByRole('gridcell', { name: '上海', exact: true }).waitFor()
    await options.getByRole('group', { name: /^Encoding/ }).waitFor()
    await options
      .getByRole('group', { name: /^Encoding/ })
      .getByRole('combobox')
      .first()
      .click()
    await page.keyboard.type('windows-1252')
    await page.keyboard.press('Enter')
    await preview.getByRole('gridcell', { name: 'ÉÏº£', exact: true }).waitFor()
    await options
      .getByRole('button', { name: /^Reset/ })
      .last()
      .click()
    await preview.getByRole('gridcell', { name: '上海', exact: true }).waitFor()
  })

  it('is one dataset with the others of its folder', async () => {
    await make('years/2024.csv', 'id,year\n1,2024\n')
    await make('years/2025.csv', 'id,year\n2,2025\n')
    await make('years/.hidden.csv', 'id,year\n3,1\n')
    await dropFiles(page, [join(mine, 'years')])
    await page.getByRole('tab', { name: '*.csv' }).waitFor()
    await front(page).getByRole('gridcell', { name: '2024', exact: true }).waitFor()
    await front(page).getByRole('gridcell', { name: '2025', exact: true }).waitFor()
    expect(await readdir(join(uploads, 'years'))).toEqual(['2024.csv', '2025.csv'])
  })

  it('is given up when it is cancelled', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    await page.route(/\/uploads\/.*offset=/, async (route) => {
      await held
      await route.continue().catch(() => undefined)
    })
    await dropFiles(page, [await make('large.csv', 'id\n1\n')])
    const list = page.getByRole('region', { name: 'Uploads' })
    await list.getByRole('progressbar', { name: 'Upload of large.csv' }).waitFor()
    await list.getByRole('button', { name: 'Cancel the upload of large.csv' }).click()
    await list.waitFor({ state: 'detached' })
    letGo()
    await page.unroute(/\/uploads\/.*offset=/)
    await expect.poll(() => readdir(uploads)).toEqual(['years', '城市.csv'])
  })

  it.each([
    '<img src=x onerror="window.struck=1">.csv',
    '‮שלום العربية.csv',
    '👩‍👩‍👧‍👦 {{1+1}} $(touch x) `x`.csv',
    "'; DROP TABLE orders; --.csv",
    'a[1] {2}.csv',
    `${'长'.repeat(80)}.csv`,
  ])('may be called %s', async (name) => {
    await dropFiles(page, [await make(name, `id,"<b>${'x'.repeat(100_000)}"\n1,2\n`)])
    await expect
      .poll(async () =>
        (await readdir(uploads)).some((one) => one.startsWith(name.slice(4, 12)) || one.includes(name.slice(4, 10))),
      )
      .toBe(true)
    await front(page).getByRole('gridcell', { name: '2', exact: true }).waitFor()
    expect(await page.evaluate('window.struck')).toBeUndefined()
  })
})

it('a file chosen in the dialog is uploaded into the folder that is shown', async () => {
  await room(page, 'Connections and data').click()
  await page.getByRole('button', { name: 'Open file' }).click()
  const dialog = page.getByRole('dialog')
  const choosing = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: /^Upload files of this computer/ }).click()
  await (await choosing).setFiles(await make('chosen.csv', 'id,name\n7,seven\n'))
  await dialog.getByRole('button', { name: /^chosen\.csv/, pressed: true }).waitFor()
  await dialog.getByRole('button', { name: 'Open file' }).click()
  await front(page).getByRole('gridcell', { name: 'seven', exact: true }).waitFor()
  expect(await readdir(studio.workspaces)).toContain('chosen.csv')
  expect(studio.faults()).toEqual([])
})
