import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

/** 600 rows: half of them from Berlin, one in ten without an amount, names with space at their end in Paris, one postcode amiss. */
const ROWS = Array.from({ length: 600 }, (_, i) => {
  const isBerlin = i % 2 === 0
  const [town, name] = isBerlin ? ['Berlin', `name ${i}`] : ['Paris', `name ${i} `]
  return [i, town, i % 10 === 0 ? '' : i, name, isBerlin || i === 7 ? 10115 : 75001].join(',')
})

beforeAll(async () => {
  studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'looked')
  await mkdir(join(workspace, 'connections'), { recursive: true })
  await mkdir(join(workspace, 'data'), { recursive: true })
  await writeFile(join(workspace, 'runnel.yaml'), 'version: 1\nname: looked\n')
  await writeFile(join(workspace, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  await writeFile(join(workspace, 'data/sales.csv'), `id,town,amount,name,zip\n${ROWS.join('\n')}\n`)
  page = await studio.newPage()
  await signIn(page, studio)
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^looked/ }).click()
  await dialog.getByRole('button', { name: 'Open workspace…' }).click()
  await room(page, 'Connections and data').click()
  await page.getByRole('treeitem', { name: 'files' }).click()
  await page.getByRole('treeitem', { name: /sales\.csv/ }).click()
  await front(page).getByRole('gridcell', { name: 'name 0', exact: true }).waitFor()
})
afterAll(() => studio[Symbol.asyncDispose]())

const panel = () => front(page).getByRole('region', { name: 'Profile' })
const bars = (column: string) => panel().getByRole('group', { name: `Values of ${column}` })
const bins = (column: string) => panel().getByRole('listbox', { name: `Values of ${column}` })

describe('the profile of a dataset', () => {
  it('says how the rows look, beside them', async () => {
    await front(page).getByRole('tab', { name: 'Profile' }).click()
    await panel().getByText('All 600 rows.').waitFor()
    await bars('town').getByRole('button', { name: 'Berlin: 300 rows' }).waitFor()
    await panel()
      .getByText(/Missing from amount: 60 \(10 %\)/)
      .waitFor()
  })

  it('chooses rows for every chart and for the grid', async () => {
    const berlin = bars('town').getByRole('button', { name: 'Berlin: 300 rows' })
    await berlin.click()
    await panel().getByText('300 of 600 rows chosen').waitFor()
    // All that miss an amount are even, and so of Berlin; Paris is still there to be chosen.
    await bins('amount').getByRole('option', { name: 'missing: 60 rows' }).click()
    await panel().getByText('60 of 600 rows chosen').waitFor()
    await bars('town').getByRole('button', { name: 'Paris: 0 rows' }).waitFor()
    // Of Berlin too, and so there until the second choice reached the grid.
    await front(page).getByRole('gridcell', { name: 'name 2', exact: true }).waitFor({ state: 'detached' })
    await front(page).getByRole('gridcell', { name: 'name 10', exact: true }).waitFor()
    await panel().getByRole('button', { name: 'Show all' }).click()
    await front(page).getByRole('gridcell', { name: 'name 2', exact: true }).waitFor()
  })

  it('shows the rows of a finding, by keyboard', async () => {
    const line = panel().getByRole('listitem').filter({ hasText: 'Space at the beginning or end' })
    await line.getByRole('button', { name: 'Show rows' }).focus()
    await page.keyboard.press('Enter')
    await panel().getByText('300 of 600 rows chosen').waitFor()
    await bars('town').getByRole('button', { name: 'Paris: 300 rows' }).waitFor()
    await bars('town').getByRole('button', { name: 'Berlin: 0 rows' }).waitFor()
    await page.keyboard.press('Enter')
    await front(page).getByRole('gridcell', { name: 'name 0', exact: true }).waitFor()
    await bins('id').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await front(page).getByRole('gridcell', { name: 'name 598', exact: true }).waitFor()
    await bins('id').focus()
    await page.keyboard.press('Enter')
    await front(page).getByRole('gridcell', { name: 'name 0', exact: true }).waitFor()
  })

  it('shows the rows that keep one column from deciding another', async () => {
    const line = panel().getByRole('listitem').filter({ hasText: 'town decides zip' })
    await line.getByRole('button', { name: 'Show rows' }).click()
    await panel().getByText('1 of 600 rows chosen').waitFor()
    await front(page).getByRole('gridcell', { name: 'name 7', exact: true }).waitFor()
    await panel().getByRole('button', { name: 'Show all' }).click()
    await front(page).getByRole('gridcell', { name: 'name 0', exact: true }).waitFor()
  })

  it('keeps what a person says about personal data', async () => {
    const column = panel().getByRole('region', { name: 'town' })
    await column.getByRole('button', { name: 'town: Personal data…' }).click()
    await page.getByRole('menuitem', { name: 'Sensitive personal data' }).click()
    // Its name is new before its work is done; until then it takes no press.
    const said = column
      .getByRole('button', { name: 'town: Sensitive personal data, confirmed' })
      .and(page.locator('[aria-busy="false"]'))
    await said.waitFor()
    await panel().getByText('town holds sensitive personal data: confirmed by a person.').waitFor()
    const file = join(studio.workspaces, 'looked/standards/classes/files-sales-csv.yaml')
    expect(await readFile(file, 'utf8')).toContain('class: sensitive')
    await said.click()
    await page.getByRole('menuitem', { name: 'Leave it to what values suggest' }).click()
    await column.getByRole('button', { name: 'town: Personal data…' }).waitFor()
  })

  it('is accessible', async () => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
      [],
    )
  })

  it('is kept, and compared with the one before', async () => {
    await writeFile(
      join(studio.workspaces, 'looked/data/sales.csv'),
      `id,town,amount,name,zip\n${ROWS.join('\n').replaceAll('Paris', 'Rome')}\n`,
    )
    await front(page).getByRole('tab', { name: 'Data' }).click()
    await front(page).getByRole('button', { name: 'Read again' }).click()
    await front(page).getByRole('gridcell', { name: 'Rome' }).first().waitFor()
    await front(page).getByRole('tab', { name: 'Profile' }).click()
    await bars('town').getByRole('button', { name: 'Rome: 300 rows' }).waitFor()
    await panel().getByRole('button', { name: 'History' }).click()
    await panel().getByRole('combobox', { name: 'What changed since' }).click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panel().getByText('town has values it did not have: Rome.').waitFor()
  })

  it('writes a rule to the rules of the dataset and opens them', async () => {
    const line = panel().getByRole('listitem').filter({ hasText: 'Space at the beginning or end' })
    await line.getByRole('button', { name: 'Make a rule' }).click()
    const results = front(page).getByRole('region', { name: 'What the rules say' })
    await results.getByText('name.regex', { exact: true }).waitFor()
    const text = await readFile(join(studio.workspaces, 'looked/rules/files-sales-csv.yaml'), 'utf8')
    expect(text).toContain('dataset: files:sales.csv')
    expect(text).toContain('check: regex')
    await page
      .getByRole('tab', { name: /sales\.csv/ })
      .first()
      .click()
    await panel().waitFor()
  })

  it('mends what it found in a pipeline', async () => {
    const line = panel().getByRole('listitem').filter({ hasText: 'Space at the beginning or end' })
    await line.getByRole('button', { name: 'Fix in a pipeline' }).click()
    await front(page).getByText('mended', { exact: true }).first().waitFor()
    expect(studio.faults()).toEqual([])
  })
})
