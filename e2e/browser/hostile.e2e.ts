import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { MARKUP, WORKSPACE_NAME, writeHostileWorkspace } from '../fixtures/hostile-workspace.ts'
import { item } from '../fixtures/pipeline-page.ts'
import { front, room, runFirst, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
  await writeHostileWorkspace(join(studio.workspaces, 'hostile'))
  page = await studio.newPage()
  await signIn(page, studio)
  await page.getByRole('button', { name: 'Open workspace…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^hostile/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open workspace…' }).click()
  await page
    .getByRole('treeitem')
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor()
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
})

/** Nothing that was written as data became a part of the page, ran, or failed. */
async function expectInert(): Promise<void> {
  expect(await page.evaluate('window.struck')).toBeUndefined()
  expect(await page.locator('img[src=x], svg[onload], body script:text("struck")').count()).toBe(0)
  expect(studio.faults()).toEqual([])
}

/** Shows the list of a room; a press on one that is shown would close it. */
async function enter(activity: string): Promise<void> {
  const button = room(page, activity)
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
}

/** Opens something of a room's list. */
async function open(activity: string, name: RegExp): Promise<void> {
  await enter(activity)
  await page.locator('section').getByRole('button', { name }).first().click()
}

const text = (part: Locator, written: string): Locator => part.getByText(written, { exact: true }).first()

describe('hostile names and values', () => {
  it('are shown as they are and do nothing', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('treeitem', { name: 'files' }).click()
    await page.getByRole('treeitem', { name: /values\.csv/ }).click()
    const grid = front(page).getByRole('grid')
    await grid.getByRole('columnheader', { name: MARKUP.image }).first().waitFor()
    for (const value of Object.values(MARKUP))
      await grid.getByRole('gridcell', { name: value, exact: true }).first().waitFor()
    for (let jump = 0; jump < 20; jump++) {
      await grid.focus()
      await page.keyboard.press('PageDown')
    }
    await expectInert()
    expect(await page.locator('[role=grid] img, [role=grid] script, [role=grid] svg[onload]').count()).toBe(0)
  })

  it('of 100,000 characters are cut in the grid and whole in the viewer', async () => {
    const grid = front(page).getByRole('grid')
    await grid.focus()
    await page.keyboard.press('Control+Home')
    const cell = grid.getByRole('gridcell', { name: /^x{100,}/ })
    await cell.waitFor()
    expect((await cell.innerText()).length).toBeLessThan(2_000)
    await cell.dblclick()
    await expect.poll(async () => (await front(page).innerText()).includes('x'.repeat(50_000))).toBe(true)
  })

  it('send no form, should one come into the page', async () => {
    // In a window of its own: Playwright takes a form that was refused for a navigation that never ends.
    const other = await studio.anotherWindow(page)
    await signIn(other, studio)
    const directive = await other.evaluate(async () => {
      const violated = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        }),
      )
      const form = document.createElement('form')
      form.action = 'https://elsewhere.example/'
      document.body.append(form)
      form.submit()
      return violated
    })
    expect(directive).toBe('form-action')
    expect(await other.evaluate("[location.origin, document.title, document.querySelector('nav') !== null]")).toEqual([
      new URL(studio.url).origin,
      'Runnel',
      true,
    ])
    expect(studio.faults().filter((fault) => !fault.includes('form-action'))).toEqual([])
    await other.close()
  })

  it('as the name of the workspace are its name', async () => {
    await room(page, 'Home').click()
    await front(page).getByRole('heading', { level: 1, name: WORKSPACE_NAME }).waitFor()
    await expectInert()
  })
})

describe('hostile names and values of other rooms', { timeout: 240_000 }, () => {
  it('are columns and bars of a profile', async () => {
    await enter('Connections and data')
    await page.getByRole('treeitem', { name: /values\.csv/ }).click()
    await front(page).getByRole('tab', { name: 'Profile' }).click()
    const card = front(page).getByRole('region', { name: MARKUP.image, exact: true })
    // Rows can be chosen by a bar when all of them are counted.
    await card.locator('button[data-role=bin][aria-disabled=false]').first().click({ timeout: 60_000 })
    await card.locator('button[data-role=bin][aria-pressed=true]').waitFor()
    await expectInert()
  })

  it('are rules, what they say, and the rows that break them', async () => {
    await open('Quality and privacy', /^values/)
    const results = front(page).getByRole('region', { name: 'What the rules say' })
    await text(results, MARKUP.drawing).waitFor({ timeout: 60_000 })
    await results.locator('summary').first().click()
    await text(results, MARKUP.script).waitFor()
    await expectInert()
  })

  it('are masked columns, and terms of a standard', async () => {
    await open('Quality and privacy', /^hostile/)
    const masked = front(page).getByRole('region', { name: 'Rows before and after' })
    await masked.getByRole('columnheader', { name: MARKUP.image }).waitFor({ timeout: 60_000 })
    await text(masked, MARKUP.script).waitFor()
    await expectInert()
    await page
      .locator('section')
      .getByRole('button', { name: /^hostile/ })
      .last()
      .click()
    const deviations = front(page).getByRole('region', { name: 'Deviations from the standard' })
    await deviations.getByText(MARKUP.image).first().waitFor({ timeout: 60_000 })
    await expectInert()
  })

  it('are rows, rejects, ways and origins on the canvas', async () => {
    await open('Pipelines', /^hostile/)
    await item(page, 'checked').click()
    await front(page)
      .getByText(/^Rejected \([1-9]\d*\)$/)
      .click({ timeout: 60_000 })
    await text(front(page), MARKUP.script).waitFor()
    await front(page).getByText('Way of a row', { exact: true }).click()
    await front(page).getByRole('listitem').first().waitFor({ timeout: 60_000 })
    await front(page).locator('.ant-segmented').getByText('Lineage', { exact: true }).click()
    await front(page).getByRole('combobox', { name: 'Column whose origin is shown' }).click()
    await page.locator('.ant-select-item-option').getByText(MARKUP.image, { exact: true }).click()
    await front(page).getByText(MARKUP.image).first().waitFor({ timeout: 60_000 })
    await expectInert()
  })

  it('are what a run logs, refuses and loads', async () => {
    await runFirst(page)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 120_000 })
    await front(page).getByRole('tab', { name: 'Log' }).click()
    await front(page).getByRole('region', { name: 'Log' }).getByText('succeeded').waitFor()
    await front(page).getByRole('tab', { name: 'Receipt' }).click()
    await front(page).getByText('lake:kept.parquet').first().waitFor()
    await front(page).getByRole('tab', { name: 'Rejected rows' }).click()
    const rejects = front(page).getByRole('region', { name: 'Rejected rows' })
    await text(rejects, MARKUP.script).waitFor()
    await rejects.getByRole('row').filter({ hasText: MARKUP.drawing }).first().waitFor()
    await expectInert()
  })

  it('are a job, and what the palette finds', async () => {
    await open('Jobs', /^hostile/)
    await expect.poll(() => front(page).getByRole('textbox').first().inputValue()).toBe(MARKUP.image)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('hostile')
    await page.getByRole('option').filter({ hasText: MARKUP.script }).waitFor()
    await expectInert()
    await page.keyboard.press('Escape')
  })
})
