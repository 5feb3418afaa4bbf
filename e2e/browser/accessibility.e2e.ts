import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../engine/contract/localized.ts'
import { type Appearance, appear } from '../fixtures/appearance.ts'
import { seriousFaults } from '../fixtures/axe.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { unseenFocus } from '../fixtures/focus.ts'
import { furnish } from '../fixtures/furnish.ts'
import type { Room } from '../fixtures/rooms.ts'
import { isRoom, ROOMS_AND_STATES } from '../fixtures/states.ts'
import { front, openSample, signIn } from '../fixtures/studio-page.ts'
import { wordsIn } from '../fixtures/words.ts'

/** One who goes through all rooms with their own page, beside the other one: two pages use both of a machine's cores. */
interface Guest {
  readonly page: Page
  /** What they have on entering a room. The themes of the two differ, and so do their languages, which they change in every room. */
  readonly theme: Theme
  language: Language
}

type Theme = Appearance['theme']

let studio: BrowserStudio
let page: Page
let guests: readonly Guest[]

beforeAll(async () => {
  studio = await openBrowserStudio()
  await furnish(studio)
  guests = [
    { page: await studio.newPage({ colorScheme: 'light' }), theme: 'light', language: 'en' },
    { page: await studio.newPage({ colorScheme: 'dark', locale: 'zh-CN' }), theme: 'dark', language: 'zh' },
  ]
})
afterAll(() => studio[Symbol.asyncDispose]())

const otherLanguage = (language: Language): Language => (language === 'en' ? 'zh' : 'en')
const otherTheme = (theme: Theme): Theme => (theme === 'light' ? 'dark' : 'light')

/** Every open tab is drawn and asked anew in another language, seen or not. */
async function closeOthers({ page: where }: Guest): Promise<void> {
  const others = where.locator('main [role=presentation][draggable=true][data-active=false]:not(:has([role=img]))')
  await others.evaluateAll((tabs) => {
    for (const tab of tabs) tab.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }))
  })
}

/** What is wrong in a room as it looks now; what is asked anew is dimmed until the answer comes. */
async function lookAt(guest: Guest, theme: Theme, rules: 'all' | 'colour'): Promise<string[]> {
  await appear(guest.page, { language: guest.language, theme })
  await front(guest.page).locator('[data-stale=true]').first().waitFor({ state: 'hidden' })
  return (await seriousFaults(guest.page, rules)).map((fault) => `${guest.language} ${theme}: ${fault}`)
}

/**
 * What one guest finds in a room: in their language and theme, in a room of its own in the other theme too. The language is changed
 * before it is left.
 */
async function visit(room: Room, guest: Guest): Promise<string[]> {
  const { page: where, theme } = guest
  try {
    await room.go({ page: where, studio, say: wordsIn(guest.language) })
    const found = await lookAt(guest, theme, 'all')
    const unseen = await unseenFocus(where)
    // What opens in a room has been seen in its colours with the room.
    if (isRoom(room)) found.push(...(await lookAt(guest, otherTheme(theme), 'colour')))
    return [...found, ...unseen.map((control) => `${theme}: the focus is not seen on ${control}`)]
  } finally {
    guest.language = otherLanguage(guest.language)
    await appear(where, { language: guest.language, theme })
    await room.leave?.({ page: where, studio, say: wordsIn(guest.language) })
    await closeOthers(guest)
  }
}

describe('in both languages and themes axe finds nothing serious, and the focus is seen on every control', () => {
  // Each is reached from the one before, so what follows a room that cannot be reached fails too.
  it.each(ROOMS_AND_STATES.map((room) => [room.name, room] as const))('in %s', async (_name, room) => {
    const faults = await Promise.all(guests.map((guest) => visit(room, guest)))
    expect([...faults.flat(), ...studio.faults()]).toEqual([])
  })
})

describe('what opens by a key gives the focus back when it closes', () => {
  // A new person: nothing is filtered, chosen or shown as a list.
  beforeAll(async () => {
    await Promise.all(guests.map((guest) => guest.page.context().close()))
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
