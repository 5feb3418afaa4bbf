import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { item } from '../fixtures/pipeline-page.ts'
import { front, openPipeline, openSample, signIn } from '../fixtures/studio-page.ts'

const WIDE = `version: 1
nodes:
  wide: { type: source, dataset: files:wide.csv }
  mapped: { type: map, input: wide, fields: [{ to: first, from: column_1 }] }
  load: { type: target, input: mapped, dataset: crm:customers, mode: append }
`

let studio: BrowserStudio
let page: Page
let workspace: string

beforeAll(async () => {
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  workspace = join(studio.workspaces, 'sample')
  const names = [...Array.from({ length: 997 }, (_, i) => `column_${i + 1}`), 'name', 'city', 'phone']
  await writeFile(join(workspace, 'data/wide.csv'), `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`)
  await writeFile(join(workspace, 'pipelines/wide.yaml'), WIDE)
  await openPipeline(page, 'wide')
  await item(page, 'mapped').click()
  await front(page).getByRole('radiogroup', { name: 'What is shown' }).getByText('Mapping', { exact: true }).click()
  await mapping().getByText('1,000 columns').or(mapping().getByText('1000 columns')).waitFor()
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
})

const mapping = (): Locator => page.getByRole('region', { name: 'Mapping of mapped' })
const saved = (): Promise<string> => readFile(join(workspace, 'pipelines/wide.yaml'), 'utf8')
/** What has the focus, as a screen reader names it. */
const focused = (): Promise<string> =>
  page.evaluate(`(({ activeElement: e }) => e?.getAttribute('aria-label') ?? e?.textContent ?? '')(document)`)
/** Goes on with Tab until something is reached. */
async function tabTo(name: RegExp): Promise<void> {
  for (let step = 0; step < 60 && !name.test(await focused()); step++) await page.keyboard.press('Tab')
  expect(await focused()).toMatch(name)
}

const areRoomsInert = (): Promise<boolean> =>
  page.locator('nav[aria-label="Rooms"]').evaluate((rooms) => rooms.closest('[inert]') !== null)

/** By keyboard alone, each step going on from the one before. */
describe('the mapping of a thousand columns', () => {
  it('fills the window, and nothing behind it is reached', async () => {
    await mapping().getByRole('button', { name: 'Fill the window' }).focus()
    await page.keyboard.press('Enter')
    await mapping().getByRole('button', { name: 'Leave the full window (Esc)' }).waitFor()
    const reached = new Set<string>()
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('Tab')
      const isOutside = await page.evaluate(
        `document.activeElement !== document.body && !document.activeElement.closest('[data-full=true]')`,
      )
      if (isOutside === true) reached.add(await focused())
    }
    expect([...reached]).toEqual([])
    expect(await areRoomsInert()).toBe(true)
  })

  it('takes a suggestion', async () => {
    await tabTo(/^Suggestions/)
    await page.keyboard.press('Enter')
    await expect.poll(focused).toMatch(/^Map \w+ to \w+$/)
    const [, from = '', to = ''] = /^Map (\w+) to (\w+)$/.exec(await focused()) ?? []
    expect(from).toBe(to)
    await page.keyboard.press('Enter')
    await expect.poll(focused).not.toBe(`Map ${from} to ${to}`)
    await expect.poll(focused).toMatch(/^Map \w+ to \w+$/)
    await page.keyboard.press('Escape')
    await expect.poll(focused).toMatch(/^Suggestions/)
    await mapping().getByRole('listbox', { name: 'Fields of the result' }).getByText(to, { exact: true }).waitFor()
    expect(await mapping().getByRole('button', { name: 'Leave the full window (Esc)' }).count()).toBe(1)
  })

  it('finds a column among the thousand and maps it to a field', async () => {
    await tabTo(/^Search columns$/)
    await page.keyboard.type('column_77')
    await mapping().getByText('11 columns').waitFor()
    await tabTo(/^Columns of the input$/)
    await page.keyboard.press('End')
    await page.keyboard.press('m')
    await expect.poll(focused).toBe('Map column_779 to…')
    await page.keyboard.type('level')
    await page.keyboard.press('Enter')
    const fields = mapping().getByRole('listbox', { name: 'Fields of the result' })
    await fields.getByRole('option', { name: /level.*column_779/ }).waitFor()
  })

  it('takes a field out again, leaves the window by Escape, and is saved', async () => {
    await tabTo(/^Fields of the result$/)
    await page.keyboard.press('Home')
    await page.keyboard.press('Delete')
    const fields = mapping().getByRole('listbox', { name: 'Fields of the result' })
    await fields.getByText('first', { exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await mapping().getByRole('button', { name: 'Fill the window' }).waitFor()
    expect(await areRoomsInert()).toBe(false)
    await page.keyboard.press('Control+s')
    await expect.poll(saved).toMatch(/to: level, from: column_779/)
    expect(await saved()).not.toContain('to: first')
  })
})
