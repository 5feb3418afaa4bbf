import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openPipeline, openSample, room, runFirst, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio

beforeAll(async () => {
  studio = await openBrowserStudio()
})
afterAll(() => studio[Symbol.asyncDispose]())

/** Every room as a person sees it, with something in it. */
const ROOMS: readonly [string, (page: Page) => Promise<unknown>][] = [
  ['Home', (page) => page.getByRole('heading', { level: 1, name: 'sample' }).waitFor()],
  [
    'Connections and data',
    async (page) => {
      await room(page, 'Connections and data').click()
      await page.getByRole('treeitem', { name: 'files' }).click()
      await page.getByRole('treeitem', { name: /orders\.csv/ }).click()
      await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    },
  ],
  [
    'a new connection',
    async (page) => {
      await room(page, 'Connections and data').click()
      await page.getByRole('button', { name: 'New connection' }).click()
      await front(page)
        .getByRole('button', { name: /PostgreSQL/ })
        .click()
      await front(page).getByRole('textbox', { name: 'Host' }).waitFor()
    },
  ],
  [
    'a pipeline',
    async (page) => {
      await openPipeline(page, 'orders')
      await front(page).getByText('checked', { exact: true }).first().click()
      await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    },
  ],
  [
    'a pipeline in words',
    async (page) => {
      await openPipeline(page, 'orders')
      await front(page).getByText('List', { exact: true }).click()
      await front(page).getByRole('list', { name: 'Nodes of the pipeline' }).waitFor()
    },
  ],
  [
    'rules about data',
    async (page) => {
      await room(page, 'Quality and privacy').click()
      const dataset = page.getByRole('textbox', { name: 'Dataset, connection:name' })
      await dataset.fill('files:orders.csv')
      await dataset.press('Enter')
      await front(page).getByRole('region', { name: 'What the rules say' }).waitFor()
    },
  ],
  [
    'a run',
    async (page) => {
      await openPipeline(page, 'flights')
      await runFirst(page)
      await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
      await room(page, 'Runs').click()
    },
  ],
  [
    'Settings',
    async (page) => {
      await room(page, 'Settings').click()
      await front(page).getByRole('heading', { name: 'Settings' }).waitFor()
    },
  ],
  [
    'the palette',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
    },
  ],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(ROOMS)('%s has no serious fault that axe can find', async (_name, go) => {
    const page = await studio.newPage({ colorScheme })
    await signIn(page, studio)
    await openSample(page)
    await go(page)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`)
            .slice(0, 4)
            .join(' | ')}`,
      )
    await page.context().close()
    expect(serious).toEqual([])
  })
})
