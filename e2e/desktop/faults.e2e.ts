import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DesktopStudio, openDesktop } from '../fixtures/desktop-studio.ts'
import { front, openPipeline, openSample, room } from '../fixtures/studio-page.ts'

/** Its preview takes seconds. */
const SLOW = `version: 1
nodes:
  flights: { type: source, dataset: history:flights-3m.parquet }
  slow:
    type: map
    input: flights
    fields: [{ to: work, expr: "list_sum(list_transform(range(20000), x -> x % (2 + abs(delay))))" }]
`
const PASSWORD = 'canary-7b1f-not-to-be-found'

describe('a fault of the desktop', () => {
  let studio: DesktopStudio
  let page: Page
  beforeAll(async () => {
    studio = await openDesktop()
    page = studio.page
    await openSample(page)
    await writeFile(join(studio.home, 'Documents/Runnel/sample/pipelines/slow.yaml'), SLOW)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'sample' }).waitFor()
  })
  afterAll(() => studio[Symbol.asyncDispose]())

  it('of the engine in the middle of a preview is told, and what was open comes back by itself', async () => {
    await openPipeline(page, 'slow')
    await front(page).getByText('slow', { exact: true }).first().click()
    const before = await tabs(page)
    // It may be back before anybody could look.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.body.innerText.includes('The engine is not answering')) Reflect.set(window, 'wasTold', true)
      }).observe(document.body, { childList: true, subtree: true })
    })
    const [engine = 0] = await studio.processes('engine')
    process.kill(engine, 'SIGKILL')
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'wasTold'))).toBe(true)
    await page.getByText('The engine is not answering').waitFor({ state: 'detached' })
    expect(await tabs(page)).toEqual(before)
    await front(page)
      .getByRole('grid', { name: 'Rows of slow' })
      .getByRole('gridcell')
      .first()
      .waitFor({ timeout: 60_000 })
  })

  it('of the page loses no more than five seconds of what was not saved', async () => {
    await page
      .getByRole('region', { name: 'Pipelines' })
      .getByRole('button', { name: /^flights/ })
      .click()
    await front(page).getByText('Code', { exact: true }).click()
    await front(page).locator('.monaco-editor').first().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n  unsaved: { type: filter, input: flights, where: delay < 0 }')
    const typedAt = Date.now()
    const drafts = join(studio.home, 'Documents/Runnel/sample/.runnel')
    await expect.poll(() => foundIn(drafts, 'unsaved:'), { timeout: 20_000, interval: 100 }).not.toEqual([])
    expect(Date.now() - typedAt).toBeLessThan(5_000)
    const gone = page.waitForEvent('crash')
    await studio.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await gone
    await using again = await lookAgain(studio)
    await front(again.page).getByRole('button', { name: 'Go on with the draft' }).click()
    await front(again.page).getByText('List', { exact: true }).click()
    const nodes = front(again.page).getByRole('list', { name: 'Nodes of the pipeline' })
    await nodes.getByText('unsaved', { exact: true }).waitFor()
  })
})

describe('a secret', () => {
  it('is kept by a key that the system keeps, and is nowhere in clear', async () => {
    // No key store of a real person is written to.
    const variables = { RUNNEL_STANDIN_KEYRING: '1', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    await using studio = await openDesktop({ variables })
    const { page } = studio
    await openSample(page)
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'New connection' }).click()
    await front(page)
      .getByRole('button', { name: /PostgreSQL/ })
      .click()
    await front(page).getByRole('textbox', { name: 'Name', exact: true }).fill('erp')
    await front(page).getByRole('textbox', { name: 'Host' }).fill('127.0.0.1')
    await front(page).getByRole('textbox', { name: 'Database' }).fill('erp')
    await front(page).getByRole('textbox', { name: 'User' }).fill('reader')
    await front(page).getByLabel('Password').fill(PASSWORD)
    await front(page).getByRole('button', { name: 'Save' }).click()
    await page.getByRole('treeitem', { name: 'erp' }).waitFor()
    const workspace = join(studio.home, 'Documents/Runnel/sample')
    expect(await readFile(join(workspace, 'connections/erp.yaml'), 'utf8')).toContain('${secret:')
    expect(await readdir(join(workspace, '.runnel'))).toContain('secrets.json')
    expect(await readdir(studio.userData)).toContain('secret-key')
    expect(await foundIn(studio.userData, PASSWORD)).toEqual([])
  })
})

async function tabs(page: Page): Promise<string[]> {
  return page.getByRole('main').getByRole('tab').allInnerTexts()
}

/** Files below `folder` with `text` in them, as UTF-8 or UTF-16. */
async function foundIn(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0))
      return bytes.includes(text, 0, 'utf8') || bytes.includes(text, 0, 'utf16le') ? [file] : []
    }),
  )
  return found.flat()
}

/** The page after it crashed: Playwright gives up a page that crashed, so its window is looked at by another connection. */
async function lookAgain({ userData }: DesktopStudio): Promise<AsyncDisposable & { readonly page: Page }> {
  const [port] = (await readFile(join(userData, 'Chromium/DevToolsActivePort'), 'utf8')).split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages())
  await expect
    .poll(() => pages().map((page) => page.url()))
    .toContainEqual(expect.stringContaining('recovered=crashed'))
  const page = pages().find((one) => one.url().includes('recovered=crashed'))
  if (page === undefined) throw new Error('no page came back')
  return { page, [Symbol.asyncDispose]: () => browser.close() }
}
