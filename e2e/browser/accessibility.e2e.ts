import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../engine/contract/localized.ts'
import { APPEARANCES, appear } from '../fixtures/appearance.ts'
import { seriousFaults } from '../fixtures/axe.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { furnish } from '../fixtures/furnish.ts'
import { isRoom, ROOMS_AND_STATES } from '../fixtures/states.ts'
import { front, openSample, signIn } from '../fixtures/studio-page.ts'
import { wordsIn } from '../fixtures/words.ts'

/** What opens in a room has been seen with the room; each language and each theme once. */
const IN_SHORT = APPEARANCES.filter(({ language, theme }) => (language === 'en') === (theme === 'light'))

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  await furnish(studio)
  page = await studio.newPage({ colorScheme: 'light' })
})
afterAll(() => studio[Symbol.asyncDispose]())

/** Every open tab is drawn and asked anew in another language, seen or not. */
async function closeOthers(): Promise<void> {
  const others = page.locator('main [role=presentation][draggable=true][data-active=false]:not(:has([role=img]))')
  await others.evaluateAll((tabs) => {
    for (const tab of tabs) tab.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }))
  })
}

describe('in both languages and themes axe finds nothing serious', () => {
  // Each is reached from the one before, so what follows a room that cannot be reached fails too.
  it.each(ROOMS_AND_STATES.map((room) => [room.name, room] as const))('in %s', async (_name, room) => {
    const visitor = { page, studio, say: wordsIn('en') }
    await room.go(visitor)
    const faults: string[] = []
    let looked: Language | undefined
    for (const appearance of isRoom(room) ? APPEARANCES : IN_SHORT) {
      const { language, theme } = appearance
      await appear(page, appearance)
      // What is asked anew is dimmed until the answer comes.
      await front(page).locator('[data-stale=true]').first().waitFor({ state: 'hidden' })
      const found = await seriousFaults(page, looked === language ? 'colour' : 'all')
      faults.push(...found.map((fault) => `${language} ${theme}: ${fault}`))
      looked = language
    }
    await appear(page, { language: 'en', theme: 'light' })
    await room.leave?.(visitor)
    await closeOthers()
    expect([...faults, ...studio.faults()]).toEqual([])
  })
})

describe('what opens by a key gives the focus back when it closes', () => {
  // A new person: nothing is filtered, chosen or shown as a list.
  beforeAll(async () => {
    await page.context().close()
    page = await studio.newPage()
    await signIn(page, studio)
    await openSample(page)
  })
  const dialog = (): Locator => page.getByRole('dialog').last()
  const named = (name: string | RegExp): Locator => front(page).getByRole('button', { name })

  const go = async (name: string): Promise<unknown> =>
    ROOMS_AND_STATES.find((room) => room.name === name)?.go({ page, studio, say: wordsIn('en') })
  const data = async (): Promise<void> => {
    await go('tree')
    await page.getByRole('treeitem', { name: /orders\.csv/ }).click()
    // It opens with the part that was looked at last.
    await front(page).getByRole('tab', { name: 'Data', exact: true }).click()
  }
  const pipeline = (): Promise<unknown> => go('pipeline-canvas')

  it.each<[string, () => Promise<unknown>, () => Locator, () => Locator, string?]>([
    ['the export of a dataset', data, () => named('Export'), dialog],
    ['its rejected lines', data, () => named(/^Rejected rows/), dialog],
    ['its columns', data, () => named('Columns'), () => page.getByRole('list', { name: 'Columns' })],
    ['a filter', data, () => named('Filter 客户编号'), () => page.getByRole('form')],
    ['the history of statements', () => go('sql'), () => named('History'), dialog],
    ['the values of a run', pipeline, () => named('Run with other values…'), dialog],
    ['the palette', pipeline, () => named('Run with other values…'), dialog, 'Control+k'],
  ])('%s', async (_case, show, opener, opened, key = 'Enter') => {
    await show()
    await opener().focus()
    await page.keyboard.press(key)
    await opened().waitFor()
    await page.keyboard.press('Escape')
    await opened().waitFor({ state: 'hidden' })
    await expect.poll(() => opener().evaluate((button) => button === document.activeElement)).toBe(true)
  })
})
