import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { flowsInTheSample, page, studio } from '../fixtures/sample-flows.ts'
import { front, openPipeline } from '../fixtures/studio-page.ts'

const PIPELINE = `version: 1
parameters:
  least: { type: INTEGER, description: Orders of at least so many pieces }
nodes:
  orders: { type: source, dataset: files:orders.csv, options: { types: { 数量: INTEGER } } }
  large: { type: filter, input: orders, where: "数量 >= $least" }
  first: { type: limit, input: large, rows: 40 }
  load: { type: target, input: first, dataset: warehouse:main.large_orders, mode: replace }
`

flowsInTheSample()
beforeEach(async () => {
  await writeFile(join(studio.workspaces, 'sample/pipelines/large.yaml'), PIPELINE)
  await openPipeline(page, 'large')
})

const written = (): Promise<string> => front(page).locator('[data-name=written] dd').innerText()

it('asks for values and says what will happen before the first run; runs again as it ran', async () => {
  const run = front(page).getByRole('button', { name: 'Run', exact: true })
  await run.click()
  const dialog = page.getByRole('dialog')
  const go = dialog.getByRole('button', { name: 'Run now' })
  const field = dialog.getByRole('textbox', { name: /^least/ })
  await dialog.getByText('A value is needed.').waitFor()
  expect(await go.isDisabled()).toBe(true)
  await field.fill('some')
  await dialog.getByText('This is not a number of this type.').waitFor()
  expect(await go.isDisabled()).toBe(true)

  await field.fill('2')
  const plan = dialog.getByRole('region', { name: 'What will happen' })
  await plan.getByText('The target does not exist and will be created.').waitFor()
  await plan.getByText('1 statement changes the structure').click()
  await plan.getByText(/CREATE TABLE/).waitFor()
  await go.click()
  await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
  expect(await written()).toBe('40')
  await front(page).getByRole('tab', { name: 'Receipt' }).click()
  await front(page).getByText('checksum agrees').first().waitFor()

  const tab = page.getByRole('tab', { name: 'large', exact: true })
  await tab.click()
  await front(page).getByRole('button', { name: 'Last run: receipt and rejects' }).getByText('succeeded').waitFor()
  await run.click()
  await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await written()).toBe('40')

  await tab.click()
  await front(page).getByRole('button', { name: 'Run with other values…' }).click()
  expect(await field.inputValue()).toBe('2')
  await dialog.getByText('All rows that are there now are replaced.').waitFor()
  await field.fill('1000000')
  await dialog.getByText('0 rows would be written').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})
