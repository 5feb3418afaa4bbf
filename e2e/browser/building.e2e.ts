import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { item } from '../fixtures/pipeline-page.ts'
import { flowsInTheSample, page, studio } from '../fixtures/sample-flows.ts'
import { front, openPipeline, room, runFirst, signIn } from '../fixtures/studio-page.ts'

flowsInTheSample()

async function newPipeline(name: string): Promise<void> {
  await room(page, 'Pipelines').click()
  await page.getByRole('button', { name: 'New pipeline' }).click()
  await page.getByRole('textbox', { name: 'Name of the pipeline' }).fill(name)
  await page.keyboard.press('Enter')
  await front(page).getByText('An empty pipeline').waitFor()
}

async function chooseDataset(dataset: string): Promise<void> {
  const field = front(page).getByRole('combobox', { name: 'dataset' })
  await field.fill(dataset)
  await page.keyboard.press('Escape')
}

describe('a pipeline from nothing', () => {
  it('by mouse: nodes from the palette, wired as they are added, run to the target', async () => {
    await newPipeline('by_mouse')
    const palette = front(page).getByRole('complementary', { name: 'Kinds of nodes' })
    await palette.getByRole('button', { name: 'Source', exact: true }).click()
    await chooseDataset('files:orders.csv')
    await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    await palette.getByRole('button', { name: 'Limit', exact: true }).click()
    await palette.getByRole('button', { name: 'Target', exact: true }).click()
    await chooseDataset('warehouse:main.by_mouse')
    await expect.poll(() => front(page).locator('.react-flow__edge').count()).toBe(2)
    await runFirst(page)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
    expect(await front(page).locator('[data-name=written] dd').innerText()).toBe('100')
    await page.getByRole('tab', { name: 'by_mouse' }).click()
    const stale = item(page, 'source').getByRole('img', { name: 'Edited, or its file changed, since its last run' })
    // Those in sight alone are drawn: the target may stand beyond the edge.
    await item(page, 'source').getByText(/read$/).waitFor()
    expect(await stale.count()).toBe(0)
    const now = new Date()
    await utimes(join(studio.workspaces, 'sample/data/orders.csv'), now, now)
    await expect.poll(() => stale.count()).toBe(1)
  })

  it('undo takes back node after node, redo brings them again', async () => {
    await newPipeline('undone')
    const nodes = front(page).locator('.react-flow__node')
    const palette = front(page).getByRole('complementary', { name: 'Kinds of nodes' })
    await palette.getByRole('button', { name: 'Source', exact: true }).click()
    await palette.getByRole('button', { name: 'Filter', exact: true }).click()
    await expect.poll(() => nodes.count()).toBe(2)
    await front(page).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => nodes.count()).toBe(1)
    await front(page).getByRole('button', { name: 'Redo' }).click()
    await expect.poll(() => nodes.count()).toBe(2)
  })

  it('by keyboard alone: palette, list, fields, run', async () => {
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    /** Tab until what has the focus has this name. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 120; step++) {
        const focused = await page.evaluate<string>(
          "(() => { const e = document.activeElement; const l = e?.id ? document.querySelector('label[for=\"' + CSS.escape(e.id) + '\"]') : null; return e?.getAttribute('aria-label') ?? l?.textContent ?? e?.textContent ?? '' })()",
        )
        if (name.test(focused)) return
        await press('Tab')
      }
      throw new Error(`nothing named ${name} could be reached by Tab`)
    }
    await press('Control+k')
    await page.keyboard.type('Pipelines')
    await press('Enter')
    await tabTo(/^New pipeline$/)
    await press('Enter')
    await page.keyboard.type('by_keyboard')
    await press('Enter')
    await front(page).getByText('An empty pipeline').waitFor()
    await tabTo(/^Search nodes$/)
    await page.keyboard.type('source')
    await press('Enter')
    await tabTo(/^Dataset$/)
    await page.keyboard.type('files:orders.csv')
    await press('Escape')
    await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
  })
})

describe('work that is not saved', () => {
  it('is found again when the page went away', async () => {
    await newPipeline('draft')
    const palette = front(page).getByRole('complementary', { name: 'Kinds of nodes' })
    await palette.getByRole('button', { name: 'Source', exact: true }).click()
    await page.waitForTimeout(5_000)
    await page.reload()
    await page.getByText(/An unsaved draft/).waitFor()
    await page.getByRole('button', { name: 'Go on with the draft' }).click()
    await expect.poll(() => front(page).locator('.react-flow__node').count()).toBe(1)
  })

  it('of two windows: the later one is asked before it overwrites the other', async () => {
    await openPipeline(page, 'flights')
    const other = await studio.anotherWindow(page)
    await signIn(other, studio)
    // What is open in one window is open in the next.
    await front(other).getByRole('toolbar', { name: 'Pipeline' }).waitFor()
    for (const one of [page, other]) {
      await front(one)
        .getByRole('complementary', { name: 'Kinds of nodes' })
        .getByRole('button', { name: 'Filter', exact: true })
        .click()
    }
    await front(page).getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => front(page).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await front(other).getByRole('button', { name: 'Save' }).click()
    await other.getByText('Somebody saved this file after you opened it.').waitFor()
    await other.getByRole('button', { name: 'Overwrite with mine' }).click()
    await expect.poll(() => front(other).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  })
})
