import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { dropFiles } from '../fixtures/drop-files.ts'
import { front, openSample, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page
let mine: string
let grid: Locator

/** 2,000 rows of ids, texts that are NULL, empty or not, formulas, and fifty more columns. */
function table(): string {
  const more = Array.from({ length: 50 }, (_, i) => `more_${i}`)
  const rows = Array.from({ length: 2_000 }, (_, i) => {
    const text = i % 3 === 0 ? '' : i % 3 === 1 ? '""' : `"text ${i}"`
    return [i + 1, text, i === 0 ? '=1+1' : `f${i}`, ...more.map((_name, j) => i * 100 + j)].join(',')
  })
  return `id,note,formula,${more.join(',')}\n${rows.join('\n')}\n`
}

beforeAll(async () => {
  mine = await mkdtemp(join(tmpdir(), 'runnel-mine-'))
  await writeFile(join(mine, 'rows.csv'), table())
  studio = await openBrowserStudio()
  page = await studio.newPage()
  await signIn(page, studio)
  await openSample(page)
  await dropFiles(page, [join(mine, 'rows.csv')])
  grid = front(page).getByRole('grid').first()
  await grid.getByRole('gridcell', { name: 'f1', exact: true }).waitFor()
})
afterAll(async () => {
  await studio[Symbol.asyncDispose]()
  await rm(mine, { recursive: true, force: true })
})

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Row and column of values of the focused cell, from 1; a screen reader is told of the head and of the numbers of the rows as well. */
async function focused(): Promise<string> {
  const id = (await grid.getAttribute('aria-activedescendant')) ?? ''
  const cell = page.locator(`[id="${id}"]`)
  const row = await cell.locator('xpath=..').getAttribute('aria-rowindex')
  return `${Number(row) - 1}:${Number(await cell.getAttribute('aria-colindex')) - 1}`
}
const clipboard = (): Promise<string> => page.evaluate('navigator.clipboard.readText()')

describe('the grid of a dataset', () => {
  it('tells how many rows and columns there are, and NULL from empty text', async () => {
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2001')
    expect(await grid.getAttribute('aria-colcount')).toBe('54')
    const cell = (row: number): Locator => grid.locator(`[aria-rowindex="${row + 1}"] [aria-colindex="3"]`)
    expect(await cell(1).getAttribute('data-kind')).toBe('null')
    expect(await cell(1).innerText()).toBe('NULL')
    expect(await cell(2).getAttribute('data-kind')).toBe('empty')
    expect(await cell(3).innerText()).toBe('text 2')
  })

  it('is walked through by keys alone', async () => {
    await grid.focus()
    await press('Control+Home')
    expect(await focused()).toBe('1:1')
    await press('ArrowDown', 'ArrowRight')
    expect(await focused()).toBe('2:2')
    await press('End')
    await expect.poll(focused).toBe('2:53')
    await press('Control+End')
    await expect.poll(focused).toBe('2000:53')
    await press('Home')
    await expect.poll(focused).toBe('2000:1')
    await press('Control+ArrowUp')
    await expect.poll(focused).toBe('1:1')
    await press('PageDown')
    expect(Number((await focused()).split(':')[0])).toBeGreaterThan(10)
    await press('PageUp')
    expect(await focused()).toBe('1:1')
    await front(page)
      .getByRole('spinbutton', { name: /^Go to row/ })
      .fill('1234')
    await press('Enter')
    await expect.poll(focused).toBe('1234:1')
    await grid.getByRole('gridcell', { name: 'f1233', exact: true }).waitFor()
  })

  it('copies what is selected with Shift, in every form', async () => {
    await grid.focus()
    await press(
      'Control+Home',
      'ArrowDown',
      'ArrowDown',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Shift+ArrowUp',
      'Control+c',
    )
    await expect.poll(clipboard).toBe('2\t\tf1\n3\ttext 2\tf2')
    const forms = [
      ['CSV', 'id,note,formula\n2,"",f1\n3,text 2,f2'],
      [
        'JSON',
        JSON.stringify(
          [
            { id: '2', note: '', formula: 'f1' },
            { id: '3', note: 'text 2', formula: 'f2' },
          ],
          null,
          2,
        ),
      ],
      ['SQL', "(2, '', 'f1'),\n(3, 'text 2', 'f2')"],
      ['Markdown', '| id | note | formula |\n| --- | --- | --- |\n| 2 |  | f1 |\n| 3 | text 2 | f2 |'],
    ] as const
    for (const [form, expected] of forms) {
      await grid.getByRole('gridcell', { name: 'f1', exact: true }).click({ button: 'right' })
      await page
        .getByRole('menuitem', { name: new RegExp(form) })
        .first()
        .click()
      await expect.poll(clipboard).toBe(expected)
    }
  })

  it('keeps columns at the left, hides them, and shows them in another order', async () => {
    await grid.focus()
    await press('Control+Home')
    await grid.getByRole('gridcell', { name: '1', exact: true }).first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Fix columns up to here' }).click()
    await grid.focus()
    await press('End')
    await grid.getByRole('button', { name: 'Sort by more_49' }).waitFor()
    expect(await grid.getByRole('button', { name: 'Sort by id' }).count()).toBe(1)
    expect(await grid.getByRole('button', { name: 'Sort by note' }).count()).toBe(0)
    await press('Control+Home')
    await front(page).getByRole('button', { name: 'Columns', exact: true }).click()
    const list = page.getByRole('list', { name: 'Columns' })
    await list.getByRole('checkbox', { name: 'note', exact: true }).uncheck()
    await list.getByRole('button', { name: 'Move formula to the left' }).click()
    await page.keyboard.press('Escape')
    await front(page).getByRole('button', { name: 'Columns: 52 of 53' }).waitFor()
    await expect
      .poll(async () => (await grid.locator('[aria-rowindex="3"] [role=gridcell]').allInnerTexts()).slice(0, 3))
      .toEqual(['f1', '2', '100'])
    expect(await grid.getAttribute('aria-colcount')).toBe('53')
    await grid.getByRole('gridcell', { name: 'f1', exact: true }).dblclick()
    await front(page)
      .getByText(/^formula · 2/)
      .waitFor()
  })

  it('has its columns dragged in the head, moved and widened by keys, and is as it was left when it is opened again', async () => {
    const heads = async (): Promise<string[]> =>
      (await grid.getByRole('button', { name: /^Sort by/ }).allInnerTexts()).slice(0, 3)
    const width = async (column: string): Promise<number> =>
      (await grid.getByRole('columnheader', { name: `Sort by ${column}` }).boundingBox())?.width ?? 0
    await grid.getByText('more_0', { exact: true }).dragTo(grid.getByText('formula', { exact: true }), {
      targetPosition: { x: 1, y: 4 },
    })
    await expect.poll(heads).toEqual(['more_0', 'formula', 'id'])
    const before = await width('formula')
    await grid.getByRole('button', { name: 'Sort by more_0' }).focus()
    await press('Alt+ArrowRight')
    await expect.poll(heads).toEqual(['formula', 'more_0', 'id'])
    await press('Alt+ArrowRight')
    await expect.poll(heads).toEqual(['formula', 'id', 'more_0'])
    await grid.focus()
    await press('Control+Home', 'Alt+Shift+ArrowRight')
    await expect.poll(() => width('formula')).toBe(before + 16)
    await grid.getByRole('button', { name: 'Sort by id' }).click()
    await grid.getByRole('button', { name: 'Sort by id' }).click()
    const first = grid.locator('[aria-rowindex="2"] [role=gridcell]')
    await expect.poll(async () => (await first.allInnerTexts()).slice(0, 2)).toEqual(['f1999', '2000'])
    await page.reload()
    await expect.poll(async () => (await first.allInnerTexts()).slice(0, 2)).toEqual(['f1999', '2000'])
    expect(await heads()).toEqual(['formula', 'id', 'more_0'])
    expect(await width('formula')).toBe(before + 16)
    expect(await grid.getAttribute('aria-colcount')).toBe('53')
    await grid.getByRole('button', { name: 'Sort by id' }).click()
    await expect.poll(async () => (await first.allInnerTexts()).slice(0, 2)).toEqual(['=1+1', '1'])
  })

  it('exports what is shown, with formulas that do nothing', async () => {
    await front(page).getByRole('button', { name: 'Export', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(studio.workspaces)
    await dialog.getByRole('checkbox', { name: 'Make formulas inert' }).check()
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog.getByText(/^2,000 rows were written/).waitFor()
    const [head = '', first = '', second = ''] = (
      await readFile(join(studio.workspaces, 'rows-export.csv'), 'utf8')
    ).split('\r\n')
    expect(head).toMatch(/^formula,id,more_0,/)
    expect(first).toMatch(/^'=1\+1,1,0,/)
    expect(second).toMatch(/^f1,2,100,/)
    expect(studio.faults()).toEqual([])
  })
})
