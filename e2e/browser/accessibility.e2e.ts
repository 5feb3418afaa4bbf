import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../engine/contract/localized.ts'
import { APPEARANCES, appear } from '../fixtures/appearance.ts'
import { seriousFaults } from '../fixtures/axe.ts'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { furnish } from '../fixtures/furnish.ts'
import { ROOMS } from '../fixtures/rooms.ts'
import { wordsIn } from '../fixtures/words.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  await furnish(studio)
  page = await studio.newPage({ colorScheme: 'light' })
})
afterAll(() => studio[Symbol.asyncDispose]())

describe('in both languages and themes axe finds nothing serious', () => {
  // Each is reached from the one before, so what follows a room that cannot be reached fails too.
  it.each(ROOMS.map((room) => [room.name, room] as const))('in %s', async (_name, { go, leave }) => {
    const visitor = { page, studio, say: wordsIn('en') }
    await go(visitor)
    const faults: string[] = []
    let looked: Language | undefined
    for (const appearance of APPEARANCES) {
      const { language, theme } = appearance
      await appear(page, appearance)
      const found = await seriousFaults(page, looked === language ? 'colour' : 'all')
      faults.push(...found.map((fault) => `${language} ${theme}: ${fault}`))
      looked = language
    }
    await appear(page, { language: 'en', theme: 'light' })
    await leave?.(visitor)
    expect([...faults, ...studio.faults()]).toEqual([])
  })
})
