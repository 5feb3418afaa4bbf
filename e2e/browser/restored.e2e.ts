import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openPipeline, openSample, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
})
afterAll(() => studio[Symbol.asyncDispose]())
afterEach(async () => {
  await page.context().close()
  expect(studio.faults()).toEqual([])
})

/** Where the bars between panels stand: below the drawing, left of the settings, right of the side panel. */
function bars(): [preview: Locator, inspector: Locator, side: Locator] {
  return [
    front(page).getByRole('separator', { name: 'Resize the preview' }),
    front(page).getByRole('separator', { name: 'Resize the settings' }),
    page.getByRole('separator', { name: 'Resize', exact: true }).first(),
  ]
}

async function places(): Promise<number[]> {
  const [preview, inspector, side] = await Promise.all(bars().map((bar) => bar.boundingBox()))
  return [preview?.y ?? 0, inspector?.x ?? 0, side?.x ?? 0].map(Math.round)
}

it('panels keep the sizes that a person gave them, and tabs their places, at the next start', async () => {
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  await openPipeline(page, 'orders')
  await front(page).locator('.react-flow__node').first().waitFor()
  const before = await places()
  const [preview, inspector, side] = bars()
  for (const [bar, key] of [
    [side, 'ArrowRight'],
    [preview, 'ArrowUp'],
    [inspector, 'ArrowLeft'],
  ] as const) {
    await bar.focus()
    for (let step = 0; step < 2; step++) await page.keyboard.press(key)
  }
  await expect.poll(async () => (await places()).filter((place, index) => place === before[index])).toEqual([])
  const chosen = await places()

  const next = await studio.anotherWindow(page)
  await page.close()
  page = next
  await signIn(page, studio)
  await front(page).getByRole('toolbar', { name: 'Pipeline' }).waitFor()
  expect(await page.getByRole('tab', { name: 'orders' }).getAttribute('aria-selected')).toBe('true')
  await front(page).locator('.react-flow__node').first().waitFor()
  const apart = async (): Promise<number[]> =>
    (await places()).map((place, index) => Math.abs(place - (chosen[index] ?? 0))).filter((pixels) => pixels > 2)
  await expect.poll(apart).toEqual([])
})
