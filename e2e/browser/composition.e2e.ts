import type { CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { settings } from '../fixtures/node-form.ts'
import { item } from '../fixtures/pipeline-page.ts'
import { front, openSample, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page
let keyboard: CDPSession

beforeAll(async () => {
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  keyboard = await page.context().newCDPSession(page)
})
afterAll(() => studio[Symbol.asyncDispose]())

/** As an input method shows letters that are no word yet. */
async function compose(letters: string): Promise<void> {
  for (let end = 1; end <= letters.length; end++) {
    const text = letters.slice(0, end)
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
  }
}

/** The word that was meant takes their place. */
async function commit(word: string): Promise<void> {
  await keyboard.send('Input.insertText', { text: word })
}

/** Something that anything half composed would have moved: it is asked for twice, with a round trip to the engine between. */
async function staysAs<Seen>(see: () => Promise<Seen>, seen: Seen): Promise<void> {
  expect(await see()).toEqual(seen)
  await page.evaluate(() => fetch('/', { cache: 'no-store' }).then((answer) => answer.text()))
  expect(await see()).toEqual(seen)
}

describe('a word that is being composed', () => {
  it('is searched when it is whole: in a list', async () => {
    await room(page, 'Pipelines').click()
    const list = page.getByRole('region', { name: 'Pipelines' })
    const names = (): Promise<number> => list.getByRole('button', { name: /^(orders|flights)\b/ }).count()
    const search = list.getByRole('textbox', { name: 'Search pipelines' })
    await expect.poll(names).toBe(2)
    await search.focus()
    await compose('hang')
    expect(await search.inputValue()).toBe('hang')
    await staysAs(names, 2)
    await commit('flights')
    await expect.poll(names).toBe(1)
    expect(await search.inputValue()).toBe('flights')
    await search.fill('')
  })

  it('on the canvas, and in the list of nodes to add', async () => {
    // The room is open; its button would close it.
    await page
      .getByRole('region', { name: 'Pipelines' })
      .getByRole('button', { name: /^orders\b/ })
      .click()
    await page.getByRole('toolbar', { name: 'Pipeline' }).waitFor()
    const nodes = front(page).getByRole('complementary', { name: 'Kinds of nodes' })
    const kinds = (): Promise<number> => nodes.getByRole('button').filter({ hasText: /\S/ }).count()
    const all = await kinds()
    await nodes.getByRole('textbox', { name: 'Search nodes' }).focus()
    await compose('shai')
    await staysAs(kinds, all)
    await commit('筛选')
    await expect.poll(kinds).toBeLessThan(all)
    await nodes.getByRole('textbox', { name: 'Search nodes' }).fill('')
    await front(page)
      .getByRole('toolbar', { name: 'Canvas tools' })
      .getByRole('button', { name: 'Search the canvas' })
      .click()
    const found = front(page).getByRole('search')
    const said = (): Promise<string> => found.innerText()
    const before = await said()
    await compose('orders')
    await staysAs(said, before)
    await commit('customers')
    await expect.poll(said).not.toBe(before)
    await page.keyboard.press('Escape')
  })

  it('in the palette', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog')
    const lines = (): Promise<string[]> => palette.getByRole('option').allInnerTexts()
    await expect.poll(async () => (await lines()).length).toBeGreaterThan(5)
    const before = await lines()
    await compose('ding')
    expect(await palette.getByRole('combobox').inputValue()).toBe('ding')
    await staysAs(lines, before)
    await commit('orders')
    await expect.poll(async () => (await lines())[0]).toContain('orders')
    await page.keyboard.press('Escape')
  })

  it('is kept and evaluated when it is whole: in a setting and in an expression', async () => {
    await front(page).getByRole('button', { name: 'Show everything' }).click()
    await item(page, 'sold').click()
    const isSaved = (): Promise<boolean> => front(page).getByRole('button', { name: 'Save' }).isDisabled()
    await settings(page).getByRole('textbox', { name: 'Description' }).focus()
    await compose('shuoming')
    await staysAs(isSaved, true)
    await commit('说明')
    await expect.poll(isSaved).toBe(false)
    await front(page).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(isSaved).toBe(true)
    const lines: Locator = settings(page).locator('.monaco-editor .view-lines')
    await lines.first().click()
    await page.keyboard.press('End')
    await compose(' AND shuliang')
    await expect.poll(() => lines.first().innerText()).toMatch(/shuliang/)
    await staysAs(isSaved, true)
    await commit(' AND 数量 > 1')
    await expect.poll(() => lines.first().innerText()).toMatch(/数量/)
    await expect.poll(isSaved).toBe(false)
    expect(studio.faults()).toEqual([])
  })
})
