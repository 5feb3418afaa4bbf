import type { Locator } from 'playwright-core'
import { beforeEach, it } from 'vitest'
import { flowsInTheSample, page } from '../fixtures/sample-flows.ts'
import { front, openPipeline } from '../fixtures/studio-page.ts'

flowsInTheSample()
beforeEach(async () => {
  await openPipeline(page, 'orders')
  await front(page).getByRole('radiogroup', { name: 'View' }).getByText('Code').click()
  await toEnd()
  await page.keyboard.press('Enter')
})

async function toEnd(): Promise<void> {
  await front(page).locator('.monaco-editor').first().click()
  await page.keyboard.press('Control+End')
}

const offered = (name: string): Locator => page.locator('.suggest-widget.visible .monaco-list-row', { hasText: name })
const line = (text: string): Locator => front(page).locator('.view-line', { hasText: text })

it('offers kinds, fields, outputs and datasets while the text is typed', async () => {
  await page.keyboard.type('  near: { type: filt', { delay: 20 })
  await offered('filter').first().waitFor()
  await page.keyboard.press('Enter')
  await line('near: { type: filter').waitFor()
  await page.keyboard.type(', inp', { delay: 20 })
  await offered('input').first().waitFor()
  await page.keyboard.press('Enter')
  await offered('orders').first().waitFor()
  await page.keyboard.type('checked.r', { delay: 20 })
  await offered('checked.rejects').first().waitFor()
  await page.keyboard.press('Enter')
  await line('type: filter, input: checked.rejects').waitFor()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n  far: { type: source, dataset: files:ord', { delay: 20 })
  await offered('files:orders.csv').first().waitFor()
})

it('marks what is wrong where it stands, and explains the words', async () => {
  await page.keyboard.type('  near: { type: filter, input: nobody, where: "true" }', { delay: 10 })
  await front(page).locator('.squiggly-error').first().waitFor()
  await front(page)
    .getByRole('list', { name: 'Problems of the text' })
    .getByText(/nobody/)
    .waitFor()
  await page.keyboard.press('Escape')
  await line('near:').getByText('filter', { exact: true }).first().hover()
  await page.locator('.monaco-hover:visible').getByText('Filter', { exact: true }).first().waitFor()
})
