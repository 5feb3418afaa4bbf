import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { flowsInTheSample, page, studio } from '../fixtures/sample-flows.ts'
import { front, openPipeline, room, signIn } from '../fixtures/studio-page.ts'

flowsInTheSample()

const button = (at: Page, name: string): Locator => front(at).getByRole('button', { name, exact: true })
const nodes = (at: Page): Locator => front(at).locator('.react-flow__node')
const view = (at: Page, name: string): Locator => front(at).getByRole('radiogroup', { name: 'View' }).getByText(name)

/** How many are drawn, once all are: they come one after the other. */
async function nodeCount(at: Page): Promise<number> {
  await nodes(at).first().waitFor()
  let before = 0
  await expect
    .poll(
      async () => {
        const last = before
        before = await nodes(at).count()
        return before === last
      },
      { interval: 500 },
    )
    .toBe(true)
  return before
}

/** Another pipeline, from the list that stands open. */
async function openNext(name: string): Promise<void> {
  const list = page.getByRole('region', { name: 'Pipelines' })
  await list.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click()
  await front(page).getByRole('toolbar', { name: 'Pipeline' }).waitFor()
}

async function add(at: Page, kind: string): Promise<void> {
  const palette = front(at).getByRole('complementary', { name: 'Kinds of nodes' })
  await palette.getByRole('button', { name: kind, exact: true }).click()
}

/** Puts the caret behind the last line. */
async function toEnd(at: Page): Promise<void> {
  await front(at).locator('.monaco-editor').first().click()
  await at.keyboard.press('Control+End')
}

/** The end of the text in the code view: Monaco draws the lines that can be seen. */
async function textOf(at: Page): Promise<string> {
  await toEnd(at)
  const lines = await front(at).locator('.view-line').allInnerTexts()
  return lines.join('\n').replaceAll('\u00a0', ' ')
}

describe('keys', () => {
  it('take back and save in the tab in front alone', async () => {
    await openPipeline(page, 'flights')
    const flights = await nodeCount(page)
    await add(page, 'Filter')
    await expect.poll(() => nodes(page).count()).toBe(flights + 1)
    await openNext('orders')
    const orders = await nodeCount(page)
    await add(page, 'Filter')
    await expect.poll(() => nodes(page).count()).toBe(orders + 1)
    await front(page).getByRole('toolbar', { name: 'Pipeline' }).getByText('Save').hover()
    await page.keyboard.press('Control+z')
    await expect.poll(() => nodes(page).count()).toBe(orders)
    await page.keyboard.press('Control+s')
    await openNext('flights')
    expect(await nodes(page).count()).toBe(flights + 1)
    expect(await button(page, 'Save').isDisabled()).toBe(false)
  })
})

describe('a conflict', () => {
  it('shows both texts; Escape decides nothing, and theirs can be loaded without losing mine', async () => {
    await openPipeline(page, 'flights')
    const before = await nodeCount(page)
    const other = await studio.anotherWindow(page)
    await signIn(other, studio)
    await front(other).getByRole('toolbar', { name: 'Pipeline' }).waitFor()
    await add(page, 'Filter')
    await add(other, 'Limit')
    await button(page, 'Save').click()
    await expect.poll(() => button(page, 'Save').isDisabled()).toBe(true)
    await button(other, 'Save').click()
    const dialog = other.getByRole('dialog')
    await dialog.getByText('Edited here (mine)').waitFor()
    await dialog.locator('.monaco-diff-editor .line-insert').first().waitFor()
    await other.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await front(other).getByText('limit', { exact: true }).count()).toBeGreaterThan(0)
    expect(await button(other, 'Save').isDisabled()).toBe(false)

    await button(other, 'Save').click()
    await other.getByRole('button', { name: 'Load theirs, keep mine as a draft' }).click()
    await other.getByRole('button', { name: 'Go on with the draft' }).waitFor()
    await expect.poll(() => front(other).getByText('filter', { exact: true }).count()).toBeGreaterThan(0)
    await other.getByRole('button', { name: 'Go on with the draft' }).click()
    await expect.poll(() => front(other).getByText('limit', { exact: true }).count()).toBeGreaterThan(0)
    expect(await nodes(other).count()).toBe(before + 1)
  })

  it('of a job shows both texts; theirs can be loaded and mine gone on with, and be written over theirs', async () => {
    const file = join(studio.workspaces, 'sample/jobs/nightly.yaml')
    const description = front(page).getByLabel('Description')
    await room(page, 'Jobs').click()
    await page
      .getByRole('region', { name: 'Jobs' })
      .getByRole('button', { name: /^nightly/ })
      .click()
    await description.fill('mine')
    await writeFile(file, `# theirs\n${await readFile(file, 'utf8')}`)
    await button(page, 'Save').click()
    await conflictShown('# theirs', 'description: mine')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await readFile(file, 'utf8')).not.toContain('mine')
    expect(await description.inputValue()).toBe('mine')

    await button(page, 'Save').click()
    await page.getByRole('button', { name: 'Load theirs, keep mine as a draft' }).click()
    await page.getByRole('button', { name: 'Go on with the draft' }).waitFor()
    expect(await description.inputValue()).not.toBe('mine')
    await page.getByRole('button', { name: 'Go on with the draft' }).click()
    await expect.poll(() => description.inputValue()).toBe('mine')
    await button(page, 'Save').click()
    await page.getByRole('button', { name: 'Overwrite with mine' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toContain('description: mine')
    await expect.poll(() => button(page, 'Save').isDisabled()).toBe(true)
  })

  it('of a connection is told for the file that somebody else changed', async () => {
    const workspace = join(studio.workspaces, 'sample')
    const [file, server] = [join(workspace, 'connections/crm.yaml'), join(workspace, 'environments/server.yaml')]
    const path = front(page).getByRole('textbox', { name: 'File' })
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'Settings of crm' }).click()
    await path.fill('data/mine.sqlite')
    await writeFile(file, `# theirs\n${await readFile(file, 'utf8')}`)
    await button(page, 'Save').click()
    await conflictShown('# theirs', 'data/mine.sqlite')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await path.inputValue()).toBe('data/mine.sqlite')
    expect(await readFile(file, 'utf8')).not.toContain('mine')

    await front(page).getByRole('radiogroup', { name: 'Values of' }).getByText('server').click()
    await path.fill('data/server.sqlite')
    await writeFile(server, (await readFile(server, 'utf8')).replace('/customers.sqlite', '/theirs.sqlite'))
    await button(page, 'Save').click()
    await page.getByRole('button', { name: 'Overwrite with mine' }).click()
    await conflictShown('theirs.sqlite', 'data/server.sqlite')
    expect(await readFile(file, 'utf8')).not.toContain('mine')
    await page.getByRole('button', { name: 'Load theirs, keep mine as a draft' }).click()
    await page.getByRole('button', { name: 'Go on with the draft' }).waitFor()
    expect(await path.inputValue()).not.toContain('mine')
    await page.getByRole('button', { name: 'Go on with the draft' }).click()
    await expect.poll(() => path.inputValue()).toBe('data/mine.sqlite')
  })
})

/** Both texts of the conflict that is asked about, side by side. */
async function conflictShown(theirs: string, mine: string): Promise<void> {
  const sides = page.getByRole('dialog').locator('.monaco-diff-editor')
  await sides.locator('.editor.original .view-line', { hasText: theirs }).first().waitFor()
  await sides.locator('.editor.modified .view-line', { hasText: mine }).first().waitFor()
}

describe('text and drawing', () => {
  it('follow each other, and undo goes back through both', async () => {
    await openPipeline(page, 'orders')
    const before = await nodeCount(page)
    await view(page, 'Code').click()
    await toEnd(page)
    await page.keyboard.type('\n  typed_here: { type: limit, input: orders, rows: 7 }', { delay: 10 })
    await view(page, 'Canvas').click()
    await expect.poll(() => nodes(page).count()).toBe(before + 1)
    await add(page, 'Sort')
    await expect.poll(() => nodes(page).count()).toBe(before + 2)
    await view(page, 'Code').click()
    await expect.poll(() => textOf(page)).toMatch(/sort:/)
    await toEnd(page)
    await page.keyboard.press('Control+z')
    await expect.poll(() => textOf(page)).not.toMatch(/sort:/)
    expect(await textOf(page)).toContain('typed_here')
    await page.keyboard.press('Control+z')
    await expect.poll(() => textOf(page)).not.toContain('typed_here')
    await page.keyboard.press('Control+y')
    await expect.poll(() => textOf(page)).toContain('typed_here')
    await view(page, 'Canvas').click()
    await expect.poll(() => nodes(page).count()).toBe(before + 1)
  })

  it('keeps text that is no pipeline and what is drawn meanwhile', async () => {
    await openPipeline(page, 'orders')
    const before = await nodeCount(page)
    await view(page, 'Code').click()
    await toEnd(page)
    await page.keyboard.type('\n  half: { type: ', { delay: 10 })
    await view(page, 'Canvas').click()
    await front(page).getByText('This text is not a pipeline yet').waitFor()
    await add(page, 'Sort')
    await expect.poll(() => nodes(page).count()).toBe(before + 1)
    await button(page, 'Show the text').click()
    await expect.poll(() => textOf(page)).toContain('half: { type:')
    // The editor closes brackets by itself.
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('limit, input: orders, rows: 1', { delay: 10 })
    await expect.poll(() => textOf(page)).toMatch(/sort:/)
    expect(await textOf(page)).toContain('half:')
    await view(page, 'Canvas').click()
    await expect.poll(() => nodes(page).count()).toBe(before + 2)
  })
})

describe('a draft', () => {
  it('is at most five seconds old while somebody types without a pause, and knows where nodes stand', async () => {
    await openPipeline(page, 'orders')
    await view(page, 'Code').click()
    await toEnd(page)
    await page.keyboard.press('Enter')
    const startedAt = Date.now()
    let typed = 0
    while (Date.now() - startedAt < 8_000) await page.keyboard.type(`# note ${++typed} `, { delay: 60 })
    await page.reload()
    await page.getByRole('button', { name: 'Go on with the draft' }).click()
    await view(page, 'Code').click()
    await toEnd(page)
    await expect.poll(() => textOf(page)).toMatch(/# note 1 /)
    const kept = Math.max(...[...(await textOf(page)).matchAll(/# note (\d+)/g)].map(([, number]) => Number(number)))
    expect(kept).toBeGreaterThan((typed * 3) / 8)
  })
})

describe('what is typed into a form or an editor', () => {
  /** The drafts that are on the disk. */
  const drafts = async (): Promise<string> => {
    const folder = join(studio.workspaces, 'sample/.runnel/drafts')
    const files = await readdir(folder).catch(() => [])
    return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')))).join('\n')
  }
  const takeUp = async (): Promise<void> => {
    await page.reload()
    await front(page).getByRole('button', { name: 'Go on with the draft' }).click()
  }

  it('of a job is found again when the page went away', async () => {
    await room(page, 'Jobs').click()
    await page
      .getByRole('region', { name: 'Jobs' })
      .getByRole('button', { name: /^nightly/ })
      .click()
    const cron = front(page).getByRole('textbox', { name: 'Schedule as cron' })
    await cron.fill('7 3 * * *')
    await expect.poll(drafts).toContain('7 3 * * *')
    await takeUp()
    await expect.poll(() => cron.inputValue()).toBe('7 3 * * *')
    await front(page).getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(drafts).not.toContain('7 3 * * *')
  })

  it('of a new connection is found again, without its secrets', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'New connection' }).click()
    await front(page)
      .getByRole('button', { name: /PostgreSQL/ })
      .click()
    await front(page).getByRole('textbox', { name: 'Host' }).fill('db.example')
    await front(page).locator('input[type=password]').first().fill('not for the disk')
    await expect.poll(drafts).toContain('db.example')
    expect(await drafts()).not.toContain('not for the disk')
    await takeUp()
    await expect.poll(() => front(page).getByRole('textbox', { name: 'Host' }).inputValue()).toBe('db.example')
    expect(await front(page).locator('input[type=password]').first().inputValue()).toBe('')
  })

  it('in SQL is said to be kept by nobody when the browser has no room for it', async () => {
    await page.keyboard.press('Control+Shift+s')
    const editor = front(page).locator('.monaco-editor').first()
    await editor.click()
    await page.keyboard.type('SELECT 1')
    await page.evaluate(fillStorage)
    await page.keyboard.type(', 2'.repeat(20))
    const warning = front(page).getByRole('alert').getByText('This text is not kept')
    await warning.waitFor()
    await page.evaluate("localStorage.removeItem('filler')")
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' AS kept')
    await warning.waitFor({ state: 'detached' })
  })

  it('in SQL is there when the page comes back', async () => {
    await page.keyboard.press('Control+Shift+s')
    await front(page).locator('.monaco-editor').first().click()
    await page.keyboard.type('SELECT 4711 AS kept')
    await page.reload()
    await front(page).locator('.view-line', { hasText: '4711' }).waitFor()
  })
})

/** Runs in the page: leaves no room for as much as one letter. */
function fillStorage(): void {
  let text = ''
  for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
    try {
      localStorage.setItem('filler', text + 'x'.repeat(size))
      text += 'x'.repeat(size)
      size *= 2
    } catch {
      // Half of it may have room.
    }
  }
}
