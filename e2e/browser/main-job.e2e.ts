import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrowserStudio, openBrowserStudio } from '../fixtures/browser-studio.ts'
import { front, openPipeline, openSample, room, runFirst, signIn } from '../fixtures/studio-page.ts'

let studio: BrowserStudio
let page: Page

beforeAll(async () => {
  studio = await openBrowserStudio()
})
afterAll(() => studio[Symbol.asyncDispose]())

beforeEach(async () => {
  page = await studio.newPage()
})
afterEach(async () => {
  await page.context().close()
  expect(studio.faults()).toEqual([])
})

describe('the first start', () => {
  it('asks for the token, refuses a wrong one and takes the right one', async () => {
    await page.goto(studio.url)
    const token = page.getByLabel('Access token')
    await token.fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The server does not know this token.').waitFor()
    await token.fill(studio.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Welcome to Runnel' }).waitFor()
    expect(page.url()).not.toContain(studio.token)
  })

  it('takes the token out of the address', async () => {
    await signIn(page, studio)
    expect(page.url()).not.toContain('token')
    await page.reload()
    await page.getByRole('heading', { name: 'Welcome to Runnel' }).waitFor()
  })

  it('leads into the sample by a tour, and says what to do next', async () => {
    await signIn(page, studio)
    await openSample(page)
    await page.getByText('6 connections').waitFor()
    await page.getByText('The pipeline has never run. Preview it, then run it.').waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'sample' }).waitFor()
  })
})

describe('in the sample', () => {
  beforeEach(async () => {
    await signIn(page, studio)
    await openSample(page)
  })

  it('a file of faulty Chinese lines is read, and its refused lines are told', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('treeitem', { name: 'files' }).click()
    await page.getByRole('treeitem', { name: /orders\.csv/ }).click()
    const grid = front(page).getByRole('grid')
    await grid.getByRole('columnheader', { name: /订单号/ }).waitFor()
    await grid.getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    await front(page)
      .getByText(/Rejected rows: \d+/)
      .waitFor()
  })

  it('a wrong setting of a connection is told by its stage', async () => {
    await room(page, 'Connections and data').click()
    await page.getByRole('button', { name: 'New connection' }).click()
    await front(page)
      .getByRole('button', { name: /PostgreSQL/ })
      .click()
    await front(page).getByRole('textbox', { name: 'Host' }).fill('127.0.0.1')
    await front(page).getByRole('spinbutton', { name: 'Port' }).fill('1')
    await front(page).getByRole('textbox', { name: 'Database' }).fill('none')
    await front(page).getByRole('textbox', { name: 'User' }).fill('nobody')
    await front(page).getByRole('button', { name: 'Test connection' }).click()
    await front(page).getByText('The connection does not work yet.').waitFor()
    expect(await front(page).getByRole('list', { name: 'Self-test' }).getByText('failed').count()).toBeGreaterThan(0)
  })

  it('every step of a pipeline shows real rows, what it refused, and the way of one row', async () => {
    await openPipeline(page, 'orders')
    await front(page).getByText('checked', { exact: true }).first().click()
    await front(page).getByRole('gridcell', { name: 'DD000000001' }).waitFor()
    await front(page)
      .getByText(/^Rejected \([1-9]\d*\)$/)
      .click()
    await front(page).getByText('金额为负').first().waitFor()
    await front(page).getByText('Way of a row').click()
    const steps = front(page).getByRole('list', { name: 'Steps of the row' })
    await steps.getByText('orders.csv:2').first().waitFor()
  })

  it('a run goes to its end, accounts for every row, and can be done again', async () => {
    await openPipeline(page, 'orders')
    await runFirst(page)
    await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
    const count = async (name: string): Promise<number> =>
      Number((await front(page).locator(`[data-name=${name}] dd`).innerText()).replaceAll(/\D/g, ''))
    const [read, generated, written, rejected, filtered] = [
      await count('read'),
      await count('generated'),
      await count('written'),
      await count('rejected'),
      await count('filtered'),
    ]
    expect(read + generated).toBe(written + rejected + filtered)
    expect(rejected).toBeGreaterThan(0)
    await front(page).getByRole('tab', { name: 'Receipt' }).click()
    await front(page).getByText('checksum agrees').first().waitFor()
    await front(page).getByRole('button', { name: 'Run again' }).click()
    await front(page).getByText('succeeded').first().waitFor({ timeout: 60_000 })
  })

  it('what is typed as code is drawn, and what is not a pipeline is kept as text', async () => {
    await openPipeline(page, 'flights')
    await front(page).getByText('Code', { exact: true }).click()
    const code = front(page).locator('.monaco-editor').first()
    await code.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n  early: { type: filter, input: flights, where: delay < 0 }')
    await front(page).getByText('List', { exact: true }).click()
    await front(page).getByRole('list', { name: 'Nodes of the pipeline' }).getByText('early', { exact: true }).waitFor()
    await front(page).getByText('Code', { exact: true }).click()
    await code.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n  broken: [')
    await front(page).getByText('This text is not a pipeline yet').waitFor()
  })
})

describe('language and theme', () => {
  it('change at once, and stay', async () => {
    await signIn(page, studio)
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '欢迎使用汇渠' }).waitFor()
    await page.getByRole('button', { name: '深色' }).click()
    await expect.poll(() => page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(22, 25, 30)')
    await page.reload()
    await page.getByRole('heading', { name: '欢迎使用汇渠' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
  })
})
