import { describe, expect, it } from 'vitest'
import { boxOf, item, newPipeline, palette, pressWire, wires } from '../fixtures/pipeline-page.ts'
import { flowsInTheSample, page } from '../fixtures/sample-flows.ts'
import { front } from '../fixtures/studio-page.ts'

flowsInTheSample()

const add = (kind: string): Promise<void> => palette(page).getByRole('button', { name: kind, exact: true }).click()
const canvas = () => front(page).locator('[data-canvas]')
const undo = (): Promise<void> => front(page).getByRole('button', { name: 'Undo' }).click()

/** source → filter → sort, each added after the one before, and all of it in sight. */
async function threeInLine(name: string): Promise<void> {
  await newPipeline(page, name)
  for (const kind of ['Source', 'Filter', 'Sort']) await add(kind)
  await expect.poll(() => wires(page)).toEqual(LINE)
  await canvas().focus()
  await page.keyboard.press('Shift+Digit1')
  await expect.poll(() => item(page, 'sort').isVisible()).toBe(true)
}
const LINE = ['filter>sort.input.', 'source>filter.input.']

describe('connections on the canvas', () => {
  it('are cut by Delete, and come back with one undo', async () => {
    await threeInLine('cut')
    await pressWire(page, 'source>filter.input.')
    await page.keyboard.press('Delete')
    await expect.poll(() => wires(page)).toEqual(['filter>sort.input.'])
    await undo()
    await expect.poll(() => wires(page)).toEqual(LINE)
  })

  it('are cut by their menu', async () => {
    await threeInLine('cut_by_menu')
    await pressWire(page, 'filter>sort.input.', { button: 'right' })
    await page.getByRole('menuitem', { name: /^Delete/ }).click()
    await expect.poll(() => wires(page)).toEqual(['source>filter.input.'])
  })

  it('close over a node that is deleted, which is told and one step of undo', async () => {
    await threeInLine('closed')
    await item(page, 'filter').click()
    await page.keyboard.press('Delete')
    await page.getByText('Joined instead: source → sort').waitFor()
    await expect.poll(() => wires(page)).toEqual(['source>sort.input.'])
    await undo()
    await expect.poll(() => wires(page)).toEqual(LINE)
    expect(await item(page, 'filter').count()).toBe(1)
  })

  it('take a node in between, chosen by typing', async () => {
    await threeInLine('between')
    await pressWire(page, 'source>filter.input.')
    await page.keyboard.press('a')
    await page.getByRole('dialog', { name: 'Kind of the node in between' }).waitFor()
    await page.keyboard.type('limit')
    await page.keyboard.press('Enter')
    await expect.poll(() => wires(page)).toEqual(['filter>sort.input.', 'limit>filter.input.', 'source>limit.input.'])
  })

  it('are made by dragging, and moved by dragging an end', async () => {
    await threeInLine('dragged')
    await add('Union')
    await expect.poll(() => wires(page)).toContain('sort>union.inputs.0')
    await canvas().focus()
    await page.keyboard.press('Shift+Digit1')
    // From the source's handle to the union's.
    await item(page, 'source')
      .locator('.react-flow__handle.source')
      .dragTo(item(page, 'union').locator('.react-flow__handle.target'))
    await expect.poll(() => wires(page)).toContain('source>union.inputs.1')
    await undo()
    await expect.poll(() => wires(page)).toEqual([...LINE, 'sort>union.inputs.0'].toSorted())
    const end = front(page).locator('.react-flow__edge[data-id="sort>union.inputs.0"] .react-flow__edgeupdater-source')
    await end.dragTo(item(page, 'filter').locator('.react-flow__handle.source'), { force: true })
    await expect.poll(() => wires(page)).toEqual([...LINE, 'filter>union.inputs.0'].toSorted())
  })

  it('are made by choosing the reader', async () => {
    await threeInLine('chosen')
    await item(page, 'sort').click()
    await page.keyboard.press('Delete')
    await item(page, 'source').click()
    await page.keyboard.press('a')
    await page.keyboard.type('union')
    await page.keyboard.press('Enter')
    await expect.poll(() => wires(page)).toEqual(['source>filter.input.', 'source>union.inputs.0'])
    await item(page, 'filter').click()
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: 'Node that reads filter' }).waitFor()
    await page.keyboard.type('union')
    await page.keyboard.press('Enter')
    await expect.poll(() => wires(page)).toContain('filter>union.inputs.1')
  })
})

describe('nodes as text', () => {
  it('are copied within a pipeline and into another one', async () => {
    await threeInLine('copied')
    await canvas().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.getByText('Copied 3 nodes as text').waitFor()
    await page.keyboard.press('Control+v')
    await expect
      .poll(() => wires(page))
      .toEqual([...LINE, 'filter_2>sort_2.input.', 'source_2>filter_2.input.'].toSorted())
    await newPipeline(page, 'copied_there')
    await canvas().focus()
    await page.keyboard.press('Control+v')
    await expect.poll(() => wires(page)).toEqual(LINE)
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^version: 1\nnodes:\n {2}source:/)
  })
})

describe('a frame', () => {
  it('is closed and opened by key and by button, its edges ending at it, and stays so after a reload', async () => {
    await threeInLine('folded')
    const nodes = (): Promise<string[]> =>
      front(page)
        .locator('.react-flow__node')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-id') ?? '').toSorted())
    await item(page, 'source').click()
    await item(page, 'filter').click({ modifiers: ['ControlOrMeta'] })
    await canvas().focus()
    await page.keyboard.press('g')
    await page.keyboard.type('Beginning')
    await page.keyboard.press('Enter')
    await page.keyboard.press('e')
    await expect.poll(nodes).toEqual(['group:group-1', 'sort'])
    await expect.poll(() => wires(page)).toEqual(['filter>sort.input.'])
    await item(page, 'group:group-1').getByText('Nodes: 2').waitFor()
    await front(page).getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => front(page).getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await page.reload()
    await expect.poll(nodes).toEqual(['group:group-1', 'sort'])
    await front(page).getByRole('button', { name: 'Open the frame Beginning' }).click()
    await expect.poll(nodes).toEqual(['filter', 'group:group-1', 'sort', 'source'])
    await expect.poll(() => wires(page)).toEqual(LINE)
    await undo()
    await expect.poll(nodes).toEqual(['group:group-1', 'sort'])
  })
})

describe('notes and frames', () => {
  it('are there again after saving and loading, as they were typed', async () => {
    await threeInLine('noted')
    await canvas().focus()
    await page.keyboard.press('n')
    await page.keyboard.type('问 Li about <b>this</b>')
    await page.keyboard.press('Escape')
    await item(page, 'source').click()
    await item(page, 'filter').click({ modifiers: ['Control'] })
    await page.keyboard.press('g')
    await page.keyboard.type('Beginning')
    await page.keyboard.press('Enter')
    const before = await boxOf(page, 'group:group-1')
    const [source, filter] = [await boxOf(page, 'source'), await boxOf(page, 'filter')]
    expect(before.x).toBeLessThan(source.x)
    expect(before.x + before.width).toBeGreaterThan(filter.x + filter.width)
    await front(page).getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => front(page).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.reload()
    await item(page, 'note:note-1').getByText('问 Li about <b>this</b>').waitFor()
    await item(page, 'group:group-1').getByText('Beginning').waitFor()
  })

  it('move together with what is in them', async () => {
    await threeInLine('moved')
    await canvas().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('g')
    await page.keyboard.press('Enter')
    const before = await boxOf(page, 'filter')
    const title = await boxOf(page, 'group:group-1')
    await page.mouse.move(title.x + 30, title.y + 6)
    await page.mouse.down()
    await page.mouse.move(title.x + 30, title.y + 86, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await boxOf(page, 'filter')).y - before.y).toBeGreaterThan(40)
    const shift = (await boxOf(page, 'group:group-1')).y - title.y
    expect((await boxOf(page, 'filter')).y - before.y).toBeCloseTo(shift, 0)
    await undo()
    await expect.poll(async () => (await boxOf(page, 'filter')).y).toBeCloseTo(before.y, 0)
  })
})

describe('finding one’s way', () => {
  it('aligns what is selected, in one step', async () => {
    await threeInLine('aligned')
    await canvas().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Alt+KeyA')
    const lefts = async () => Promise.all(['source', 'filter', 'sort'].map(async (id) => (await boxOf(page, id)).x))
    await expect.poll(async () => new Set(await lefts()).size).toBe(1)
    await undo()
    await expect.poll(async () => new Set(await lefts()).size).toBe(3)
  })

  it('finds nodes by their settings and goes to them', async () => {
    await threeInLine('searched')
    await item(page, 'filter').click()
    await front(page).getByRole('textbox', { name: 'Description' }).fill('only what is recent')
    await canvas().focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('recent')
    await front(page).getByText('1 of 1').waitFor()
    await expect.poll(() => item(page, 'filter').getAttribute('class')).toMatch(/found/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect.poll(() => item(page, 'filter').getAttribute('class')).not.toMatch(/found/)
  })

  it('tells its keys', async () => {
    await threeInLine('keys')
    await canvas().focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys of the canvas' }).getByText('Search the canvas').waitFor()
  })
})
